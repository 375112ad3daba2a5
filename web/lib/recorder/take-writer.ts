import { encodeJournal, type Journal } from './journal.ts';
import { EnvelopeFollower, Overview } from './overview.ts';
import type { NewTake } from './messages.ts';
import type { Dropout, Take } from './take.ts';
import type { TakeEncoder } from './take-encoder.ts';
import type { TakeFile } from './take-file.ts';

/** The files of a take, open for writing. */
export interface TakeFiles {
  readonly audio: TakeFile;
  readonly journal: TakeFile;
  readonly overview: TakeFile;
}

/** Frames of silence that are written at a time. */
const silentFrames = 8192;

/** Writes one take: its sound, its journal, its overview. Worker only. */
export class TakeWriter {
  readonly overview: Overview = new Overview();
  readonly #files: TakeFiles;
  readonly #encoder: TakeEncoder;
  readonly #envelope = new EnvelopeFollower();
  readonly #silence: readonly Float32Array[];
  readonly #dropouts: Dropout[] = [];
  readonly #take: NewTake;
  readonly #tell: (minimum: number, maximum: number) => void;
  #frames = 0;

  constructor(
    take: NewTake,
    files: TakeFiles,
    encoder: TakeEncoder,
    tell: (minimum: number, maximum: number) => void,
  ) {
    this.#take = take;
    this.#files = files;
    this.#encoder = encoder;
    this.#silence = Array.from({ length: take.channels }, () => new Float32Array(silentFrames));
    this.#tell = (minimum, maximum) => {
      this.overview.add(minimum, maximum);
      tell(minimum, maximum);
    };
    this.#note({ take: this.take, state: 'recording' });
  }

  /** Channels of the file. */
  get channels(): number {
    return this.#take.channels;
  }

  get frames(): number {
    return this.#frames;
  }

  get bytes(): number {
    return this.#files.audio.size;
  }

  /** The take as it is now. */
  get take(): Take {
    const { bytes } = this;
    const dropouts = [...this.#dropouts];
    return { ...this.#take, frames: this.#frames, bytes, isRepaired: false, dropouts };
  }

  /** @param planes One per channel of the take. @throws RecorderError */
  async write(planes: readonly Float32Array[], frames: number): Promise<void> {
    this.#envelope.follow(planes, frames, this.#tell);
    await this.#encoder.write(planes, frames);
    this.#frames += frames;
  }

  /** Puts silence where sound was lost. @throws RecorderError */
  async writeLost(frames: number): Promise<void> {
    this.#dropouts.push({ atFrame: this.#frames, frames });
    for (let left = frames; left > 0; left -= silentFrames) {
      await this.write(this.#silence, Math.min(left, silentFrames));
    }
  }

  /** After this, what was written so far outlives the Worker and the page. @throws RecorderError */
  checkpoint(): void {
    const frames = this.#encoder.checkpoint();
    this.#files.overview.writeAt(this.overview.encode(), 0);
    this.#note({ take: { ...this.take, frames }, state: 'recording' });
    for (const file of Object.values(this.#files) as TakeFile[]) file.flush();
  }

  /** Ends the take. @throws RecorderError */
  async finish(): Promise<Take> {
    this.#envelope.end(this.#tell);
    await this.#encoder.finish();
    this.#files.overview.writeAt(this.overview.encode(), 0);
    this.#files.audio.flush();
    this.#note({ take: this.take, state: 'done' });
    this.close();
    return this.take;
  }

  /** Gives the files back. */
  close(): void {
    for (const file of Object.values(this.#files) as TakeFile[]) file.close();
  }

  #note(note: Journal): void {
    const { journal } = this.#files;
    journal.writeAt(encodeJournal(note, journal.size), 0);
  }
}
