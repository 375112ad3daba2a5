import { Emitter } from '../emitter.ts';
import type { RecorderError } from '../errors.ts';
import type { RecordProgress, RecordReport, SoundTask } from './messages.ts';
import { Overview } from './overview.ts';
import { heardError, recordWorkerFailed } from './recorder-errors.ts';
import type { Dropout, Take } from './take.ts';
import type { WorkerLine } from './worker-line.ts';

/**
 * `recording`: sound is written. `finishing`: the last of it is. `done`: the takes are in the list.
 * `failed`: it could not go on; what was recorded is in the list.
 */
export type RecordingState = 'recording' | 'finishing' | 'done' | 'failed';

/** How a recording goes. */
export interface RecordingStatus {
  readonly state: RecordingState;
  /** That are written, with those of the dropouts. */
  readonly frames: number;
  readonly sampleRate: number;
  /** Of all its files. */
  readonly bytes: number;
  /** Sound that came while the Worker was held up for longer than the ring lasts. */
  readonly dropouts: readonly Dropout[];
  /** Why it failed. */
  readonly error: RecorderError | null;
}

/** What a recording tells. */
export interface RecordingEvents {
  /** Some times a second. */
  status: RecordingStatus;
}

/** For the recorder: what a recording is made of. */
export interface RecordingParts {
  readonly line: WorkerLine;
  readonly sound: SoundTask;
  readonly sampleRate: number;
  /** Frames of the mix published. */
  readonly published: () => number;
  /** Sound that may come while the Worker says nothing. */
  readonly stallMs: number;
  /** Brings back the takes of a Worker that was lost. */
  readonly rescue: () => Promise<readonly Take[]>;
}

/** When the page looks after the Worker. What it sees is counted in sound. */
const lookMs = 250;

/** A recording that goes on. Page only. */
export class Recording extends Emitter<RecordingEvents> {
  /** The envelope of what was recorded, of all inputs together. It grows; draw it as you like. */
  readonly overview: Overview = new Overview();
  readonly #parts: RecordingParts;
  readonly #ends = new AbortController();
  readonly #takes = Promise.withResolvers<readonly Take[]>();
  #status: RecordingStatus;
  #heardAt: number;
  #isLost = false;

  /** For the recorder. */
  constructor(parts: RecordingParts) {
    super();
    this.#parts = parts;
    const { line, sampleRate, sound } = parts;
    const figures = { frames: 0, sampleRate, bytes: 0, dropouts: [], error: null };
    this.#status = { state: 'recording', ...figures };
    this.#heardAt = parts.published();
    const hear = (report: RecordReport): void => this.#hear(report);
    line.listen(hear, (reason) => void this.#lose(reason), this.#ends.signal);
    const timer = setInterval(() => this.#look(), lookMs);
    this.#ends.signal.addEventListener('abort', () => clearInterval(timer));
    line.post({ kind: 'record', sound });
  }

  /** The state now. */
  get status(): RecordingStatus {
    return this.#status;
  }

  /**
   * Ends the recording with the newest frame that there is at the moment of the call.
   *
   * @returns Its takes, one per file; also of one that failed, as far as they could be kept.
   */
  stop(): Promise<readonly Take[]> {
    if (this.#status.state === 'recording') {
      this.#parts.line.post({ kind: 'stop', endFrame: this.#parts.published() });
      this.#enter({ state: 'finishing' });
    }
    return this.#takes.promise;
  }

  #hear(report: RecordReport): void {
    this.#heardAt = this.#parts.published();
    switch (report.kind) {
      case 'progress':
        this.#progress(report);
        return;
      case 'finished':
        this.#draw(report.columns);
        this.#end('done', null, report.takes);
        return;
      case 'failed':
        this.#end('failed', heardError(report.error), report.takes);
        return;
      case 'formats':
      case 'opened':
      case 'repaired':
    }
  }

  #progress(progress: RecordProgress): void {
    const { frames, bytes, dropouts, columns } = progress;
    this.#draw(columns);
    this.#enter({ frames, bytes, dropouts: [...this.#status.dropouts, ...dropouts] });
  }

  #draw(columns: readonly number[]): void {
    for (let i = 0; i + 1 < columns.length; i += 2) {
      this.overview.add(columns[i] ?? 0, columns[i + 1] ?? 0);
    }
  }

  #look(): void {
    const { published, sampleRate, stallMs } = this.#parts;
    const silenceMs = ((published() - this.#heardAt) * 1000) / sampleRate;
    if (silenceMs > stallMs) {
      void this.#lose(`it was silent for ${Math.round(silenceMs)} ms of sound`);
    }
  }

  async #lose(reason: string): Promise<void> {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#parts.line.end();
    const error = recordWorkerFailed(reason);
    try {
      this.#end('failed', error, await this.#parts.rescue());
    } catch {
      // The next repair finds them; the status tells the first error.
      this.#end('failed', error, []);
    }
  }

  #end(state: 'done' | 'failed', error: RecorderError | null, takes: readonly Take[]): void {
    this.#ends.abort();
    this.#parts.line.end();
    const [take] = takes;
    const { frames, dropouts } = take ?? this.#status;
    const bytes = takes.reduce((sum, each) => sum + each.bytes, 0);
    this.#enter({ state, error, frames, dropouts, bytes });
    this.#takes.resolve(takes);
  }

  #enter(change: Partial<RecordingStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.emit('status', this.#status);
  }
}
