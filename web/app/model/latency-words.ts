/** What the latency meter found, and what stands in its way, in words. */
import type { DelayReading, LatencyReading } from '../../lib/index.ts';
import { formatFixed } from '../format.ts';
import type { Setup } from './setup.ts';

/** A figure of a measurement. */
export interface MeasuredFigure {
  readonly name: string;
  readonly value: string;
  /** For programs. */
  readonly testId: string;
  readonly number: number;
}

// Below this the figure is float noise.
const finestDecimals = 5;

/** `592.573 ± 0.012 frames`: as many decimals as the uncertainty is worth. */
export function framesInWords(frames: number, uncertainty: number): string {
  const wanted = Math.ceil(1 - Math.log10(uncertainty));
  const decimals = Math.min(finestDecimals, Math.max(0, wanted));
  const least = 10 ** -finestDecimals;
  const bar =
    uncertainty < least ? `< ${formatFixed(least, decimals)}` : formatFixed(uncertainty, decimals);
  return `${formatFixed(frames, decimals)} ± ${bar} frames`;
}

const polarity = (inverted: boolean): string => (inverted ? 'inverted' : 'the same');

/** @param browserMs What the browser says of its way out. */
export function latencyFigures(reading: LatencyReading, browserMs: number): MeasuredFigure[] {
  const { frames, ms, uncertaintyFrames, snrDb, inverted } = reading;
  return [
    {
      ...{ name: 'Round trip', testId: 'latency-ms', number: ms },
      value: `${formatFixed(ms, 3)} ms`,
    },
    {
      ...{ name: 'In frames', testId: 'latency-frames', number: frames },
      value: framesInWords(frames, uncertaintyFrames),
    },
    {
      ...{ name: 'Sequence above all else', testId: 'latency-snr', number: snrDb },
      value: `${formatFixed(snrDb, 1)} dB`,
    },
    {
      ...{ name: 'Polarity', testId: 'latency-polarity', number: inverted ? -1 : 1 },
      value: polarity(inverted),
    },
    {
      ...{ name: 'The browser’s word for the way out', testId: 'latency-browser' },
      ...{ number: browserMs, value: `${formatFixed(browserMs, 1)} ms` },
    },
  ];
}

/** What the delay between two inputs is. */
export function delayFigures(reading: DelayReading): MeasuredFigure[] {
  const { frames, ms, uncertaintyFrames, coherence, inverted } = reading;
  return [
    {
      ...{ name: 'The second is late by', testId: 'delay-ms', number: ms },
      value: `${formatFixed(ms, 3)} ms`,
    },
    {
      ...{ name: 'In frames', testId: 'delay-frames', number: frames },
      value: framesInWords(frames, uncertaintyFrames),
    },
    {
      ...{ name: 'In common', testId: 'delay-coherence', number: coherence },
      value: `${formatFixed(100 * coherence, 1)} %`,
    },
    {
      ...{ name: 'Polarity', testId: 'delay-polarity', number: inverted ? -1 : 1 },
      value: polarity(inverted),
    },
  ];
}

/** What the meter found of a delay that is known. */
export function checkFigures(reading: LatencyReading, knownFrames: number): MeasuredFigure[] {
  const error = reading.frames - knownFrames;
  return [
    {
      ...{ name: 'The loop’s delay', testId: 'check-known', number: knownFrames },
      value: `${formatFixed(knownFrames, 1)} frames`,
    },
    {
      ...{ name: 'Measured', testId: 'check-frames', number: reading.frames },
      value: framesInWords(reading.frames, reading.uncertaintyFrames),
    },
    {
      ...{ name: 'Error', testId: 'check-error', number: error },
      value: `${formatFixed(error, finestDecimals)} frames`,
    },
  ];
}

/** What keeps the sequence from coming back as it was; empty where nothing is known to. */
export function latencyAdvice(
  { monitor, source }: Pick<Setup, 'monitor' | 'source'>,
  track: Pick<MediaTrackSettings, 'echoCancellation' | 'noiseSuppression'> | null,
): string {
  if (monitor) return 'Monitoring is on: loudspeaker and microphone may howl. Turn it off first.';
  if (source === 'oscillator' || source === 'file') {
    return 'This source hears nothing: choose the microphone, or a line input, that listens.';
  }
  if (track?.echoCancellation === true || track?.noiseSuppression === true) {
    return 'The browser takes echoes or noise out of this microphone, and the sequence is both: turn that off.';
  }
  return '';
}
