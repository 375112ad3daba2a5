// @ts-check
// A certificate to read: lines, and a page that needs nothing else.

/** @typedef {import('./certificate.mjs').Certificate} Certificate */
/** @typedef {import('./checks.mjs').Check} Check */

/** @param {Check} check */
const figureOf = ({ figure, unit }) =>
  figure === null ? 'not measurable here' : `${figure} ${unit}`;

/** @param {Certificate} certificate */
function headline({ verdict, full, control }) {
  const kind = control === null ? 'Certificate' : `Control (${control})`;
  const length = full ? '' : ', of a run that is too short for a full one';
  return `${kind}: ${verdict === 'pass' ? 'PASSED' : 'FAILED'}${length}`;
}

/**
 * @param {import('../soak/record.mjs').Distribution | null} distribution
 * @param {string} unit
 */
function spread(distribution, unit) {
  if (distribution === null) return 'not measured';
  const { n, p50, p90, p99, max } = distribution;
  const figures = [p50, p90, p99, max].map((value) => Number(value.toPrecision(3)));
  return `p50 ${figures[0]}, p90 ${figures[1]}, p99 ${figures[2]}, max ${figures[3]} ${unit}, n ${n}`;
}

/**
 * @param {Certificate} certificate
 * @returns {string[]}
 */
export function certificateLines(certificate) {
  return [
    headline(certificate),
    ...certificate.checks.map((check) => {
      const mark = check.met ? 'met   ' : 'MISSED';
      return `  ${mark}  ${check.name}: ${figureOf(check)} (${check.kind} ${check.bound})`;
    }),
    `  a quantum took: ${spread(certificate.quantumUs, 'µs')}`,
    `  a chunk waited to be seen: ${spread(certificate.handOffMs, 'ms')}, at most`,
  ];
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.7rem; text-align: left; border-bottom: 1px solid #8884; }
.met { color: #1a7f37; }
.missed { color: #c00; font-weight: bold; }
code { overflow-wrap: anywhere; }
`;

/** @param {unknown} text */
const escaped = (text) =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly unknown[])[]} rows
 */
function table(head, rows) {
  const cells = rows.map((row) => row.map((cell) => `<td>${escaped(cell)}</td>`).join(''));
  const titles = head.map((title) => `<th>${escaped(title)}</th>`).join('');
  return `<table><tr>${titles}</tr>${cells.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
}

/**
 * Books as they are, a column for each of their fields.
 * @param {readonly object[]} records of one kind
 */
const recordTable = (records) =>
  table(
    Object.keys(records[0] ?? {}),
    records.map((record) => Object.entries(record).map(([, value]) => String(value))),
  );

/** @param {readonly Check[]} checks */
function checkTable(checks) {
  const rows = checks.map((check) => {
    const verdict = check.met ? '<td class="met">met</td>' : '<td class="missed">MISSED</td>';
    const bound = `${check.kind} ${check.bound}`;
    const cells = [check.name, figureOf(check), bound].map((cell) => `<td>${escaped(cell)}</td>`);
    return `<tr>${cells.join('')}${verdict}</tr>`;
  });
  return `<table><tr><th>Check</th><th>Figure</th><th>Bound</th><th></th></tr>${rows.join('')}</table>`;
}

/**
 * @param {Certificate} certificate
 * @returns {string}
 */
export function certificatePage(certificate) {
  const { checks, books, quantumUs, handOffMs, files, signedOff } = certificate;
  const { machine, browser, node, commit, date } = certificate;
  const title = headline(certificate);
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8">',
    `<title>${escaped(title)}</title><style>${STYLE}</style>`,
    `<h1 class="${certificate.verdict === 'pass' ? 'met' : 'missed'}">${escaped(title)}</h1>`,
    `<p>${certificate.quanta} quanta of the built page, with a microphone, two push inputs, every`,
    'effect, the analysis, voice detection and four listeners in Workers at work.</p>',
    checkTable(checks),
    `<p>A quantum took: ${escaped(spread(quantumUs, 'µs'))}, by the browser’s own trace. `,
    `A chunk waited to be seen: ${escaped(spread(handOffMs, 'ms'))}, at most.</p>`,
    '<h2>Books</h2>',
    recordTable(books.listeners),
    recordTable(books.pushes),
    '<h2>Made on</h2>',
    table(['What', ''], Object.entries({ machine, browser, node, commit, date })),
    table(
      ['File', 'Bytes', 'SHA-256'],
      files.map((file) => [file.name, file.bytes, file.sha256]),
    ),
    `<p>Signed off: ${escaped(signedOff.algorithm)} <code>${escaped(signedOff.digest)}</code>, over`,
    ` ${escaped(signedOff.over)}.</p></html>\n`,
  ].join('\n');
}
