import { ringAt } from '../bus/ring-address.ts';
import { sleep } from '../bus/sleep.ts';
import { FlightTail, planeOf, type TailQuantum } from '../../shared/flight-tail.ts';
import { SharedClock } from '../../shared/shared-clock.ts';
import type { SoundTask } from './messages.ts';
import { blockFrames, type SoundPiece, type SoundSource } from './sound-source.ts';

type InputsTask = Extract<SoundTask, { kind: 'inputs' }>;

/** Time between two looks at the log: it is far longer than that. */
const lookMs = 25;

/**
 * Inputs as the mixer sees them, from the flight recorder's log, which holds half a minute. What the
 * log does not have although the mix has passed it was never recorded, or is given up: lost.
 */
export class InputSource implements SoundSource {
  readonly #task: InputsTask;
  readonly #tail: FlightTail;
  readonly #mix: ReturnType<typeof ringAt>;
  readonly #clock: SharedClock;
  readonly #takes: readonly (readonly Float32Array[])[];
  /** Number of the next frame, on the audio clock. */
  #next: number;
  #quantum: TailQuantum | undefined;

  /** @param channels Of each input's take. */
  constructor(task: InputsTask, channels: readonly number[]) {
    this.#task = task;
    this.#mix = ringAt(task.mix);
    this.#clock = new SharedClock(task.mix.clock);
    this.#tail = new FlightTail(task.memory);
    this.#takes = channels.map((count) =>
      Array.from({ length: count }, () => new Float32Array(blockFrames)),
    );
    const start = task.startFrame + task.clockFrame;
    this.#tail.seek(start);
    this.#next = start;
    this.#quantum = this.#from(start);
    // What was given up before the beginning is not missed.
    this.#next = Math.max(start, this.#quantum?.frame ?? start);
  }

  get position(): number {
    return this.#next - this.#task.clockFrame;
  }

  async ready(frames: number, signal: AbortSignal): Promise<boolean> {
    while (this.#mix.published() - this.position < frames) {
      if (signal.aborted) return true;
      if (this.#clock.closed) return false;
      await sleep(this.#mix, this.#mix.published(), lookMs);
    }
    return true;
  }

  read(maxFrames: number): SoundPiece {
    // The log is written before the mix: what the mix has and the log does not, will not come.
    const passed = this.#mix.published() - this.position;
    const most = Math.min(maxFrames, blockFrames);
    let frames = 0;
    while (frames < most) {
      this.#quantum ??= this.#from(this.#next);
      if (this.#quantum === undefined || this.#quantum.frame > this.#next) break;
      const count = this.#copy(this.#quantum, frames, most - frames);
      frames += count;
      this.#next += count;
      if (this.#next === this.#quantum.frame + this.#quantum.frames) this.#quantum = undefined;
    }
    if (frames > 0) return { kind: 'sound', frames, takes: this.#takes };
    const lost = this.#quantum === undefined ? passed : this.#quantum.frame - this.#next;
    return lost > 0 ? this.#lose(Math.min(maxFrames, lost)) : null;
  }

  close(): void {
    this.#quantum = undefined;
  }

  #lose(frames: number): SoundPiece {
    this.#next += frames;
    return { kind: 'lost', frames };
  }

  /** The quantum with this frame, or the first one after it. */
  #from(frame: number): TailQuantum | undefined {
    for (let quantum = this.#tail.next(); quantum !== undefined; quantum = this.#tail.next()) {
      if (quantum.frame + quantum.frames > frame) return quantum;
    }
    return undefined;
  }

  /** Takes up to `most` frames over, to place `to` of the block. @returns How many. */
  #copy(quantum: TailQuantum, to: number, most: number): number {
    const from = this.#next - quantum.frame;
    const frames = Math.min(most, quantum.frames - from);
    for (const [i, planes] of this.#takes.entries()) {
      copyInput(quantum, this.#task.inputs[i] ?? 0, { from, frames, planes, to });
    }
    return frames;
  }
}

interface Stretch {
  readonly from: number;
  readonly frames: number;
  readonly planes: readonly Float32Array[];
  readonly to: number;
}

/** One channel goes to both of a stereo take, two become their mean in a take of one channel. */
function copyInput(quantum: TailQuantum, input: number, stretch: Stretch): void {
  const { from, frames, planes, to } = stretch;
  const left = planeOf(quantum, input, 0)?.subarray(from, from + frames);
  const right = planeOf(quantum, input, 1)?.subarray(from, from + frames) ?? left;
  const [first, second] = planes;
  if (left === undefined || right === undefined) {
    for (const plane of planes) plane.fill(0, to, to + frames);
    return;
  }
  first?.set(left, to);
  second?.set(right, to);
  if (second !== undefined || right === left || first === undefined) return;
  for (let i = 0; i < frames; i += 1) {
    first[to + i] = ((left[i] ?? 0) + (right[i] ?? 0)) / 2;
  }
}
