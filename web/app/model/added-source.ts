/** A source beside the first: what can be added, and what it is then. */
import type { CaptureSource, MicrophoneInfo, Session } from '../../lib/index.ts';
import { captureSource, type Setup, type SourceValue } from './setup.ts';

/** What a person can add to the mixer. */
export interface AddChoice {
  readonly value: SourceValue;
  readonly label: string;
}

/** The choices: a tone, a file, every microphone that the browser names. */
export function addChoices(microphones: readonly MicrophoneInfo[]): AddChoice[] {
  const devices = microphones.map(({ deviceId, label }, index): AddChoice => ({
    value: `microphone:${deviceId}`,
    label: `Microphone · ${label === '' ? index + 1 : label}`,
  }));
  return [
    { value: 'oscillator', label: 'Oscillator' },
    { value: 'file', label: 'Audio file' },
    { value: 'microphone', label: 'Microphone' },
    ...devices,
  ];
}

/** The input that the next source gets; null when all are taken. */
export function freeInput({ sources }: Session): number | null {
  const input = sources.indexOf(null);
  return input < 0 ? null : input;
}

/**
 * The source to open; null for a file, which has a player. Each tone is a harmonic of the set-up's, so
 * that two are told apart by ear and by eye.
 */
export function addedSource(value: SourceValue, input: number, setup: Setup): CaptureSource | null {
  const frequencyHz = setup.frequencyHz * (input + 1);
  return captureSource({ ...setup, source: value, frequencyHz, sweep: false }, null);
}
