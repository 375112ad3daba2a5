import { audioEventKind, constants, inputWatchWord, watchSizes } from '../web/shared/layout.gen.ts';
import { watchViews } from '../web/shared/watch-words.ts';
import type { AudioEventWriter } from './audio-events.ts';
import { type Inputs, silence } from './engine.ts';

/**
 * Audio thread only. Wait-free. Counts for each input how long it has had no channel and no sound, by
 * whole quanta, and records such stretches when they are over.
 */
export class InputWatch {
  readonly #inputs: Int32Array;
  readonly #events: AudioEventWriter;

  constructor(buffer: ArrayBufferLike, events: AudioEventWriter) {
    this.#inputs = watchViews(buffer).inputs;
    this.#events = events;
  }

  /** @param frame The context's clock at the first frame of this quantum. */
  observe(inputs: Inputs, frames: number, frame: number): void {
    for (let input = 0; input < constants.inputs; input += 1) {
      this.#follow(input, inputs[input] ?? silence, frames, frame);
    }
  }

  #follow(input: number, channels: readonly Float32Array[], frames: number, frame: number): void {
    const at = input * watchSizes.input;
    const absent = Atomics.load(this.#inputs, at + inputWatchWord.absentFrames) - 1;
    const zero = Atomics.load(this.#inputs, at + inputWatchWord.zeroFrames) - 1;
    const present = channels.length > 0;
    const sounds = present && hasSound(channels);
    if (present && absent > 0) {
      this.#events.push(audioEventKind.absent, input, frame - absent, absent);
    } else if (sounds && zero > 0) {
      this.#events.push(audioEventKind.zeroRun, input, frame - zero, zero);
    }
    this.#store(at + inputWatchWord.absentFrames, present ? 0 : grown(absent, frames));
    this.#store(at + inputWatchWord.zeroFrames, sounds ? 0 : grown(zero, frames));
  }

  #store(index: number, frames: number): void {
    Atomics.store(this.#inputs, index, frames + 1);
  }
}

const never = -1;

function grown(count: number, frames: number): number {
  return count === never ? never : Math.min(count + frames, constants.maxWatchFrames);
}

// Sound is found at the first sample that is not zero, so only silence is looked at to its end.
function hasSound(channels: readonly Float32Array[]): boolean {
  for (let channel = 0; channel < channels.length; channel += 1) {
    const samples = channels[channel]!;
    for (let i = 0; i < samples.length; i += 1) if (samples[i] !== 0) return true;
  }
  return false;
}
