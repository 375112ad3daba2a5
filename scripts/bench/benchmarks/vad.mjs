// @ts-check
import { packageVersion } from '../versions.mjs';

const ONNX = 'onnxruntime-web';
const VAD_WEB = '@ricky0123/vad-web';

/**
 * @param {import('../benchmark.mjs').HostName} host
 * @param {string} code
 * @returns {import('../benchmark.mjs').Contestant}
 */
const ours = (host, code) => ({ name: `Silero VAD in C++, ${host}`, host, code: `js:vad/${code}` });

/**
 * @param {string} name of the package
 * @param {import('../benchmark.mjs').HostName} host
 * @param {string} code
 * @returns {import('../benchmark.mjs').Contestant}
 */
const peer = (name, host, code) => ({
  name: `${name}, ${host}`,
  host,
  code: `js:vad/${code}`,
  version: () => packageVersion(name),
});

/**
 * The same model, out of the same file, on one thread.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const vad = {
  name: 'vad',
  groups: ['voice'],
  rows: [
    {
      name: 'vad-512',
      operation: 'the probability of 512 samples, 32 ms, one frame after the other',
      unit: 'us',
      ours: ours('chromium', 'ours'),
      peers: [
        peer(ONNX, 'chromium', 'onnx'),
        peer(VAD_WEB, 'chromium', 'vad-web'),
        ours('node', 'ours'),
        peer(ONNX, 'node', 'onnx'),
      ],
      bars: [
        { peer: `${ONNX}, chromium`, ratio: 6 },
        { single: 'p99', most: 120 },
      ],
      singles: 3,
    },
    {
      name: 'vad-first',
      operation: 'a detector out of bytes in memory, and its first probability',
      unit: 'ms',
      ours: ours('chromium', 'ours-first'),
      peers: [peer(ONNX, 'chromium', 'onnx-first'), peer(VAD_WEB, 'chromium', 'vad-web-first')],
      bars: [{ median: 50 }],
      effort: { rounds: 20 },
    },
  ],
};
