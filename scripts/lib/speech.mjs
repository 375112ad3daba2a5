// @ts-check
// Speech to text in Node: the page's own modules, and ONNX Runtime as the page runs it.
import fs from 'node:fs';
import { bundleForNode } from './bundle-for-node.mjs';
import { fromRoot } from './paths.mjs';
import { MANIFEST, MODELS } from './speech-models.mjs';

/** @typedef {typeof import('../../web/lib/stt/index.ts')} SpeechModules */
/** @typedef {import('../../web/lib/stt/moonshine.ts').Moonshine} Moonshine */

/** @returns {Promise<SpeechModules>} */
export async function speechModules() {
  const code = await bundleForNode('web/lib/stt/index.ts', 'es');
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return /** @type {Promise<SpeechModules>} */ (import(url));
}

/** @param {import('./speech-models.mjs').ServedFile} file */
const bytesOf = ({ path }) => new Uint8Array(fs.readFileSync(fromRoot(MODELS, path)));

/** On one thread, as in the page. */
export async function onnxRuntime() {
  const onnx = await import('onnxruntime-web/wasm');
  onnx.env.wasm.numThreads = 1;
  return onnx;
}

/**
 * A model's files as they are served.
 * @param {string} name of a model that is there
 */
export function modelContents(name) {
  const files = MANIFEST.models[name]?.files;
  if (files === undefined) throw new RangeError(`There is no model ${name}.`);
  return {
    encoder: bytesOf(files.encoder),
    decoder: bytesOf(files.decoder),
    vocabulary: bytesOf(MANIFEST.vocabulary),
  };
}

/**
 * @param {SpeechModules} modules
 * @param {string} name of a model that is there
 * @returns {Promise<Moonshine>}
 */
export async function loadMoonshine({ Moonshine, Tokenizer }, name) {
  const contents = modelContents(name);
  const tokenizer = Tokenizer.parse(contents.vocabulary);
  return Moonshine.load(await onnxRuntime(), contents, tokenizer);
}
