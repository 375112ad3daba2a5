/** What all encoders of broadcasts are. */
import type { EncodedPage } from './frame-books.ts';

/** Encodes one unbroken stretch, page by page. One thread only. */
export interface StreamEncoder {
  /** For the server. */
  readonly mime: string;
  /** @param channels Two of one length; they may be used again afterwards. */
  encode(channels: readonly [Float32Array, Float32Array]): void;
  /** Gives the last pages, and ends it. */
  finish(): Promise<void>;
  /** Ends it, without its last pages. A second call does nothing. */
  close(): void;
}

/** How to encode. */
export interface EncoderPlan {
  readonly rateHz: number;
  readonly bitrateKbps: number;
  readonly pageMs: number;
  readonly onPage: (page: EncodedPage) => void;
  /** It has failed, for good. */
  readonly onFailure: (error: unknown) => void;
}

export const streamChannels = 2;

/** Makes an encoder: a new one for each connection. */
export type EncoderOpener = (plan: EncoderPlan) => Promise<StreamEncoder>;
