/** What the page and the recorder's Worker say to each other. */
import type { ListenerData } from '../bus/follower.ts';
import type { RingAddress } from '../bus/ring-address.ts';
import type { FormatSupport } from './record-format.ts';
import type { ToldError } from './recorder-errors.ts';
import type { Dropout, Take } from './take.ts';
import type { EncoderTask } from './take-encoder.ts';

/** A take that is to be begun: nothing of it is known yet but this. */
export type NewTake = Pick<
  Take,
  'id' | 'name' | 'format' | 'source' | 'channels' | 'sampleRate' | 'createdAt'
>;

/** Where the sound comes from. Frames are those of the mix: its first one is 0. */
export type SoundTask =
  | { readonly kind: 'mix'; readonly listener: ListenerData }
  | {
      readonly kind: 'inputs';
      /** One per take. */
      readonly inputs: readonly number[];
      /** The engine's memory, with the flight recorder in it. */
      readonly memory: ArrayBufferLike;
      readonly mix: RingAddress;
      /** The first frame to record. */
      readonly startFrame: number;
      /** The audio clock at frame 0. */
      readonly clockFrame: number;
    };

/** To the Worker. */
export type RecordOrder =
  | { readonly kind: 'formats'; readonly sampleRate: number }
  | {
      readonly kind: 'open';
      readonly takes: readonly NewTake[];
      readonly encoding: Pick<EncoderTask, 'bitrateKbps' | 'dither'>;
    }
  | { readonly kind: 'record'; readonly sound: SoundTask }
  /** The recording ends before this frame of the mix. */
  | { readonly kind: 'stop'; readonly endFrame: number }
  | { readonly kind: 'repair' };

/** How far a recording is. */
export interface RecordProgress {
  readonly frames: number;
  /** Of all files. */
  readonly bytes: number;
  /** Since the last report. */
  readonly dropouts: readonly Dropout[];
  /** Columns of the overview since the last report: minimum, maximum, minimum, ... */
  readonly columns: readonly number[];
}

/** From the Worker. */
export type RecordReport =
  | { readonly kind: 'formats'; readonly formats: readonly FormatSupport[] }
  | { readonly kind: 'opened' }
  | ({ readonly kind: 'progress' } & RecordProgress)
  | {
      readonly kind: 'finished';
      readonly takes: readonly Take[];
      /** The last of the overview. */
      readonly columns: readonly number[];
    }
  | { readonly kind: 'failed'; readonly error: ToldError; readonly takes: readonly Take[] }
  | { readonly kind: 'repaired'; readonly takes: readonly Take[] };
