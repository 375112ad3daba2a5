import type { Producer } from '../bus/producer.ts';
import type { PumpReport, PumpState } from './messages.ts';

/** A file as frames. */
export interface FrameSource {
  /**
   * The frames from one on, to the end, in blocks of any length: a plane per channel.
   *
   * @throws Where the file cannot be read any further.
   */
  frames(from: number): AsyncIterable<readonly Float32Array[]>;
}

/** What a pump works with. */
export interface PumpParts {
  /** Of an input with the pace `on-demand`, into which nothing was pushed yet. */
  readonly producer: Producer;
  readonly source: FrameSource;
  /** Underruns of the input until now. */
  readonly underruns: () => number;
  readonly tell: (report: PumpReport) => void;
  /** As many frames as the engine waits for before it begins to play. */
  readonly leadFrames: number;
  readonly loop: boolean;
}

/** Frames that are pushed at once: an order waits no longer than for the room that these take. */
const burstFrames = 1024;

/**
 * Pushes a file into an input, as fast as the input takes it. Orders take effect behind what is in
 * the ring already. No frame is lost or played twice by a pause; a loop goes on with frame 0 right
 * behind the last one.
 */
export class Pump {
  readonly #parts: PumpParts;
  readonly #capacity: number;
  #loop: boolean;
  #playing = false;
  #ended = false;
  /** The next frame of the file. */
  #frame = 0;
  /** Counts the jumps. */
  #turn = 0;
  #idleUnderruns = 0;
  #heldAt = 0;
  #wake: () => void = () => undefined;

  constructor(parts: PumpParts) {
    this.#parts = parts;
    this.#loop = parts.loop;
    this.#capacity = parts.producer.freeFrames;
  }

  /** Goes on where it was held; from the beginning after the end. */
  play(): void {
    if (this.#playing) return;
    if (this.#ended) this.#jump(0);
    this.#playing = true;
    this.#idleUnderruns += this.#parts.underruns() - this.#heldAt;
    this.#tellState('playing');
    this.#wake();
  }

  pause(): void {
    if (!this.#playing) return;
    this.#hold();
    this.#tellState('paused');
  }

  /** @param frame From 0; behind the end is the end. */
  seek(frame: number): void {
    if (this.#ended) this.#tellState('paused');
    this.#jump(frame);
    this.#wake();
  }

  setLoop(loop: boolean): void {
    this.#loop = loop;
  }

  /** Works until the input is closed. Call it once. */
  async run(): Promise<void> {
    while (await this.#wanted()) {
      const turn = this.#turn;
      const from = this.#frame;
      try {
        if (await this.#stream(turn)) await this.#finish(turn, from);
      } catch (error) {
        await this.#break(turn, error);
      }
    }
  }

  /** Waits until it plays; false: the input was closed. */
  async #wanted(): Promise<boolean> {
    const { producer } = this.#parts;
    while (!this.#playing && !producer.closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return !producer.closed;
  }

  /** @returns Whether the end of the file was reached. */
  async #stream(turn: number): Promise<boolean> {
    for await (const planes of this.#parts.source.frames(this.#frame)) {
      if (!(await this.#push(planes, turn))) return false;
    }
    return (await this.#wanted()) && turn === this.#turn;
  }

  /** @returns False when it is to go on elsewhere, or not at all. */
  async #push(planes: readonly Float32Array[], turn: number): Promise<boolean> {
    const { producer } = this.#parts;
    const frames = planes[0]?.length ?? 0;
    for (let done = 0; done < frames;) {
      const some = Math.min(frames - done, burstFrames);
      if (!(await this.#wanted()) || !(await producer.ready(some))) return false;
      if (turn !== this.#turn) return false;
      // Held while it waited for room.
      if (!this.#playing) continue;
      producer.pushAll(planes.map((plane) => plane.subarray(done, done + some)));
      done += some;
      this.#frame += some;
    }
    return true;
  }

  async #finish(turn: number, from: number): Promise<void> {
    const cameByFrames = this.#frame > from;
    if (cameByFrames) this.#parts.tell({ kind: 'length', frames: this.#frame });
    // A file without a frame would go round and round.
    if (this.#loop && (cameByFrames || from > 0)) {
      this.#jump(0);
      return;
    }
    this.#hold();
    this.#ended = true;
    if (await this.#drain(turn)) this.#tellState('ended');
  }

  async #break(turn: number, error: unknown): Promise<void> {
    if (this.#parts.producer.closed || turn !== this.#turn) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#hold();
    this.#parts.tell({ kind: 'damaged', frame: this.#frame, reason });
    await this.#drain(turn);
  }

  /**
   * Waits until all that was pushed has been played. Silence behind it makes the engine begin where it
   * waits for more than there is.
   *
   * @returns False when an order came in between.
   */
  async #drain(turn: number): Promise<boolean> {
    const { producer, leadFrames } = this.#parts;
    const isHeld = (): boolean => turn === this.#turn && !this.#playing && !producer.closed;
    if (!(await producer.ready(leadFrames)) || !isHeld()) return false;
    const { channels } = producer;
    producer.pushAll(Array.from({ length: channels }, () => new Float32Array(leadFrames)));
    while (producer.freeFrames < this.#capacity) {
      await producer.ready(Math.min(this.#capacity, producer.freeFrames + burstFrames));
      if (!isHeld()) return false;
    }
    return isHeld();
  }

  #jump(frame: number): void {
    this.#ended = false;
    this.#turn += 1;
    this.#frame = frame;
    this.#parts.tell({ kind: 'span', pushed: this.#parts.producer.pushedFrames, frame });
  }

  #hold(): void {
    this.#playing = false;
    this.#heldAt = this.#parts.underruns();
  }

  #tellState(state: PumpState): void {
    const idleUnderruns = this.#idleUnderruns;
    const until = state === 'playing' ? this.#parts.underruns() : this.#heldAt;
    const underruns = until - idleUnderruns;
    this.#parts.tell({ kind: 'state', state, idleUnderruns, underruns });
  }
}
