// @ts-check
// One channel of a file, or the mean of all, as one signal.
import { offlineConstants } from '../offline.gen.mjs';

const MAX_FRAMES = 16_384;
const MAX_SAMPLES = 2 ** 20;

/** Reads an open file from where it stands. Closing it is its owner's. */
export class MonoReader {
  /** @readonly */
  #reader;
  /** @readonly */
  #planes;
  /** @readonly */
  #chosen;

  /**
   * @param {import('./reader.mjs').WavReader} reader
   * @param {number} channel one of the file's, from 0, or `allChannels`
   */
  constructor(reader, channel) {
    const { channels } = reader.format;
    const frames = Math.max(1, Math.min(MAX_FRAMES, Math.floor(MAX_SAMPLES / channels)));
    this.#reader = reader;
    this.#planes = Array.from({ length: channels }, () => new Float32Array(frames));
    this.#chosen =
      channel === offlineConstants.allChannels
        ? this.#planes
        : this.#planes.slice(channel, channel + 1);
  }

  /** Of the whole file. */
  get frames() {
    return this.#reader.frames;
  }

  /**
   * Fills the target; behind the file's end there are zeros.
   * @param {Float32Array} target
   */
  async fill(target) {
    target.fill(0);
    for (let at = 0; at < target.length;) {
      const room = target.length - at;
      const read = await this.#reader.read(this.#planes.map((plane) => plane.subarray(0, room)));
      if (read === 0) return;
      for (let frame = 0; frame < read; frame += 1) target[at + frame] = this.#mean(frame);
      at += read;
    }
  }

  /** @param {number} frame */
  #mean(frame) {
    let sum = 0;
    for (const plane of this.#chosen) sum += Number(plane[frame]);
    return sum / this.#chosen.length;
  }
}
