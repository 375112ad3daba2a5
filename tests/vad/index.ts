/** The figures of voice detection for commands: this is what they bundle. */
import { VadModule, type VadPreset, vadPresets } from '../../web/lib/vad/index.ts';
import { type Judged, judgeAll } from './judged.ts';
import { quantile, type Score, scoreOf, segmentsOf } from './metrics.ts';
import { snrsDb } from './utterances.ts';

export { speechIsThere } from '../support/speech.ts';

/** The same for every measurement that is to be compared. */
export const usualSeeds: readonly number[] = [6, 7];
/** A longer pause may end an utterance for `command`; then it counts for neither end nor splits. */
export const longestPauseMs = 150;

interface Delay {
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
}

/** What became of the utterances of one level above the background; null: of all. Times are ms. */
export interface VadFigures {
  readonly preset: VadPreset;
  readonly snrDb: number | null;
  readonly utterances: number;
  readonly missed: number;
  /** The least sound before the first trace of speech that a segment holds. */
  readonly leastPreRollMs: number;
  /** From the first trace of speech to the event. */
  readonly onsetMs: Delay;
  readonly audibleOnsetMs: Delay;
  readonly endMs: Delay;
  /** Share of the utterances without long pauses that are in more than one segment. */
  readonly splitShare: number;
}

/** What was measured. */
export interface VadMeasurement {
  readonly figures: readonly VadFigures[];
  /** Segments in ten minutes of noise, music and tones. */
  readonly falseSegments: Readonly<Record<VadPreset, number>>;
}

const delayOf = (values: readonly number[]): Delay => ({
  median: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  p99: quantile(values, 0.99),
});

/** Whether its end can be told from a pause. */
export const isWhole = ({ utterance }: Score): boolean =>
  utterance.longestPauseMs <= longestPauseMs;

function figuresOf(preset: VadPreset, snrDb: number | null, all: readonly Score[]): VadFigures {
  const scores = all.filter(({ utterance }) => snrDb === null || utterance.snrDb === snrDb);
  const whole = scores.filter(isWhole);
  return {
    preset,
    snrDb,
    utterances: scores.length,
    missed: scores.filter(({ segments }) => segments === 0).length,
    leastPreRollMs: Math.min(...scores.map(({ preRollMs }) => preRollMs)),
    onsetMs: delayOf(scores.map(({ onsetMs }) => onsetMs)),
    audibleOnsetMs: delayOf(scores.map(({ audibleOnsetMs }) => audibleOnsetMs)),
    endMs: delayOf(whole.map(({ endMs }) => endMs)),
    splitShare: whole.filter(({ segments }) => segments > 1).length / whole.length,
  };
}

/** All scores of a preset. */
export const scoresOf = ({ utterances }: Judged, preset: VadPreset): Score[] =>
  utterances.map(({ utterance, frames }) => scoreOf(utterance, frames, { preset }));

/** Segments where nobody speaks. */
export const falseSegmentsOf = ({ withoutSpeech }: Judged, preset: VadPreset): number =>
  withoutSpeech.flatMap((frames) => segmentsOf(frames, { preset })).length;

/** The figures of all presets. */
export function measurementOf(judged: Judged): VadMeasurement {
  const falseSegments = { dictation: 0, conversation: 0, command: 0 };
  for (const preset of vadPresets) falseSegments[preset] = falseSegmentsOf(judged, preset);
  const figures = vadPresets.flatMap((preset) => {
    const scores = scoresOf(judged, preset);
    return [...snrsDb, null].map((snrDb) => figuresOf(preset, snrDb, scores));
  });
  return { figures, falseSegments };
}

/** @param module Of vad.wasm. @param weights Its weights' file. */
export async function measureVad(
  module: BufferSource,
  weights: Uint8Array,
  seeds: readonly number[] = usualSeeds,
): Promise<VadMeasurement> {
  return measurementOf(judgeAll(await VadModule.create(module, weights), seeds));
}
