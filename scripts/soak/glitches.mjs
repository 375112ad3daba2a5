// @ts-check
// What the browser did to a microphone before the worklet, from the samples that came through.
import { PERIOD_FRAMES } from './markers.mjs';

/** @typedef {import('./record.mjs').Segment} Segment */

/**
 * A place at which the samples of the file do not follow one another.
 * @typedef {object} Glitch
 * @property {number} input
 * @property {number} position where it goes on, on the mix ring
 * @property {number} lostFrames samples of the file that never came; negative: some came twice
 * @property {number} silentFrames silence in between
 */

/**
 * The shortest way round the file.
 * @param {number} frames
 */
function roundFile(frames) {
  const rest = ((frames % PERIOD_FRAMES) + PERIOD_FRAMES) % PERIOD_FRAMES;
  return rest < PERIOD_FRAMES / 2 ? rest : rest - PERIOD_FRAMES;
}

/**
 * The segments of one input from a position on; the one that lies across it is cut.
 * @param {readonly Segment[]} segments
 * @param {number} input
 * @param {number} from
 * @returns {Segment[]} in the order of their positions
 */
export function segmentsOf(segments, input, from) {
  return segments
    .filter((segment) => segment.input === input && segment.position + segment.frames > from)
    .map((segment) => {
      const cut = Math.max(0, from - segment.position);
      const index = segment.index < 0 ? -1 : (segment.index + cut) % PERIOD_FRAMES;
      const { position, frames, kind } = segment;
      return { input, position: position + cut, frames: frames - cut, kind, index };
    })
    .sort((a, b) => a.position - b.position);
}

/**
 * @param {readonly Segment[]} segments of one input, in order
 * @returns {Glitch[]}
 */
export function glitchesOf(segments) {
  /** @type {Glitch[]} */
  const glitches = [];
  /** @type {Segment | undefined} */
  let last;
  let silentFrames = 0;
  for (const segment of segments) {
    if (segment.kind === 'silence') silentFrames += segment.frames;
    if (segment.kind !== 'marker') continue;
    if (last !== undefined) glitches.push(between(last, segment, silentFrames));
    last = segment;
    silentFrames = 0;
  }
  return glitches.filter((glitch) => glitch.lostFrames !== 0 || glitch.silentFrames !== 0);
}

/**
 * @param {Segment} before
 * @param {Segment} after
 * @param {number} silentFrames
 * @returns {Glitch}
 */
function between(before, after, silentFrames) {
  const { input, position } = after;
  const shift = roundFile(after.index - before.index - (position - before.position));
  return { input, position, lostFrames: shift + silentFrames, silentFrames };
}
