// @ts-check
// The layers of the voice detector as the model has them.
import { readConstants } from './onnx.mjs';
import { vadConstants, vadLayers } from './vad-file.gen.mjs';

/** @typedef {import('./onnx.mjs').Tensor} Tensor */
/** @typedef {Map<string, Tensor>} Tensors */
/** @typedef {(typeof vadLayers)[keyof typeof vadLayers]} Shape */

/**
 * One layer; outputs in the order of the weights' file.
 * @typedef {object} Layer
 * @property {Shape} shape
 * @property {(output: number, input: number, tap: number) => number} weight
 * @property {(output: number) => number} bias
 */

const PREFIX = 'If_0_then_branch__Inline_0__';
const KERNEL_TAPS = 3;
const GATES = 4;
const { vadHidden, vadWindowFrames } = vadConstants;

/** The model's basis is stored as floats; what a transform of floats is off by is below that. */
const BASIS_ERROR = 1e-6;

/**
 * @param {Tensors} tensors
 * @param {string} name
 * @param {readonly number[]} dims
 * @returns {Float32Array}
 */
function valuesOf(tensors, name, dims) {
  const tensor = tensors.get(PREFIX + name);
  if (tensor?.dims.join() === dims.join()) return tensor.values;
  throw new RangeError(`The model has no ${name} of the shape [${dims.join(', ')}].`);
}

/**
 * The detector transforms by its own FFT: the model's convolution has to be one.
 * @param {Tensors} tensors
 */
function assertFourierBasis(tensors) {
  const frames = vadWindowFrames;
  const bins = frames / 2 + 1;
  const basis = valuesOf(tensors, 'stft.forward_basis_buffer', [2 * bins, 1, frames]);
  const isNear = basis.every((value, index) => {
    const row = Math.floor(index / frames);
    const n = index % frames;
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / frames);
    const angle = (2 * Math.PI * ((row % bins) * n)) / frames;
    const wave = row < bins ? Math.cos(angle) : -Math.sin(angle);
    return Math.abs(value - hann * wave) < BASIS_ERROR;
  });
  if (!isNear) throw new RangeError("The model's transform is not one of periodic Hann windows.");
}

/**
 * @param {Tensors} tensors
 * @param {number} index
 * @param {Shape} shape
 * @returns {Layer}
 */
function convolution(tensors, index, shape) {
  const { inputs, outputs } = shape;
  const name = `encoder.${index}.reparam_conv`;
  const weights = valuesOf(tensors, `${name}.weight`, [outputs, inputs, KERNEL_TAPS]);
  const biases = valuesOf(tensors, `${name}.bias`, [outputs]);
  return {
    shape,
    weight: (output, input, tap) => weights[(output * inputs + input) * KERNEL_TAPS + tap] ?? NaN,
    bias: (output) => biases[output] ?? NaN,
  };
}

/**
 * The model has the gates one after the other; here they lie together, unit by unit.
 * @param {Tensors} tensors
 * @returns {Layer}
 */
function gates(tensors) {
  const shape = vadLayers.gates;
  const dims = [shape.outputs, vadHidden];
  const matrices = ['weight_ih', 'weight_hh'].map((name) =>
    valuesOf(tensors, `decoder.rnn.${name}`, dims),
  );
  const biases = ['bias_ih', 'bias_hh'].map((name) =>
    valuesOf(tensors, `decoder.rnn.${name}`, [shape.outputs]),
  );
  const units = shape.group / GATES;
  /** @param {number} output */
  const rowOf = (output) => {
    const group = Math.floor(output / shape.group);
    const gate = Math.floor((output % shape.group) / units);
    return gate * vadHidden + group * units + (output % units);
  };
  return {
    shape,
    weight: (output, input) => {
      const matrix = matrices[Math.floor(input / vadHidden)];
      return matrix?.[rowOf(output) * vadHidden + (input % vadHidden)] ?? NaN;
    },
    bias: (output) => biases.reduce((sum, values) => sum + (values[rowOf(output)] ?? NaN), 0),
  };
}

/**
 * @param {Tensors} tensors
 * @returns {Layer}
 */
function voice(tensors) {
  const shape = vadLayers.voice;
  const weights = valuesOf(tensors, 'decoder.decoder.2.weight', [1, shape.inputs, 1]);
  const biases = valuesOf(tensors, 'decoder.decoder.2.bias', [1]);
  return { shape, weight: (_, input) => weights[input] ?? NaN, bias: () => biases[0] ?? NaN };
}

/**
 * The layers in the order of the file.
 * @param {Uint8Array} model in ONNX form
 * @returns {Layer[]}
 * @throws {RangeError} where the model is another
 */
export function readVadLayers(model) {
  const tensors = readConstants(model, 'then_branch');
  assertFourierBasis(tensors);
  return [
    convolution(tensors, 0, vadLayers.encoder0),
    convolution(tensors, 1, vadLayers.encoder1),
    convolution(tensors, 2, vadLayers.encoder2),
    convolution(tensors, 3, vadLayers.encoder3),
    gates(tensors),
    voice(tensors),
  ];
}
