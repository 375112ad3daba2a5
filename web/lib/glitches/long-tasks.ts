import type { LongTask } from './glitch.ts';

/** A long task as the browser tells it. */
export interface FoundTask {
  readonly source: LongTask['source'];
  /** On `performance.now()`. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly invoker: string;
}

/** What `long-animation-frame` entries have beyond the others. */
interface AnimationFrameEntry extends PerformanceEntry {
  readonly scripts?: readonly { readonly invoker?: string; readonly duration: number }[];
}

const sources = ['long-animation-frame', 'longtask'] as const;

/** The better of the two ways in which browsers tell of long tasks; null where there is none. */
export function longTaskSource(): LongTask['source'] | null {
  const offered = globalThis.PerformanceObserver?.supportedEntryTypes ?? [];
  return sources.find((source) => offered.includes(source)) ?? null;
}

/** Calls back for each long task from now on, until the signal aborts. */
export function watchLongTasks(onTask: (task: FoundTask) => void, signal: AbortSignal): void {
  const source = longTaskSource();
  if (source === null) return;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) onTask(taskOf(entry, source));
  });
  observer.observe({ type: source });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}

function taskOf(entry: AnimationFrameEntry, source: LongTask['source']): FoundTask {
  const { startTime: startMs, duration: durationMs, scripts = [] } = entry;
  const longest = scripts.toSorted((a, b) => b.duration - a.duration)[0];
  return { source, startMs, durationMs, invoker: longest?.invoker ?? '' };
}
