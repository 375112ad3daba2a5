/** What the page and the broadcast's Worker say to each other. */
import type { ListenerData } from '../bus/follower.ts';
import type { StreamSettings } from './stream-settings.ts';
import type { StreamMetadata, StreamStatus } from './stream-status.ts';

/** To the Worker. */
export type StreamOrder =
  | {
      readonly kind: 'start';
      readonly settings: StreamSettings;
      /** The listener to go on with, and with it the ring. */
      readonly listener: ListenerData;
      readonly rateHz: number;
    }
  | { readonly kind: 'metadata'; readonly metadata: StreamMetadata }
  | { readonly kind: 'stop' };

/** From the Worker. */
export type StreamReport =
  /** The encoder is there. */
  | { readonly kind: 'ready' }
  /** It is not, and nothing follows. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'status'; readonly status: StreamStatus }
  /** The last status was the last one. */
  | { readonly kind: 'ended' };
