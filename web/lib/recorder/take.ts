import type { RecordFormat } from './record-format.ts';

/** What a take holds: the mix, or the input of this number. */
export type TakeSource = 'mix' | number;

/** Frames that are silence in a take, because nobody read them before they were overwritten. */
export interface Dropout {
  /** Of the take. */
  readonly atFrame: number;
  readonly frames: number;
}

/** A finished recording in the origin-private file system. */
export interface Take {
  /** Of the files, never chosen by a person. */
  readonly id: string;
  /** Chosen by a person: any text. */
  readonly name: string;
  readonly format: RecordFormat;
  readonly source: TakeSource;
  /** 1 or 2. */
  readonly channels: number;
  /** Of what was recorded, in Hz. */
  readonly sampleRate: number;
  /** That were recorded; with those of the dropouts. */
  readonly frames: number;
  /** Size of the file. */
  readonly bytes: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Whether it was left behind by a page or a Worker that ended, and repaired. */
  readonly isRepaired: boolean;
  readonly dropouts: readonly Dropout[];
}
