// @ts-check
// What Chromium's own trace says of the audio thread.

/** The true cost of each quantum, call entry and exit included, is in this category. */
export const QUANTUM_CATEGORY = 'disabled-by-default-audio-worklet';

const THREAD_NAME = 'Realtime AudioWorklet thread';
const PROCESS_EVENT = 'AudioWorkletProcessor::Process (author script execution)';
const COLLECTOR_EVENT = /GC|Scaveng/;

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {number} pid
 * @property {number} tid
 * @property {number} [dur] microseconds
 * @property {{ name?: string }} args
 */

/**
 * What happened on the audio worklet's thread while the trace ran.
 * @typedef {object} AudioThreadTrace
 * @property {readonly number[]} quantaUs calls of process(), each with its duration in microseconds
 * @property {readonly string[]} collections names of the garbage collector's events
 */

/**
 * @param {Buffer} trace as Chromium wrote it
 * @returns {AudioThreadTrace}
 */
export function readAudioTrace(trace) {
  const { traceEvents } = /** @type {{ traceEvents: TraceEvent[] }} */ (
    JSON.parse(trace.toString())
  );
  /** @param {TraceEvent} event */
  const threadOf = ({ pid, tid }) => `${pid}.${tid}`;
  const threads = new Set(
    traceEvents
      .filter(
        ({ name, args }) => name === 'thread_name' && args.name?.startsWith(THREAD_NAME) === true,
      )
      .map(threadOf),
  );
  const events = traceEvents.filter((event) => threads.has(threadOf(event)));
  return {
    quantaUs: events.filter(({ name }) => name === PROCESS_EVENT).map(({ dur }) => dur ?? 0),
    collections: events.map(({ name }) => name).filter((name) => COLLECTOR_EVENT.test(name)),
  };
}
