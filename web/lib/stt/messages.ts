/** What the page and the speech Worker say to each other. */
import type { ListenerData } from '../bus/follower.ts';
import type { ModelContents } from './model-loader.ts';
import type { SpeechSegment } from '../speech-segment.ts';
import type { TextEvent } from './text-event.ts';
import type { TranscriberOptions } from './transcriber.ts';

/** To the Worker. */
export type SpeechOrder =
  | {
      readonly kind: 'load';
      readonly model: ModelContents;
      /** The listener to go on with, and with it the ring. */
      readonly listener: ListenerData;
      readonly heartbeat: SharedArrayBuffer;
      readonly options: TranscriberOptions;
    }
  | {
      readonly kind: 'segment';
      readonly segment: SpeechSegment;
      /** Where its first stretch without a final text begins. */
      readonly from: number;
    }
  | { readonly kind: 'cancel'; readonly startSample: number }
  | { readonly kind: 'close' };

/** From the Worker. */
export type SpeechReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'event'; readonly event: TextEvent };
