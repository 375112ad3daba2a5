/** A set-up in a link: `?source=oscillator&frequency=440`. */
import {
  analysisInputs,
  analysisWindows,
  frequencyScales,
  spectrumRangesDb,
} from './analysis-setup.ts';
import { noteNames } from './note.ts';
import {
  defaultSetup,
  latencyHints,
  limits,
  type Setup,
  type SourceValue,
  waveforms,
} from './setup.ts';
import { temperaments } from './temperament.ts';

// A device id means nothing on another machine, and a link must not be able to open the loudspeaker
// beside a live microphone: neither is in the query.
const sources: readonly SourceValue[] = ['microphone', 'file', 'oscillator', 'display'];

type NumberKey = keyof typeof limits;
type FlagKey =
  | 'sweep'
  | 'echoCancellation'
  | 'noiseSuppression'
  | 'autoGainControl'
  | 'loop'
  | 'peakHold'
  | 'aWeighted'
  | 'stretched';

const numberNames: Readonly<Record<NumberKey, string>> = {
  frequencyHz: 'frequency',
  levelDb: 'level',
  sweepToHz: 'sweep-to',
  sweepSec: 'sweep-seconds',
  sampleRateHz: 'rate',
  quantumFrames: 'quantum',
  referenceHz: 'reference',
};

const flagNames: Readonly<Record<FlagKey, string>> = {
  sweep: 'sweep',
  echoCancellation: 'echo-cancellation',
  noiseSuppression: 'noise-suppression',
  autoGainControl: 'gain-control',
  loop: 'loop',
  peakHold: 'peak-hold',
  aWeighted: 'a-weighting',
  stretched: 'stretch',
};

// By their places in the octave: sharps would need an escape in an address.
const roots: readonly string[] = noteNames.map((_, root) => String(root));
const ranges: readonly string[] = spectrumRangesDb.map(String);

type AnalysisChoices = Pick<
  Setup,
  | 'analysisInput'
  | 'analysisWindow'
  | 'frequencyScale'
  | 'spectrumRangeDb'
  | 'temperament'
  | 'temperamentRoot'
>;

const choiceNames: Readonly<Record<keyof AnalysisChoices, string>> = {
  analysisInput: 'analyse',
  analysisWindow: 'window',
  frequencyScale: 'axis',
  spectrumRangeDb: 'range',
  temperament: 'temperament',
  temperamentRoot: 'root',
};

const wholeNumbers: readonly NumberKey[] = ['sampleRateHz', 'quantumFrames'];

/** Reads a query; what is missing or makes no sense stays at its default. */
export function setupFromQuery(query: URLSearchParams): Setup {
  const numbers = keysOf(numberNames).map((key) => [key, numberFrom(query, key)] as const);
  const flags = keysOf(flagNames).map((key) => [key, flagFrom(query, key)] as const);
  const read = Object.fromEntries([...numbers, ...flags]) as Pick<Setup, NumberKey | FlagKey>;
  return {
    ...defaultSetup,
    ...read,
    source: oneOf(sources, query.get('source'), defaultSetup.source),
    waveform: oneOf(waveforms, query.get('waveform'), defaultSetup.waveform),
    latencyHint: oneOf(latencyHints, query.get('latency'), defaultSetup.latencyHint),
    ...analysisFromQuery(query),
  };
}

function analysisFromQuery(query: URLSearchParams): AnalysisChoices {
  const choice = <Value extends string>(name: string, values: readonly Value[], initial: Value) =>
    oneOf(values, query.get(name), initial);
  const { analysisInput, analysisWindow, frequencyScale, temperament } = defaultSetup;
  return {
    analysisInput: choice(choiceNames.analysisInput, analysisInputs, analysisInput),
    analysisWindow: choice(choiceNames.analysisWindow, analysisWindows, analysisWindow),
    frequencyScale: choice(choiceNames.frequencyScale, frequencyScales, frequencyScale),
    spectrumRangeDb: Number(
      choice(choiceNames.spectrumRangeDb, ranges, String(defaultSetup.spectrumRangeDb)),
    ),
    temperament: choice(choiceNames.temperament, temperaments, temperament),
    temperamentRoot: Number(
      choice(choiceNames.temperamentRoot, roots, String(defaultSetup.temperamentRoot)),
    ),
  };
}

/** Writes what differs from the defaults. */
export function setupToQuery(setup: Setup): URLSearchParams {
  const query = new URLSearchParams();
  const add = (name: string, value: unknown, initial: unknown): void => {
    if (value !== initial) query.set(name, String(value));
  };
  add('source', setup.source.replace(/:.*$/s, ''), defaultSetup.source);
  add('waveform', setup.waveform, defaultSetup.waveform);
  for (const key of keysOf(numberNames)) add(numberNames[key], setup[key], defaultSetup[key]);
  for (const key of keysOf(flagNames)) add(flagNames[key], setup[key], defaultSetup[key]);
  add('latency', setup.latencyHint, defaultSetup.latencyHint);
  for (const key of keysOf(choiceNames)) add(choiceNames[key], setup[key], defaultSetup[key]);
  return query;
}

function numberFrom(query: URLSearchParams, key: NumberKey): number | null {
  const text = query.get(numberNames[key]);
  const value = Number(text);
  const { min, max } = limits[key];
  const fits = value >= min && value <= max;
  const whole = Number.isInteger(value) || !wholeNumbers.includes(key);
  return text !== null && text.trim() !== '' && fits && whole ? value : defaultSetup[key];
}

function flagFrom(query: URLSearchParams, key: FlagKey): boolean {
  const text = query.get(flagNames[key]);
  return text === 'true' || (text !== 'false' && defaultSetup[key]);
}

function oneOf<Value extends string>(
  values: readonly Value[],
  text: string | null,
  otherwise: Value,
): Value {
  return values.find((value) => value === text) ?? otherwise;
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[];
}
