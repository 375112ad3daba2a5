/** Plays one tone after the other to the engine and looks what its analysis makes of each. */
import type { Analysis, Analyzer, Session } from '../../lib/index.ts';
import { steadyHz } from './oscillator-step.ts';

/** A tone that was played, and what was found. */
export interface SweepPoint {
  /** What the oscillator was asked for. */
  readonly hz: number;
  readonly foundHz: number;
  /** Standard deviation that the analysis states, in hertz. */
  readonly errorHz: number;
}

const lowestHz = 27.5;
const highestHz = 16_000;
/** The rest, up to half the rate, is where the converter's filters are. */
const usableBand = 0.45;
const levelDb = -12;
const pollMs = 20;
// From an oscillator's start to its first frame: the browser's next quantum, and time to get there.
const settleFrames = 8192;

/** The frequencies of a sweep, evenly over the octaves; each is one that the oscillator plays exactly. */
export function sweepFrequencies(count: number, sampleRate: number): readonly number[] {
  const octaves = Math.log2(Math.min(highestHz, usableBand * sampleRate) / lowestHz);
  return Array.from({ length: count }, (_, i) =>
    steadyHz(lowestHz * 2 ** ((octaves * i) / (count - 1)), sampleRate),
  );
}

/** The input that a sweep takes: the last free one, so that it does not get in the way; null: none. */
export function sweepInput({ sources }: Session): number | null {
  const input = sources.lastIndexOf(null);
  return input < 0 ? null : input;
}

/**
 * Plays the frequencies on an input, which nobody hears, and reports each as it is found. The input and
 * the analysis are given back at the end.
 *
 * @throws The signal's reason when it aborts; whatever the session refuses.
 */
export async function runSweep(
  session: Session,
  input: number,
  frequencies: readonly number[],
  report: (point: SweepPoint) => void,
  signal: AbortSignal,
): Promise<void> {
  const { mixer, analyzer } = session;
  // At once, not some time later: whoever analyses next says so after this.
  const release = (): void => {
    session.sources[input]?.close();
    void settled(mixer.send({ kind: 'add-input', input }));
    void settled(analyzer.configure({ on: false }));
  };
  signal.addEventListener('abort', release);
  try {
    await mixer.send({ kind: 'set', input, parameter: 'mute', value: 1 });
    await analyzer.configure({ on: true, input, window: 'long', refine: true, hopFrames: 2048 });
    for (const hz of frequencies) report(await measure(session, input, hz, signal));
  } finally {
    signal.removeEventListener('abort', release);
    if (!signal.aborted) release();
  }
}

// A session that was closed in the meantime has nothing to give back.
async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work]);
}

async function measure(
  session: Session,
  input: number,
  hz: number,
  signal: AbortSignal,
): Promise<SweepPoint> {
  signal.throwIfAborted();
  await session.capture({ kind: 'oscillator', frequencyHz: hz, levelDb }, { input, signal });
  const { currentTime, sampleRate } = session.context;
  const fromFrame = currentTime * sampleRate + settleFrames;
  const { partials } = await nextWindow(session.analyzer, input, fromFrame, signal);
  const [first, ...others] = partials;
  if (first === undefined) throw new Error(`The engine finds nothing where ${hz} Hz are played.`);
  const strongest = others.reduce((a, b) => (b.levelDbfs > a.levelDbfs ? b : a), first);
  return { hz, foundHz: strongest.frequencyHz, errorHz: strongest.errorHz };
}

/** The first window of an input that begins at or after a frame. */
async function nextWindow(
  analyzer: Analyzer,
  input: number,
  fromFrame: number,
  signal: AbortSignal,
): Promise<Analysis> {
  for (;;) {
    const analysis = analyzer.latest();
    if (analysis?.input === input) {
      const begin = analysis.centreFrame - analysis.windowFrames / 2;
      if (begin >= fromFrame) return analysis;
    }
    await pause(pollMs, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    }
  });
}
