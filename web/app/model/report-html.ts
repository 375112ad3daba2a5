/** The report as a page that needs nothing else: no script, no address, dark and light. */
import { glitchKinds } from '../../lib/index.ts';
import { costPlot } from '../draw/cost-plot.ts';
import { lanePlot, lanePx } from '../draw/glitch-lanes.ts';
import { escaped, svgText } from '../draw/svg-node.ts';
import { glitchTitles } from './glitch-words.ts';
import {
  audioRows,
  costRows,
  glitchRows,
  newestRows,
  type Report,
  reportJson,
  type ReportRow,
} from './report.ts';

const plotWidth = 900;
const laneWidth = 720;

const style = `
:root { color-scheme: light dark; --bg: #f4f6f8; --panel: #fff; --line: #dfe5ec; --text: #10161d;
  --dim: #566475; --trace: #0a8f80; --trace2: #3b6fd8; --warn: #8f5a00; --bad: #c92f2f; }
@media (prefers-color-scheme: dark) { :root { --bg: #0b0e12; --panel: #11151b; --line: #222a35;
  --text: #e7edf4; --dim: #93a1b2; --trace: #59e3d1; --trace2: #7aa7ff; --warn: #f2b84b;
  --bad: #ff6b6b; } }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem; background: var(--bg);
  color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 0 0 0.6rem; }
section { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 10px;
  background: var(--panel); overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { width: 14rem; padding-right: 1rem; color: var(--dim); font-weight: 400; }
tr:last-child > * { border: 0; }
svg { display: block; width: 100%; height: auto; font: 11px ui-monospace, monospace; }
svg text { fill: var(--dim); } .grid, .floor { fill: none; stroke: var(--line); }
.bar { fill: var(--trace); } .bar.over { fill: var(--bad); }
.mark { fill: none; stroke: var(--dim); stroke-dasharray: 3 3; }
.mark.budget { stroke: var(--bad); } .label.budget { fill: var(--bad); }
.lane .sure { fill: var(--bad); } .lane .maybe { fill: var(--dim); }
.lane.long-task .sure { fill: var(--trace2); }
.lane.clock-step .sure, .lane.engine-change .sure { fill: var(--warn); }
.lanes { display: grid; grid-template-columns: 10rem minmax(20rem, 1fr); }
.lanes span { display: block; height: ${lanePx}px; line-height: ${lanePx}px; color: var(--dim); }
pre { max-height: 30rem; overflow: auto; font-size: 12px; }
p { color: var(--dim); }
`;

/** The report as HTML. */
export function reportHtml(report: Report): string {
  const newest = newestRows(report, 100);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>Quanta report, ${escaped(report.at)}</title><style>${style}</style></head><body><main>`,
    '<h1>What the audio thread did</h1>',
    `<p>${escaped(report.at)} · ${escaped(report.browser)}</p>`,
    section('Audio', table(audioRows(report))),
    section(
      'Cost of a quantum',
      svgText(costPlot(report.deadline, plotWidth)),
      table(costRows(report)),
    ),
    section('Glitches', lanes(report), table(glitchRows(report))),
    ...(newest.length === 0
      ? []
      : [section('The newest glitches, by the audio clock', table(newest))]),
    section('Everything, as data', `<pre tabindex="0">${escaped(reportJson(report))}</pre>`),
    '</main></body></html>\n',
  ].join('\n');
}

function section(title: string, ...content: readonly string[]): string {
  return `<section><h2>${escaped(title)}</h2>${content.join('')}</section>`;
}

function table(rows: readonly ReportRow[]): string {
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`,
  );
  return `<table>${lines.join('')}</table>`;
}

function lanes({ glitches }: Report): string {
  const { events, fromPageMs: fromMs, toPageMs: toMs } = glitches;
  const labels = glitchKinds.map((kind) => `<span>${escaped(glitchTitles[kind])}</span>`);
  const plot = lanePlot({
    kinds: glitchKinds,
    events,
    span: { fromMs, toMs },
    width: laneWidth,
    chosen: null,
  });
  return `<div class="lanes"><div>${labels.join('')}</div>${svgText(plot)}</div>`;
}
