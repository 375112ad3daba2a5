// @ts-check
import { packageVersion } from '../versions.mjs';

/**
 * @param {string} name
 * @param {import('../benchmark.mjs').HostName} host
 * @param {string} code
 * @returns {import('../benchmark.mjs').Contestant}
 */
const contestant = (name, host, code) => ({
  name: `${name}, ${host}`,
  host,
  code: `js:stt/${code}`,
  version: () => packageVersion('onnxruntime-web'),
});

const PLAIN = 'the plain loop';

/**
 * Moonshine tiny in ONNX Runtime Web, on one thread, both: the difference is what is around it.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const stt = {
  name: 'stt',
  groups: ['voice'],
  rows: [
    {
      name: 'stt-clip',
      operation: 'the text of a sentence of 3.0 s; a thousandth of real time is 3 ms',
      unit: 'ms',
      ours: contestant('Moonshine', 'chromium', 'ours'),
      peers: [
        contestant(PLAIN, 'chromium', 'plain'),
        contestant('Moonshine', 'node', 'ours'),
        contestant(PLAIN, 'node', 'plain'),
      ],
      bars: [{ peer: `${PLAIN}, chromium`, ratio: 0.95 }],
      effort: { rounds: 12 },
    },
  ],
};
