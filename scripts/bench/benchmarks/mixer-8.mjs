// @ts-check

const operation = 'a quantum of 128 frames: 8 stereo inputs, every effect on, meters and bus';

/** Two per cent of 128 frames at 48 kHz. */
const bars = [{ median: 53.3 }];

/** @type {import('../benchmark.mjs').Contestant} */
const native = { name: 'the same C++, native', host: 'native', code: 'cpp:mixer_8' };

/**
 * The engine with everything at work that a mixer can do.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const mixer8 = {
  name: 'mixer-8',
  groups: ['bus'],
  rows: [
    {
      name: 'mixer-8',
      operation,
      unit: 'us',
      ours: { name: 'Engine', host: 'chromium', code: 'cpp:mixer_8' },
      peers: [native],
      bars,
    },
    {
      name: 'mixer-8/node',
      operation: `${operation}, in Node`,
      unit: 'us',
      ours: { name: 'Engine', host: 'node', code: 'cpp:mixer_8' },
      peers: [native],
      bars,
    },
  ],
};
