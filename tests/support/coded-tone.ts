/**
 * Tones that tell whether sound was lost, doubled or moved: a jump shows in the phase of at least one.
 * For whole packets, pages, quanta and buffers of devices, up to a third of a second, that is 0.14 of a
 * turn or more.
 */

/** Found by trying at random. */
export const codedTonesHz = [1149.7, 1575.7, 2545.8] as const;

const rateHz = 48_000;
const hopFrames = 480;
const windowFrames = 2 * hopFrames;
/** Of a turn: what an encoder's noise may move a phase by. */
const tolerance = 0.08;
/** Peak of a tone that counts as there; each is sent at -12 dBFS. */
const leastPeak = 0.1;

const window = Float64Array.from(
  { length: windowFrames },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / windowFrames),
);

interface Tone {
  readonly peak: number;
  /** In turns, at the window's beginning. */
  readonly phase: number;
}

function toneAt(samples: Float32Array, from: number, frequencyHz: number): Tone {
  let [real, imaginary] = [0, 0];
  const step = (2 * Math.PI * frequencyHz) / rateHz;
  for (let i = 0; i < windowFrames; i += 1) {
    const sample = samples[from + i]! * window[i]!;
    real += sample * Math.cos(step * i);
    imaginary -= sample * Math.sin(step * i);
  }
  const peak = Math.hypot(real, imaginary) / (hopFrames / 2);
  return { peak, phase: Math.atan2(imaginary, real) / (2 * Math.PI) };
}

/** An unbroken stretch of all tones. */
export interface Stretch {
  readonly startSec: number;
  readonly seconds: number;
}

/** The stretches in which all tones are there, in step with how they began. */
export function unbrokenStretches(samples: Float32Array): Stretch[] {
  const stretches: { from: number; tones: readonly Tone[]; end: number }[] = [];
  for (let from = 0; from + windowFrames <= samples.length; from += hopFrames) {
    const tones: readonly Tone[] = codedTonesHz.map((hz) => toneAt(samples, from, hz));
    if (!tones.every(({ peak }) => peak > leastPeak)) continue;
    const last = stretches.at(-1);
    const goesOn = last?.end === from && areInStep(last.tones, tones, from - last.from);
    if (goesOn) last.end = from + hopFrames;
    else stretches.push({ from, tones, end: from + hopFrames });
  }
  return stretches.map(({ from, end }) => ({
    startSec: from / rateHz,
    seconds: (end - from) / rateHz,
  }));
}

function areInStep(before: readonly Tone[], now: readonly Tone[], frames: number): boolean {
  return codedTonesHz.every((hz, tone) => {
    const expected = before[tone]!.phase + (hz * frames) / rateHz;
    const error = now[tone]!.phase - expected;
    return Math.abs(error - Math.round(error)) < tolerance;
  });
}
