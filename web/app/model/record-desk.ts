/** What the Record view shows and drives. It knows nothing of how sound is written. */
import type { RecordFormat } from '../../lib/index.ts';
import type { Failure } from './failure.ts';
import type { Store } from './store.ts';

/** How a recording is written. */
export type TakeFormat = RecordFormat;

/** What is recorded: the mix, every open input as a file of its own, or one input, counted from 0. */
export type TakeSource = 'mix' | 'inputs' | number;

/** What a person chooses. */
export interface RecordSettings {
  readonly source: TakeSource;
  readonly format: TakeFormat;
  /** How far in the past a recording begins, 0 to 5 s. */
  readonly preRollSec: number;
  /** Of formats that have one. */
  readonly bitrateKbps: number;
}

/** A format, and whether this browser can write it. */
export interface TakeFormatChoice {
  readonly format: TakeFormat;
  readonly label: string;
  readonly isSupported: boolean;
  /** Why not, or empty. */
  readonly reason: string;
}

/** Sound that was lost; silence stands in its place. */
export interface LostSound {
  readonly atFrame: number;
  readonly frames: number;
}

/** A recording under way. */
export interface RunningRecording {
  readonly frames: number;
  readonly sampleRateHz: number;
  readonly bytes: number;
  /** How much of it lies before the button was pressed. */
  readonly preRollFrames: number;
  readonly dropouts: readonly LostSound[];
}

/** A finished recording. */
export interface TakeEntry {
  readonly id: string;
  /** Untrusted text. */
  readonly name: string;
  readonly format: TakeFormat;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly frames: number;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly createdAtMs: number;
  /** It was cut off with its tab or its Worker, and mended. */
  readonly isRecovered: boolean;
  readonly dropouts: readonly LostSound[];
}

/** The lowest and highest sample of each column, over all channels. */
export interface WaveOverview {
  readonly framesPerColumn: number;
  readonly minima: ArrayLike<number>;
  readonly maxima: ArrayLike<number>;
}

/** Levels in dBFS. */
export interface RecordLevel {
  readonly peakDb: number;
  /** Null: not measured. */
  readonly rmsDb: number | null;
}

/** `starting` and `finishing`: the file is opened, or completed. */
export type RecordPhase = 'idle' | 'starting' | 'recording' | 'finishing';

/** What the view shows, apart from levels and the overview. */
export interface RecordState {
  readonly phase: RecordPhase;
  readonly settings: RecordSettings;
  /** Whether there is sound to record. */
  readonly isReady: boolean;
  readonly sampleRateHz: number;
  /** The open inputs. Labels are untrusted text. */
  readonly inputs: readonly { readonly input: number; readonly label: string }[];
  /** Null: not yet known. */
  readonly formats: readonly TakeFormatChoice[] | null;
  /** What is being recorded, else null. */
  readonly running: RunningRecording | null;
  /** Newest first; null: not yet read. */
  readonly takes: readonly TakeEntry[] | null;
  /** How many were mended since the page was opened. */
  readonly recovered: number;
  /** What the browser still lets the page write; null: it does not say. */
  readonly freeBytes: number | null;
  /** What does not work. */
  readonly notice: Failure | null;
}

/** What records, and keeps the takes. Nothing of it rejects: what fails is in the state. */
export interface RecordDesk {
  readonly store: Store<RecordState>;
  /** Begins a recording of what was chosen. */
  start(): Promise<void>;
  /** Ends it, and completes its file. */
  stop(): Promise<void>;
  /** Changes what was chosen, for the next recording. */
  change(patch: Partial<RecordSettings>): void;
  /** Reads the list and the free space again, and forgets the notice. */
  refresh(): Promise<void>;
  /** How loud that is which is, or would be, recorded; null: nobody measures it. */
  level(): RecordLevel | null;
  /** Of what is being recorded; it grows. */
  overview(): WaveOverview | null;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** The sound, under a name that every file system takes; null: it cannot be read. */
  file(id: string): Promise<File | null>;
  /** What is known of it, as JSON. */
  details(id: string): Promise<File | null>;
  overviewOf(id: string): Promise<WaveOverview | null>;
}
