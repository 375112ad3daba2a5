// @ts-check
import { debianVersion, packageVersion } from '../versions.mjs';

const RINGBUF = 'ringbuf.js';
const LEAST_RATIO = 1.5;

/**
 * In TypeScript, against the usual package.
 * @param {string} name
 * @param {string} block
 * @param {string} code
 * @returns {import('../benchmark.mjs').Row}
 */
const inChromium = (name, block, code) => ({
  name,
  operation: `push and pop of ${block}, SharedArrayBuffer`,
  unit: 'ns',
  ours: { name: 'SampleRing', host: 'chromium', code: `js:spsc/ours-${code}` },
  peers: [
    {
      name: RINGBUF,
      host: 'chromium',
      code: `js:spsc/ringbuf-${code}`,
      version: () => packageVersion(RINGBUF),
    },
  ],
  bars: [{ peer: RINGBUF, ratio: LEAST_RATIO }],
});

/**
 * @param {string} name
 * @param {string} block
 * @param {string} code
 * @returns {import('../benchmark.mjs').Row}
 */
const natively = (name, block, code) => ({
  name,
  operation: `push and pop of ${block}, native`,
  unit: 'ns',
  ours: { name: 'SampleRing', host: 'native', code: `cpp:${code}` },
  peers: [
    {
      name: 'boost::lockfree::spsc_queue',
      host: 'native',
      code: `cpp:${code}_boost`,
      version: () => debianVersion('libboost-dev'),
    },
    {
      name: 'moodycamel::ReaderWriterQueue',
      host: 'native',
      code: `cpp:${code}_moodycamel`,
      version: () => debianVersion('libreaderwriterqueue-dev'),
    },
  ],
  bars: [],
});

/**
 * One thread pushes and pops, so that the rings are compared and not the scheduler's moods. The peers
 * hold interleaved samples and get them ready-made; ours holds planes.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const spsc = {
  name: 'spsc',
  groups: ['bus'],
  rows: [
    inChromium('spsc', '128 frames of 1 channel', '128x1'),
    inChromium('spsc/128x2', '128 frames of 2 channels', '128x2'),
    inChromium('spsc/441x2', '441 frames of 2 channels, which do not divide the ring', '441x2'),
    inChromium('spsc/1024x1', '1024 frames of 1 channel', '1024x1'),
    inChromium('spsc/1024x2', '1024 frames of 2 channels', '1024x2'),
    natively('spsc/native', '128 frames of 1 channel', 'spsc'),
    natively('spsc/native-128x2', '128 frames of 2 channels', 'spsc_stereo'),
    natively('spsc/native-1024x1', '1024 frames of 1 channel', 'spsc_long'),
  ],
};
