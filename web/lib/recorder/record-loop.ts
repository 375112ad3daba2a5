/** Takes sound from its source to the files of its takes until the end is told. Worker only. */
import { nextTask } from '../bus/sleep.ts';
import type { RecordProgress } from './messages.ts';
import { blockFrames, type SoundPiece, type SoundSource } from './sound-source.ts';
import type { Dropout, Take } from './take.ts';
import type { TakeWriter } from './take-writer.ts';

/** A Worker that is killed loses what came after the last one, and what the encoder held then. */
const checkpointsPerSecond = 4;

/** How far it has come, without the overview. */
export type LoopProgress = Omit<RecordProgress, 'columns'>;

/** A recording: one source, one or more takes of the same length. */
export class RecordLoop {
  readonly #source: SoundSource;
  readonly #writers: readonly TakeWriter[];
  readonly #checkpointFrames: number;
  readonly #dropouts: Dropout[] = [];
  readonly #stops = new AbortController();
  #endFrame = Infinity;
  #checkpointAt: number;

  constructor(source: SoundSource, writers: readonly TakeWriter[], sampleRate: number) {
    this.#source = source;
    this.#writers = writers;
    this.#checkpointFrames = sampleRate / checkpointsPerSecond;
    this.#checkpointAt = this.#checkpointFrames;
  }

  /** The recording ends before this frame, which the source has by now. */
  stop(endFrame: number): void {
    this.#endFrame = endFrame;
    this.#stops.abort();
  }

  /** Records until `stop`, or until the source ends. @throws RecorderError */
  async run(report: (progress: LoopProgress) => void): Promise<readonly Take[]> {
    const { signal } = this.#stops;
    for (let isOver = false; !isOver;) {
      const goesOn = !signal.aborted && (await this.#source.ready(blockFrames, signal));
      const isDry = await this.#drain();
      report(this.#progress());
      isOver = isDry && !goesOn;
      await nextTask();
    }
    return Promise.all(this.#writers.map((writer) => writer.finish()));
  }

  get #frames(): number {
    return this.#writers[0]?.frames ?? 0;
  }

  /** Takes what there is, or as much as a checkpoint is made of. @returns Whether there is no more. */
  async #drain(): Promise<boolean> {
    while (this.#frames < this.#checkpointAt) {
      const left = this.#endFrame - this.#source.position;
      const piece = left > 0 ? this.#source.read(left) : null;
      if (piece === null) return true;
      await this.#write(piece);
    }
    this.#checkpointAt = this.#frames + this.#checkpointFrames;
    for (const writer of this.#writers) writer.checkpoint();
    return false;
  }

  async #write(piece: NonNullable<SoundPiece>): Promise<void> {
    if (piece.kind === 'lost') {
      this.#dropouts.push({ atFrame: this.#frames, frames: piece.frames });
      for (const writer of this.#writers) await writer.writeLost(piece.frames);
      return;
    }
    for (const [i, writer] of this.#writers.entries()) {
      await writer.write(piece.takes[i] ?? [], piece.frames);
    }
  }

  #progress(): LoopProgress {
    const bytes = this.#writers.reduce((sum, writer) => sum + writer.bytes, 0);
    return { frames: this.#frames, bytes, dropouts: this.#dropouts.splice(0) };
  }
}
