// @ts-check
// What Chromium's own trace says of the audio thread.

/** The true cost of each quantum, call entry and exit included, is in this category. */
export const QUANTUM_CATEGORY = 'disabled-by-default-audio-worklet';

/** Every collection of every thread. */
export const COLLECTOR_CATEGORIES = ['v8', 'disabled-by-default-v8.gc'];

const THREAD_NAME = 'Realtime AudioWorklet thread';
const PROCESS_EVENT = 'AudioWorkletProcessor::Process (author script execution)';
const COLLECTOR_EVENT = /GC|Scaveng/;

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts when it began, in microseconds
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
 * Keeps of a trace what is known of each thread, event by event: a long trace never lies in memory as
 * a whole. Which thread is the audio thread, only an event somewhere in it tells.
 */
export class TraceReader {
  /** @type {Map<string, { name: string, quantaUs: number[], collections: string[] }>} @readonly */
  #threads = new Map();

  /** @param {TraceEvent} event */
  add({ name, pid, tid, dur, args }) {
    if (name === 'thread_name') this.#thread(pid, tid).name = args.name ?? '';
    else if (name === PROCESS_EVENT) this.#thread(pid, tid).quantaUs.push(dur ?? 0);
    else if (COLLECTOR_EVENT.test(name)) this.#thread(pid, tid).collections.push(name);
  }

  /** @returns {AudioThreadTrace} */
  get audioThread() {
    const threads = [...this.#threads.values()].filter(({ name }) => name.startsWith(THREAD_NAME));
    return {
      quantaUs: threads.flatMap(({ quantaUs }) => quantaUs),
      collections: threads.flatMap(({ collections }) => collections),
    };
  }

  /**
   * @param {number} pid
   * @param {number} tid
   */
  #thread(pid, tid) {
    const key = `${pid}.${tid}`;
    const known = this.#threads.get(key);
    if (known !== undefined) return known;
    /** @type {{ name: string, quantaUs: number[], collections: string[] }} */
    const thread = { name: '', quantaUs: [], collections: [] };
    this.#threads.set(key, thread);
    return thread;
  }
}

/**
 * @param {Buffer} trace as Chromium wrote it
 * @returns {AudioThreadTrace}
 */
export function readAudioTrace(trace) {
  const reader = new TraceReader();
  for (const event of parse(trace)) reader.add(event);
  return reader.audioThread;
}

/** `performance.mark` is in this category. */
export const MARK_CATEGORY = 'blink.user_timing';

/**
 * The calls of process() that began between two marks of the page, by audio thread: each context has
 * one.
 * @param {Buffer} trace as Chromium wrote it
 * @param {string} from names of the marks
 * @param {string} to
 * @returns {readonly (readonly number[])[]} each call's duration in microseconds
 */
export function quantaBetween(trace, from, to) {
  const events = parse(trace);
  const [begin, end] = [from, to].map((mark) => events.find(({ name }) => name === mark)?.ts);
  if (begin === undefined || end === undefined) throw new Error(`No marks ${from} and ${to}.`);
  const calls = audioEvents(events).filter(
    ({ name, ts }) => name === PROCESS_EVENT && ts >= begin && ts < end,
  );
  const threads = [...new Set(calls.map(threadOf))];
  return threads.map((thread) =>
    calls.filter((call) => threadOf(call) === thread).map(({ dur }) => dur ?? 0),
  );
}

/**
 * @param {Buffer} trace
 * @returns {TraceEvent[]}
 */
function parse(trace) {
  return /** @type {{ traceEvents: TraceEvent[] }} */ (JSON.parse(trace.toString())).traceEvents;
}

/** @param {readonly TraceEvent[]} all */
function audioEvents(all) {
  const threads = new Set(
    all
      .filter(
        ({ name, args }) => name === 'thread_name' && args.name?.startsWith(THREAD_NAME) === true,
      )
      .map(threadOf),
  );
  return all.filter((event) => threads.has(threadOf(event)));
}

/** @param {TraceEvent} event */
function threadOf({ pid, tid }) {
  return `${pid}.${tid}`;
}
