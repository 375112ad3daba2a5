// @ts-check
// Whether a record keeps every promise. What the browser did is no fault as long as it is declared.
import { glitchesOf, segmentsOf } from './glitches.mjs';
import { DEVICE_BUFFER_FRAMES, MARKER_RATE_HZ } from './markers.mjs';

/** @typedef {import('./record.mjs').LiveRecord} LiveRecord */
/** @typedef {import('./record.mjs').ReaderRecord} ReaderRecord */
/** @typedef {import('./glitches.mjs').Glitch} Glitch */

/** A stretch of the voice is that like the mix at its place; what is missing is two filters' edges. */
const MIN_CORRELATION = 0.95;
/** Times are sums of floats. */
const MAX_TIMESTAMP_ERROR_MS = 1e-6;
export const MAX_RESIDUAL_MS = 0.1;
/** The voice's last chunk may be in the making: its length, and the delay of its filter. */
const MAX_VOICE_LAG_MS = 40;

/**
 * How far the library's figure of one input may be from the truth: the browser's queue between device
 * and graph may be empty at one reading and full at the other. It holds five of the graph's buffers,
 * rounded up to the device's, which makes a tenth of a second.
 */
export const LOSS_BOUND_MS = 100;
/** The figure is the least of the readings of two seconds: what was lost in them may be missing. */
const LOSS_DELAY_SEC = 3;

/**
 * @typedef {object} InputFinding
 * @property {number} input
 * @property {number} frames that were found in their order
 * @property {number} unknownFrames that are no marker and no silence
 * @property {number} lostFrames of the file that never reached the worklet
 * @property {number} silentFrames that the browser put in
 * @property {readonly Glitch[]} glitches
 */

/**
 * @typedef {object} LossFinding
 * @property {number | null} declaredMs growth of the library's figure
 * @property {number} trueMs lost minus put in, over all inputs
 * @property {number} boundMs
 */

/**
 * @typedef {object} Verdict
 * @property {readonly InputFinding[]} inputs
 * @property {number} indexErrorFrames what is lost or doubled beside whole buffers of the device
 * @property {number} unaccounted slots that no reader's books and no segment hold
 * @property {LossFinding} captureLoss
 * @property {readonly string[]} problems promises that were not kept
 */

/** @param {number} frames */
const toMs = (frames) => (frames * 1000) / MARKER_RATE_HZ;

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => number} value
 */
const sum = (items, value) => items.reduce((total, item) => total + value(item), 0);

/**
 * @param {LiveRecord} record
 * @returns {Verdict}
 */
export function judge(record) {
  const inputs = Array.from({ length: record.inputs }, (_, input) => findingOf(record, input));
  const indexErrorFrames = sum(inputs, ({ glitches }) => sum(glitches, indexErrorOf));
  const unaccounted =
    sum(record.readers, (reader) => Math.abs(unaccountedBy(record, reader))) +
    sum(inputs, ({ unknownFrames }) => unknownFrames);
  const captureLoss = lossOf(record, inputs);
  const problems = [
    ...clockProblems(record),
    ...record.readers.flatMap((reader) => readerProblems(record, reader)),
    ...inputs.flatMap((finding) => inputProblems(record, finding)),
    ...lossProblems(record, inputs, captureLoss),
    ...voiceProblems(record),
  ];
  return { inputs, indexErrorFrames, unaccounted, captureLoss, problems };
}

/**
 * The browser drops whole buffers, and puts in silence of their length.
 * @param {Glitch} glitch
 */
function indexErrorOf({ lostFrames }) {
  if (lostFrames < 0) return -lostFrames;
  const over = lostFrames % DEVICE_BUFFER_FRAMES;
  return Math.min(over, DEVICE_BUFFER_FRAMES - over);
}

/**
 * @param {LiveRecord} record
 * @param {number} input
 * @returns {InputFinding}
 */
function findingOf(record, input) {
  const segments = segmentsOf(record.segments, input, record.first.position);
  const glitches = glitchesOf(segments);
  /** @param {string} kind */
  const framesOf = (kind) =>
    sum(
      segments.filter((segment) => segment.kind === kind),
      ({ frames }) => frames,
    );
  return {
    input,
    frames: framesOf('marker'),
    unknownFrames: framesOf('unknown'),
    lostFrames: sum(glitches, ({ lostFrames }) => lostFrames),
    silentFrames: framesOf('silence'),
    glitches,
  };
}

/**
 * @param {LiveRecord} record
 * @param {ReaderRecord} reader
 */
function unaccountedBy({ published }, { ring, delivered, dropped, pending }) {
  return published[ring] - delivered - dropped - pending;
}

/**
 * @param {LiveRecord} record
 * @param {readonly InputFinding[]} inputs
 * @returns {LossFinding}
 */
function lossOf({ first, last }, inputs) {
  const isKnown = first.lossMs !== null && last.lossMs !== null;
  const declaredMs = isKnown ? (last.lossMs ?? 0) - (first.lossMs ?? 0) : null;
  const trueMs = toMs(sum(inputs, ({ lostFrames, silentFrames }) => lostFrames - silentFrames));
  return { declaredMs, trueMs, boundMs: LOSS_BOUND_MS * inputs.length };
}

/** @param {LiveRecord} record */
function clockProblems({ running, frames, published, clock, channelErrors }) {
  /** @type {string[]} */
  const problems = [];
  const counted = running.first + running.received + running.missed;
  if (counted !== running.clock) {
    problems.push(`the clock is at frame ${running.clock}, counted are ${counted}`);
  }
  if (published.mix !== frames.received + frames.missed) {
    const frameCount = frames.received + frames.missed;
    problems.push(`the mix has ${published.mix} frames, the clock gave it ${frameCount}`);
  }
  if (!(clock.maxResidualMs <= MAX_RESIDUAL_MS)) {
    problems.push(`the clock model is ${clock.maxResidualMs.toFixed(3)} ms off between steps`);
  }
  if (clock.readings === 0) problems.push('the clock was never read');
  if (channelErrors > 0) problems.push(`${channelErrors} frames mix up their channels`);
  return problems;
}

/**
 * @param {LiveRecord} record
 * @param {ReaderRecord} reader
 */
function readerProblems(record, reader) {
  const unaccounted = unaccountedBy(record, reader);
  return unaccounted === 0 ? [] : [`${reader.name}: ${unaccounted} slots are unaccounted for`];
}

/**
 * @param {LiveRecord} record
 * @param {InputFinding} finding
 */
function inputProblems(record, { input, frames, unknownFrames, silentFrames, glitches }) {
  /** @type {string[]} */
  const problems = [];
  const name = `input ${input}`;
  if (frames === 0) problems.push(`${name}: no marker was found`);
  if (unknownFrames > 0) {
    problems.push(`${name}: ${unknownFrames} frames are neither marker nor silence`);
  }
  for (const glitch of glitches.filter((each) => indexErrorOf(each) > 0)) {
    const { position, lostFrames } = glitch;
    const what = lostFrames < 0 ? `${-lostFrames} samples came twice` : `${lostFrames} are missing`;
    problems.push(`${name}: ${what} before frame ${position}, which no whole buffer explains`);
  }
  // Frames that the clock passed over are silence as well, and counted.
  const inserted = silentFrames - (record.frames.missed - record.first.missedFrames);
  if (inserted < 0 || inserted % DEVICE_BUFFER_FRAMES !== 0) {
    problems.push(`${name}: ${silentFrames} silent frames, which no whole buffers explain`);
  }
  return problems;
}

/**
 * @param {LiveRecord} record
 * @param {readonly InputFinding[]} inputs
 * @param {LossFinding} finding
 */
function lossProblems({ published }, inputs, { declaredMs, trueMs, boundMs }) {
  if (declaredMs === null) return ['captureLossMs is not known'];
  const late = published.mix - LOSS_DELAY_SEC * MARKER_RATE_HZ;
  const recentMs = toMs(
    sum(inputs, ({ glitches }) =>
      sum(
        glitches.filter(({ position }) => position > late),
        ({ lostFrames }) => Math.max(0, lostFrames),
      ),
    ),
  );
  if (declaredMs >= trueMs - recentMs - boundMs && declaredMs <= trueMs + boundMs) return [];
  const [declared, truth] = [declaredMs, trueMs].map((ms) => ms.toFixed(1));
  return [`captureLossMs grew by ${declared} ms, but ${truth} ms were lost`];
}

/** @param {LiveRecord} record */
function voiceProblems({ voice, published, frames, rateHz }) {
  /** @type {string[]} */
  const problems = [];
  if (voice.jumps > 0) problems.push(`the voice's sequence jumps ${voice.jumps} times`);
  if (voice.maxTimestampErrorMs > MAX_TIMESTAMP_ERROR_MS) {
    problems.push(`the voice's times are ${voice.maxTimestampErrorMs} ms off their samples`);
  }
  if (voice.compared === 0) problems.push('nothing of the voice was compared with the mix');
  if (voice.maxIndexError > 0 || voice.minCorrelation < MIN_CORRELATION) {
    const what = `${voice.maxIndexError} frames off, likeness ${voice.minCorrelation.toFixed(3)}`;
    problems.push(`the voice is not the mix at its time: ${what}`);
  }
  const mixEndMs = ((frames.first + published.mix) * 1000) / rateHz;
  const lagMs = mixEndMs - voice.endMs;
  if (lagMs < 0 || lagMs > MAX_VOICE_LAG_MS) {
    problems.push(`the voice ends ${lagMs.toFixed(1)} ms before the mix`);
  }
  return problems;
}
