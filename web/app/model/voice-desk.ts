/** What the Voice view shows and drives. It knows nothing of how speech is found and written down. */
import type { Failure } from './failure.ts';
import type { Speaker } from './speakers.ts';
import type { LatencyBooks } from './speech-latency.ts';
import type { Store } from './store.ts';
import type { Transcript } from './transcript.ts';
import type { VoiceTrack } from './voice-track.ts';

/** What a person chooses. */
export interface VoiceSettings {
  /** `none`: speech is found, and not written down. */
  readonly model: 'none' | 'moonshine-tiny' | 'moonshine-base';
  /** Where speech is found: the engine's own code in three places, or ONNX Runtime in a Worker. */
  readonly detector: 'page' | 'engine' | 'worker' | 'onnx';
  readonly preset: 'dictation' | 'conversation' | 'command';
  /** Frames of at least this probability count as speech. */
  readonly threshold: number;
}

/** `idle`: nobody listens. `loading`: what it takes comes. `listening`: speech is found. */
export type VoicePhase = 'idle' | 'loading' | 'listening';

/** How far the loading is. */
export interface ByteCount {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** What the view shows, apart from what is heard. */
export interface VoiceState {
  readonly phase: VoicePhase;
  readonly settings: VoiceSettings;
  /** Whether what is found is written down. */
  readonly isWriting: boolean;
  /** Null: nothing is loaded, or its size is not known. */
  readonly progress: ByteCount | null;
  /** What does not work, or works with less. */
  readonly notice: Failure | null;
}

/** The forms of a transcript that other programs read. */
export type TranscriptFormat = 'text' | 'srt' | 'vtt' | 'json';

/** Sound that is still held. */
export interface HeldSound {
  /** Mono, 16 kHz: the end of the stretch, as far as it is held. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Whether the whole stretch is. */
  readonly isWhole: boolean;
}

/** What finds speech and writes it down. */
export interface VoiceDesk {
  readonly store: Store<VoiceState>;
  /** What can find speech here. */
  readonly detectors: readonly VoiceSettings['detector'][];
  readonly track: VoiceTrack;
  readonly transcript: Transcript;
  readonly latencies: LatencyBooks;
  /** Who of several inputs speaks, now; empty where only the mix is heard. */
  speakers(): readonly Speaker[];
  /** Loads what it takes and listens. Never rejects: what fails is in the state. */
  start(): Promise<void>;
  /** Ends the listening, or the loading. */
  stop(): Promise<void>;
  /** Changes what was chosen; what listens goes on with it. */
  change(patch: Partial<VoiceSettings>): void;
  /** The sound of a stretch, as far as the voice ring still has it. */
  sound(startSample: number, endSample: number): HeldSound;
  /** The sound is heard; settles when it is over. */
  play(samples: Float32Array<ArrayBuffer>, signal: AbortSignal): Promise<void>;
  /** What has to be loaded for a model, once. */
  bytesOf(model: Exclude<VoiceSettings['model'], 'none'>): number;
  /** What is final, as a file. */
  transcriptIn(format: TranscriptFormat): string;
}
