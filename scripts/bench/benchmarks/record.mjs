// @ts-check
import { packageVersion } from '../versions.mjs';

const SOUND = '10 s of stereo at 48 kHz';
// One operation takes tens of milliseconds.
const EFFORT = { rounds: 15 };

/**
 * @param {string} name
 * @param {string} code
 * @param {string} [from] the package that does it
 * @returns {import('../benchmark.mjs').Contestant}
 */
const contestant = (name, code, from) => ({
  name,
  host: 'chromium',
  code: `js:record/${code}`,
  ...(from === undefined ? {} : { version: () => packageVersion(from) }),
});

/**
 * @param {string} format
 * @param {string} what
 * @param {readonly import('../benchmark.mjs').Contestant[]} peers
 * @returns {import('../benchmark.mjs').Row}
 */
const encoding = (format, what, peers) => ({
  name: `record-${format}`,
  operation: `${SOUND} to ${what}, without the disk; a minute costs six times as much`,
  unit: 'ms',
  ours: contestant('recorder', format),
  peers,
  bars: [],
  effort: EFFORT,
});

/**
 * What a recording costs. MediaRecorder, the usual way, encodes in real time and in a thread of the
 * browser's, where nobody sees the cost; so the peers are the same encoders with another's code around
 * them, or with none.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const record = {
  name: 'record',
  groups: [],
  rows: [
    encoding('wav24', 'WAV, 24 bits', [contestant('mediabunny', 'wav24-mediabunny', 'mediabunny')]),
    encoding('flac', 'FLAC, 24 bits', []),
    encoding('opus', 'Opus in Ogg, 160 kbit/s', [
      contestant('mediabunny', 'opus-mediabunny', 'mediabunny'),
    ]),
    encoding('mp3', 'MP3, 160 kbit/s', [
      contestant('LAME alone', 'mp3-bare', 'wasm-media-encoders'),
    ]),
    {
      name: 'record-loop',
      operation: `${SOUND} from the ring to a file of floats with its journal, without the disk`,
      unit: 'ms',
      ours: contestant('recorder', 'loop'),
      peers: [contestant('the packing of its samples alone', 'loop-packing')],
      bars: [],
      effort: EFFORT,
    },
  ],
};
