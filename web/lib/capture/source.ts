/** What a session can listen to. */
import type { FileOptions } from './file.ts';
import type { MicrophoneOptions } from './microphone.ts';
import type { OscillatorOptions } from './oscillator.ts';

/** A source by its kind; everything else has a default. */
export type CaptureSource =
  | ({ readonly kind: 'microphone' } & MicrophoneOptions)
  | ({ readonly kind: 'file' } & FileOptions)
  | ({ readonly kind: 'oscillator' } & OscillatorOptions)
  | { readonly kind: 'display' };

/** The kinds of sources. */
export type CaptureKind = CaptureSource['kind'];

/** Why a capture ended by itself. */
export type CaptureEnd = 'lost' | 'ended';

/**
 * An open source: a node to connect, and how to close it. Each opener in this room makes one; only
 * AudioSource holds it.
 */
export interface OpenSource {
  readonly kind: CaptureKind;
  /** What a person calls it: device label, file name, `Oscillator`. Untrusted text. */
  readonly label: string;
  readonly node: AudioNode;
  /** The live track behind the node, where there is one. */
  readonly track: MediaStreamTrack | null;
  /** Calls back once when the source ends without being closed. */
  onEnd(callback: (end: CaptureEnd) => void): void;
  /** Stops the source for good. */
  stop(): void;
}
