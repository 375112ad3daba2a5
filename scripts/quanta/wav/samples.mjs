// @ts-check
// Samples as they lie in a file, as floats. Typed arrays read the machine's own byte order, which is
// the file's on everything that Node runs on but mainframes.

/** @typedef {import('./format.mjs').Encoding} Encoding */

/**
 * One channel's samples, from interleaved ones; full scale becomes 1.
 * @typedef {(plane: Float32Array, channel: number, channels: number) => void} Decoder
 */

/**
 * @param {ArrayLike<number>} samples
 * @param {number} silence
 * @param {number} fullScale
 * @returns {Decoder}
 */
function numbers(samples, silence, fullScale) {
  const scale = 1 / fullScale;
  return (plane, channel, channels) => {
    for (let frame = 0, at = channel; frame < plane.length; frame += 1, at += channels) {
      plane[frame] = (Number(samples[at]) - silence) * scale;
    }
  };
}

/**
 * Integers of three bytes.
 * @param {Uint8Array} bytes
 * @returns {Decoder}
 */
function threeBytes(bytes) {
  const scale = 1 / 2 ** 31;
  return (plane, channel, channels) => {
    for (let frame = 0, at = 3 * channel; frame < plane.length; frame += 1, at += 3 * channels) {
      const low = Number(bytes[at]) | (Number(bytes[at + 1]) << 8);
      plane[frame] = ((low << 8) | (Number(bytes[at + 2]) << 24)) * scale;
    }
  };
}

/** @type {Record<Encoding, (buffer: ArrayBuffer) => Decoder>} */
const decoders = {
  int8: (buffer) => numbers(new Uint8Array(buffer), 128, 2 ** 7),
  int16: (buffer) => numbers(new Int16Array(buffer), 0, 2 ** 15),
  int24: (buffer) => threeBytes(new Uint8Array(buffer)),
  int32: (buffer) => numbers(new Int32Array(buffer), 0, 2 ** 31),
  float32: (buffer) => numbers(new Float32Array(buffer), 0, 1),
  float64: (buffer) => numbers(new Float64Array(buffer), 0, 1),
};

/**
 * @param {Encoding} encoding
 * @param {ArrayBuffer} buffer where the file's bytes are put, a multiple of 8 bytes long
 * @returns {Decoder} of what lies in the buffer when it is called
 */
export const decoderOf = (encoding, buffer) => decoders[encoding](buffer);
