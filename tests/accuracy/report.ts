/** A run as a page that needs nothing else: figures, plots, and how to read them. */
import { errorPlot, type PlotSeries } from '../../web/app/draw/error-plot.ts';
import { escaped, svgText } from '../../web/app/draw/svg-node.ts';
import { centsOff } from '../../web/app/model/error-figures.ts';
import type { Bar } from './bars.ts';
import { estimatorNames, estimatorTitles } from './estimators.ts';
import type { Measurements } from './run.ts';
import { answers, type EstimatorSummary, type SweepSummary } from './summary.ts';

/** What a run was made on, and with whom. */
export interface Provenance {
  readonly machine: string;
  readonly commit: string;
  readonly node: string;
  readonly peers: readonly { readonly name: string; readonly version: string }[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: 0.15rem 0.7rem; text-align: right; border-bottom: 1px solid #8884; }
th:first-child, td:first-child { text-align: left; }
.missed { color: #c00; font-weight: bold; }
svg { width: 100%; height: auto; font: 11px system-ui, sans-serif; }
svg text { fill: currentColor; }
path { fill: none; }
.grid { stroke: #8883; }
.dots { stroke-width: 2.6; stroke-linecap: round; }
.line { stroke-width: 1.5; }
.bound { stroke: currentColor; }
.quanta { stroke: #1a7f37; } .quanta-unrefined { stroke: #0a84c6; } .qifft { stroke: #d4780a; }
.shifts-32 { stroke: #9a4fd1; } .pitchy { stroke: #d23c5a; }
.key { display: inline-block; width: 0.7em; height: 0.7em; border-radius: 50%; margin-right: 0.4em; }
.key.quanta { background: #1a7f37; } .key.quanta-unrefined { background: #0a84c6; }
.key.qifft { background: #d4780a; } .key.shifts-32 { background: #9a4fd1; }
.key.pitchy { background: #d23c5a; } .key.bound { background: currentColor; }
`;

function seriesOf({ points, estimators }: SweepSummary): readonly PlotSeries[] {
  const found = estimators.map(({ name }, index): PlotSeries => ({
    className: name,
    kind: 'dots',
    points: answers(points, index).map(({ hz, foundHz }) => ({ hz, cents: centsOff(foundHz, hz) })),
  }));
  const bound = points
    .map(({ hz, boundHz }) => ({ hz, cents: centsOff(hz + boundHz, hz) }))
    .toSorted((a, b) => a.hz - b.hz);
  // Whose errors are smallest is drawn last, on top.
  return [...found.toReversed(), { className: 'bound', kind: 'line', points: bound }];
}

const figure = (value: number): string =>
  Number.isFinite(value) ? (value === 0 ? '0' : value.toPrecision(3)) : '–';

const row = (cells: readonly string[], tag = 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;

function octaveTable({ estimators }: SweepSummary): string {
  const heads = ['octave from', 'estimates', 'p50, cents', 'p95, cents', 'max, cents', 'max, Hz'];
  const rows = estimators.flatMap((each) => [
    `<tr><th colspan="6">${key(each.name)}${escaped(each.title)}</th></tr>`,
    ...each.octaves.map(({ fromHz, errors: { cents, hz } }) =>
      row([
        `${fromHz} Hz`,
        String(cents.count),
        ...[cents.p50, cents.p95, cents.max, hz.max].map(figure),
      ]),
    ),
  ]);
  return `<details><summary>By octaves</summary><table>${row(heads, 'th')}${rows.join('')}</table></details>`;
}

const key = (name: string): string => `<span class="key ${name}"></span>`;

function overall({ name, title, missed, rmsToBound, all }: EstimatorSummary): string {
  const { p50, p95, max } = all.cents;
  const figures = [p50, p95, max, all.hz.max, rmsToBound].map(figure);
  return row([`${key(name)}${escaped(title)}`, ...figures, String(missed)]);
}

function sectionOf(sweep: SweepSummary): string {
  const { title, windowFrames, estimators } = sweep;
  const hz = sweep.points.map((point) => point.hz);
  const plot = errorPlot({
    label: `Errors in cents over frequency: ${title}`,
    fromHz: Math.min(...hz) * 0.98,
    toHz: Math.max(...hz) * 1.02,
    series: seriesOf(sweep),
  });
  const heads = ['', 'p50, cents', 'p95, cents', 'max, cents', 'max, Hz', 'RMS to bound', 'missed'];
  return `<section><h2>${escaped(title)}</h2>
<p>${sweep.points.length} frequencies, windows of ${windowFrames} frames.</p>
${svgText(plot)}
<table>${row(heads, 'th')}${estimators.map(overall).join('')}</table>
${octaveTable(sweep)}</section>`;
}

function barTable(all: readonly Bar[]): string {
  const rows = all.map(({ text, limit, value, met }) => {
    const verdict = met ? 'met' : '<span class="missed">missed</span>';
    return row([escaped(text), figure(value), `≤ ${limit}`, verdict]);
  });
  return `<table>${row(['promise', 'measured', 'bar', ''], 'th')}${rows.join('')}</table>`;
}

function legend({ peers, leftOut }: Provenance): string {
  const versions = new Map(peers.map(({ name, version }) => [name, version]));
  const names = estimatorNames.map(
    (name) =>
      `<li>${key(name)}${escaped(estimatorTitles[name])} ${escaped(versions.get(name) ?? '')}</li>`,
  );
  const absent = leftOut.map(
    ({ name, why }) => `<li>${escaped(name)} is left out: ${escaped(why)}</li>`,
  );
  return `<ul>${names.join('')}<li>${key('bound')}the Cramér-Rao bound of the noise that is there; without
noise, of the rounding of the samples</li>${absent.join('')}</ul>`;
}

/** The page. */
export function reportPage(measured: Measurements, provenance: Provenance): string {
  const { machine, commit, node } = provenance;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Accuracy of Quanta</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head><body>
<h1>How right the frequencies are</h1>
<p>The engine as the browser runs it, at ${measured.rateHz} Hz, and peers on the same samples. Every
sample is computed in double precision from its own place and rounded once. Peers that look at a
spectrum are told which peak is meant. Commit ${escaped(commit)}, Node ${escaped(node)},
${escaped(machine)}.</p>
${legend(provenance)}
${barTable(measured.bars)}
${measured.sweeps.map(sectionOf).join('\n')}
</body></html>
`;
}
