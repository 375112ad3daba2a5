/** What a person can choose of the analysis: how the spectrum is shown and what the tuner tunes to. */
import type { Temperament } from './temperament.ts';

/** Windows on offer. */
export const analysisWindows = ['long', 'short'] as const;

/** What can be analysed: the mix, or an input as it arrives. */
export const analysisInputs = ['mix', '0', '1', '2', '3', '4', '5', '6', '7'] as const;

/** Layouts of the frequency axis. */
export const frequencyScales = ['log', 'linear'] as const;

/** How far down the spectrum reaches, in decibels below full scale. */
export const spectrumRangesDb: readonly number[] = [60, 90, 120, 150];

/** Everything that a person can choose of the analysis. */
export interface AnalysisSetup {
  readonly analysisInput: (typeof analysisInputs)[number];
  readonly analysisWindow: (typeof analysisWindows)[number];
  readonly frequencyScale: (typeof frequencyScales)[number];
  readonly spectrumRangeDb: number;
  readonly peakHold: boolean;
  readonly aWeighted: boolean;
  /** Frequency of A4. */
  readonly referenceHz: number;
  readonly temperament: Temperament;
  /** Place of the temperament's root in the octave, 0 for C. */
  readonly temperamentRoot: number;
  /** Whether notes are stretched by the inharmonicity of what sounds. */
  readonly stretched: boolean;
}

/** What stands before anything was chosen. */
export const defaultAnalysis: AnalysisSetup = {
  analysisInput: 'mix',
  analysisWindow: 'long',
  frequencyScale: 'log',
  spectrumRangeDb: 120,
  peakHold: false,
  aWeighted: false,
  referenceHz: 440,
  temperament: 'equal',
  temperamentRoot: 0,
  stretched: false,
};
