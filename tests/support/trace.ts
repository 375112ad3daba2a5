/** What Chromium's own trace says of the audio thread. */
import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly args: { readonly name?: string };
}

/** What happened on the audio worklet's thread while the trace ran. */
export interface AudioThreadTrace {
  /** Calls of process(), each with its duration in microseconds. */
  readonly quantaUs: readonly number[];
  /** Names of the garbage collector's events. */
  readonly collections: readonly string[];
}

const categories = [
  'disabled-by-default-audio-worklet',
  'v8',
  'disabled-by-default-v8.gc',
  'devtools.timeline',
];
const threadName = 'Realtime AudioWorklet thread';
const processEvent = 'AudioWorkletProcessor::Process (author script execution)';
const collectorEvent = /GC|Scaveng/;

/** Traces while `act` runs. */
export async function traceAudioThread(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<AudioThreadTrace> {
  await browser.startTracing(page, { categories });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const threads = new Set(
    trace.traceEvents
      .filter(
        ({ name, args }) => name === 'thread_name' && args.name?.startsWith(threadName) === true,
      )
      .map(({ pid, tid }) => `${pid}.${tid}`),
  );
  const events = trace.traceEvents.filter(({ pid, tid }) => threads.has(`${pid}.${tid}`));
  return {
    quantaUs: events.filter(({ name }) => name === processEvent).map(({ dur }) => dur ?? 0),
    collections: events.map(({ name }) => name).filter((name) => collectorEvent.test(name)),
  };
}
