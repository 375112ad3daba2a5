/** What the page and the player's Worker say to each other. */
import type { ProducerData } from '../bus/producer.ts';

/** What a file says of itself. */
export interface FileFacts {
  /** Such as `mp3`, `flac`, `opus`, `pcm-s16`. */
  readonly codec: string;
  /** Frames per second; it is played at the context's rate. */
  readonly sampleRate: number;
  /** 1 or 2. */
  readonly channels: number;
  /** As its container tells; exact for WAV and FLAC, and for all once the end has been reached. */
  readonly durationSec: number;
}

/** Why a file is not played. */
export interface Refusal {
  readonly code: 'file-unreadable' | 'no-audio' | 'codec-unsupported' | 'too-many-channels';
  /** What the words of the error need: a codec, a number, a reason. */
  readonly detail: string;
}

/** What the Worker is at; the page's player has more states. */
export type PumpState = 'playing' | 'paused' | 'ended';

/** To the Worker. */
export type PlayerOrder =
  | { readonly kind: 'open'; readonly source: Blob | string }
  | { readonly kind: 'start'; readonly producer: ProducerData; readonly loop: boolean }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'seek'; readonly frame: number }
  | { readonly kind: 'loop'; readonly loop: boolean };

/** From the pump in the Worker. */
export type PumpReport =
  | {
      readonly kind: 'state';
      readonly state: PumpState;
      /** Underruns of the input that were the Worker's own silence. */
      readonly idleUnderruns: number;
      /** The others, until now. */
      readonly underruns: number;
    }
  /** The frame of the file that the input's frame number `pushed` is; those after it follow. */
  | { readonly kind: 'span'; readonly pushed: number; readonly frame: number }
  /** The end was reached: the file has so many frames. */
  | { readonly kind: 'length'; readonly frames: number }
  /** Behind this frame nothing more could be read. */
  | { readonly kind: 'damaged'; readonly frame: number; readonly reason: string };

/** From the Worker. */
export type PlayerReport =
  | { readonly kind: 'opened'; readonly file: FileFacts }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | PumpReport;
