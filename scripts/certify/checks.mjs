// @ts-check
// What a certificate promises, each with its figure and its bound.

/** @typedef {import('./run.mjs').CertifiedRun} CertifiedRun */
/** @typedef {import('../lib/lab-record.mjs').LabRecord} LabRecord */

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {'at most' | 'at least'} kind
 * @property {number | null} figure null: it could not be measured, and the check is not met
 * @property {number} bound
 * @property {string} unit
 * @property {boolean} met
 */

/**
 * Over the whole run, so a few bytes a quantum: what the browser itself makes now and then, and samples
 * of a clock. A processor that makes an object in every quantum passes it within a minute.
 */
const MAX_HEAP_GROWTH_BYTES = 512 * 1024;

/** A chunk of the voice ring: 512 samples at 16 kHz. */
const CHUNK_SEC = 512 / 16_000;

/**
 * @param {string} name
 * @param {number | null} figure
 * @param {number} bound
 * @param {string} unit
 * @returns {Check}
 */
const atMost = (name, figure, bound, unit) => ({
  ...{ name, kind: 'at most', figure, bound, unit },
  met: figure !== null && figure <= bound,
});

/**
 * @param {string} name
 * @param {number} figure
 * @param {number} bound
 * @param {string} unit
 * @returns {Check}
 */
const atLeast = (name, figure, bound, unit) => ({
  ...{ name, kind: 'at least', figure, bound, unit },
  met: figure >= bound,
});

/** @param {readonly number[]} values */
const sumOfMagnitudes = (values) => values.reduce((sum, value) => sum + Math.abs(value), 0);

/**
 * Frames that the clock, the engine and the mix do not agree on.
 * @param {LabRecord} record
 */
function clockDifferences({ clock, frames, counted, published }) {
  return [
    clock.clock - clock.first - clock.received - clock.missed,
    frames.received - counted.frames,
    frames.missed - counted.gapFrames,
    published.mix - frames.received - frames.missed,
    counted.droppedFrames,
  ];
}

/**
 * @param {CertifiedRun} run
 * @returns {Check[]}
 */
function lengthChecks({ quanta, wantedQuanta, trace, record }) {
  return [
    atLeast('length', quanta, wantedQuanta, 'quanta'),
    // One may be under way at either end of the trace.
    atLeast('quanta in the trace', trace.quantaUs.length, quanta - 2, 'quanta'),
    atMost('pieces of the trace that were lost', trace.lost ? 1 : 0, 0, 'pieces'),
    atMost('engine other than WebAssembly', record.engine.kind === 'wasm' ? 0 : 1, 0, 'engines'),
  ];
}

/**
 * @param {CertifiedRun} run
 * @returns {Check[]}
 */
function memoryChecks({ trace, heap, record: { memory } }) {
  /** @param {'usedSize' | 'backingStorageSize'} name */
  const growth = (name) => (heap === null ? null : heap.after[name] - heap.before[name]);
  return [
    atMost('garbage collections on the audio thread', trace.collections.length, 0, 'events'),
    atMost("growth of the engine's memory", memory.afterPages - memory.beforePages, 0, 'pages'),
    atMost("growth of the worklet's buffers", growth('backingStorageSize'), 0, 'bytes'),
    // Without a collection in between, this is all that was allocated.
    atMost("growth of the worklet's heap", growth('usedSize'), MAX_HEAP_GROWTH_BYTES, 'bytes'),
    atMost('pages that the engine could still take', memory.sealed ? 0 : 1, 0, 'pages'),
  ];
}

/**
 * A module without any can ask nobody for memory.
 * @param {readonly string[]} imports
 * @returns {Check}
 */
const importCheck = (imports) =>
  atMost(
    'imports of the engine beside its memory',
    imports.filter((name) => name !== 'env.memory').length,
    0,
    'imports',
  );

/**
 * The detector was on before the trace began.
 * @param {CertifiedRun} run
 * @returns {Check}
 */
function voiceCheck({ quanta, record: { judgedChunks, rateHz, quantumFrames } }) {
  const chunks = (quanta * quantumFrames) / rateHz / CHUNK_SEC;
  return atLeast(
    'chunks that the voice detector judged',
    judgedChunks,
    Math.ceil(chunks),
    'chunks',
  );
}

/**
 * @param {LabRecord} record
 * @returns {Check[]}
 */
function bookChecks(record) {
  const listeners = record.listeners.map(
    ({ published, delivered, dropped, pending }) => published - delivered - dropped - pending,
  );
  const pushes = record.pushes.flatMap(({ offered, pushed, droppedByProducer, taken, inRing }) => [
    offered - pushed - droppedByProducer,
    pushed - taken - inRing,
  ]);
  const unaccounted = [...clockDifferences(record), ...listeners, ...pushes];
  return [
    atLeast('listeners', record.listeners.length, 4, 'listeners'),
    atLeast('push inputs', record.pushes.length, 2, 'inputs'),
    atMost('unaccounted samples', sumOfMagnitudes(unaccounted), 0, 'frames and chunks'),
  ];
}

/**
 * @param {CertifiedRun} run
 * @returns {Check[]}
 */
export function checksOf(run) {
  return [
    ...lengthChecks(run),
    ...memoryChecks(run),
    importCheck(run.imports),
    voiceCheck(run),
    ...bookChecks(run.record),
  ];
}
