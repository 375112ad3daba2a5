/** What a person can choose before Start, and how the library is told of it. */
import {
  type CaptureKind,
  type CaptureSource,
  defaultQuantumFrames,
  type MicrophoneOptions,
  type OscillatorOptions,
  type SessionOptions,
} from '../../lib/index.ts';
import { type AnalysisSetup, defaultAnalysis } from './analysis-setup.ts';

/** Value of the source picker: a kind, or a kind and a device. */
export type SourceValue = CaptureKind | `microphone:${string}`;

/** The shapes of the oscillator. */
export const waveforms = ['sine', 'square', 'sawtooth', 'triangle'] as const;

/** One shape of the oscillator. */
export type Waveform = (typeof waveforms)[number];

/** Ways to trade delay for safety, as browsers name them. */
export const latencyHints = ['interactive', 'balanced', 'playback'] as const;

/** One way to trade delay for safety. */
export type LatencyHint = (typeof latencyHints)[number];

/** Sample rates on offer, in hertz. */
export const sampleRates = [8000, 16_000, 22_050, 44_100, 48_000, 88_200, 96_000, 192_000] as const;

/** Quanta on offer, in frames. */
export const quantumSizes: readonly number[] = [
  32,
  64,
  127,
  defaultQuantumFrames,
  256,
  480,
  512,
  1024,
  2048,
];

/** Everything that a person can choose. */
export interface Setup extends AnalysisSetup {
  readonly source: SourceValue;
  readonly frequencyHz: number;
  readonly waveform: Waveform;
  readonly levelDb: number;
  readonly sweep: boolean;
  readonly sweepToHz: number;
  readonly sweepSec: number;
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  readonly loop: boolean;
  /** Null: the output device's own. */
  readonly sampleRateHz: number | null;
  readonly quantumFrames: number;
  readonly latencyHint: LatencyHint;
  readonly monitor: boolean;
}

/** What stands before anything was chosen. */
export const defaultSetup: Setup = {
  source: 'microphone',
  frequencyHz: 440,
  waveform: 'sine',
  levelDb: -12,
  sweep: false,
  sweepToHz: 1760,
  sweepSec: 5,
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  loop: true,
  sampleRateHz: null,
  quantumFrames: defaultQuantumFrames,
  latencyHint: 'interactive',
  monitor: false,
  ...defaultAnalysis,
};

/** Ends of the number fields; the library allows more. */
export const limits = {
  frequencyHz: { min: 1, max: 24_000 },
  levelDb: { min: -90, max: 0 },
  sweepToHz: { min: 1, max: 24_000 },
  sweepSec: { min: 0.1, max: 600 },
  sampleRateHz: { min: 3000, max: 768_000 },
  quantumFrames: { min: 1, max: 16_384 },
  referenceHz: { min: 415, max: 466 },
} as const;

/** The kind behind the picker's value. */
export function kindOf(source: SourceValue): CaptureKind {
  return source.startsWith('microphone') ? 'microphone' : (source as CaptureKind);
}

/** The source to open; null while a file is still to be chosen. */
export function captureSource(setup: Setup, file: File | null): CaptureSource | null {
  switch (kindOf(setup.source)) {
    case 'microphone':
      return { kind: 'microphone', ...microphoneOptions(setup) };
    case 'oscillator':
      return { kind: 'oscillator', ...oscillatorOptions(setup) };
    case 'display':
      return { kind: 'display' };
    case 'file':
      return file === null ? null : { kind: 'file', file, loop: setup.loop };
  }
}

/** The session's options; the signal and the assets are the caller's. */
export function sessionOptions(setup: Setup): SessionOptions {
  const { sampleRateHz, quantumFrames, latencyHint, monitor } = setup;
  const options = { quantumFrames, latencyHint, monitor };
  return sampleRateHz === null ? options : { ...options, sampleRate: sampleRateHz };
}

function microphoneOptions(setup: Setup): MicrophoneOptions {
  const { source, echoCancellation, noiseSuppression, autoGainControl } = setup;
  const deviceId = source.slice('microphone:'.length);
  const processing = { echoCancellation, noiseSuppression, autoGainControl };
  return deviceId === '' ? processing : { ...processing, deviceId };
}

function oscillatorOptions(setup: Setup): OscillatorOptions {
  const { frequencyHz, waveform, levelDb, sweep, sweepToHz, sweepSec } = setup;
  const tone = { frequencyHz, waveform, levelDb };
  return sweep ? { ...tone, sweep: { toHz: sweepToHz, seconds: sweepSec } } : tone;
}
