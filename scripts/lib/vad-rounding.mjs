// @ts-check
// Rounds the weights of the voice detector to short floats.
//
// In silence some inputs of a layer are not 0: what the biases before them let through. The model is
// at its most sensitive near there, and the errors of all weights of an output, each times its input
// in silence, add up to an error of its bias. So the weights are rounded to the nearest, and then,
// for every tap by itself, the few whose other neighbour takes most of that sum away to this one.
import { LARGEST_SHORT_FLOAT, shortFloatBits, shortFloatValue } from './short-float.mjs';

/** @typedef {import('./vad-layers.mjs').Layer} Layer */

/** Weights of one output and tap that are not rounded to the nearest, at most. */
const MOST_CHANGES = 4;
const SPECTRA = 4;
/** Of the convolutions, which come first. */
const STRIDES = [1, 2, 2, 1];

/** @param {number} length */
const zeros = (length) => Array.from({ length }, () => 0);

/**
 * A convolution as wasm/voice/convolution.h does it.
 * @param {Layer} layer
 * @param {readonly number[][]} frames
 * @param {number} stride
 * @returns {number[][]}
 */
function convolve({ shape, weight, bias }, frames, stride) {
  const { inputs, outputs, firstTap, taps } = shape;
  /** @type {(output: number, centre: number) => number} */
  const sumOf = (output, centre) => {
    let sum = bias(output);
    for (let tap = firstTap; tap < firstTap + taps; tap += 1) {
      const frame = frames[centre + tap - 1];
      if (frame === undefined) continue;
      for (let i = 0; i < inputs; i += 1) sum += (frame[i] ?? NaN) * weight(output, i, tap);
    }
    return sum;
  };
  return Array.from({ length: Math.ceil(frames.length / stride) }, (_, i) =>
    Array.from({ length: outputs }, (__, output) => Math.max(0, sumOf(output, i * stride))),
  );
}

/**
 * What each layer is given in silence, frame by frame.
 * @param {readonly Layer[]} layers
 * @returns {number[][][]}
 */
function inSilence(layers) {
  const [first] = layers;
  let frames = Array.from({ length: SPECTRA }, () => zeros(first?.shape.inputs ?? 0));
  return layers.map((layer, i) => {
    const { inputs } = layer.shape;
    // The recurrent layer remembers nothing; what it says is of no use beyond it.
    const given = frames.map((frame) => [...frame, ...zeros(inputs - frame.length)]);
    const stride = STRIDES[i];
    frames = stride === undefined ? [[]] : convolve(layer, frames, stride);
    return given;
  });
}

/**
 * The power of two that the weights of an output are counted in.
 * @param {Layer} layer
 * @param {number} output
 * @returns {number}
 */
export function vadScale({ shape: { inputs, firstTap, taps }, weight }, output) {
  let largest = 0;
  for (let input = 0; input < inputs; input += 1) {
    for (let tap = firstTap; tap < firstTap + taps; tap += 1) {
      largest = Math.max(largest, Math.abs(weight(output, input, tap)));
    }
  }
  let scale = 1;
  while (largest <= (scale / 2) * LARGEST_SHORT_FLOAT) scale /= 2;
  return scale;
}

/**
 * The bits of the short float on the other side of a value.
 * @param {number} value in units
 * @param {number} bits of the nearest one
 */
function otherSide(value, bits) {
  const isAbove = Math.abs(shortFloatValue(bits)) > Math.abs(value);
  const other = isAbove ? bits - 1 : bits + 1;
  const isThere = value !== 0 && Math.abs(shortFloatValue(bits)) < LARGEST_SHORT_FLOAT;
  return isThere ? other : bits;
}

/**
 * Rounds what one output adds up over one tap.
 * @param {readonly number[]} values in units
 * @param {readonly number[]} given in silence
 * @returns {number[]} bits
 */
export function roundTogether(values, given) {
  const bits = values.map(shortFloatBits);
  /** @type {(i: number, chosen: number) => number} */
  const errorOf = (i, chosen) => (shortFloatValue(chosen) - (values[i] ?? NaN)) * (given[i] ?? NaN);
  let error = bits.reduce((sum, chosen, i) => sum + errorOf(i, chosen), 0);
  const changes = bits.map((nearest, i) => {
    const other = otherSide(values[i] ?? NaN, nearest);
    return { i, other, by: errorOf(i, other) - errorOf(i, nearest) };
  });
  for (let count = 0; count < MOST_CHANGES; count += 1) {
    const [best] = changes.toSorted((a, b) => Math.abs(error + a.by) - Math.abs(error + b.by));
    if (best === undefined || Math.abs(error + best.by) >= Math.abs(error)) break;
    bits[best.i] = best.other;
    error += best.by;
    best.by = 0;
  }
  return bits;
}

/**
 * The layers with the bits of short floats, in units of the outputs' scales, for weights.
 * @param {readonly Layer[]} layers
 * @returns {Layer[]}
 */
export function roundedLayers(layers) {
  const given = inSilence(layers);
  return layers.map((layer, i) => {
    const { inputs, outputs, firstTap, taps } = layer.shape;
    const rows = Array.from({ length: outputs * taps }, (_, row) => {
      const output = Math.floor(row / taps);
      const tap = firstTap + (row % taps);
      const scale = vadScale(layer, output);
      const values = Array.from(
        { length: inputs },
        (__, input) => layer.weight(output, input, tap) / scale,
      );
      // A tap meets the frame before, at, or after its own; at the edges there is none.
      const frames = given[i] ?? [];
      const frame = frames[Math.min(Math.max(tap - 1, 0), frames.length - 1)] ?? [];
      return roundTogether(values, frame);
    });
    return {
      ...layer,
      weight: (output, input, tap) => rows[output * taps + tap - firstTap]?.[input] ?? NaN,
    };
  });
}
