// @ts-check

const operation = 'write of 128 stereo frames to the mix ring';
const bars = [{ median: 1 }];

/** @type {import('../benchmark.mjs').Contestant} */
const native = { name: 'the same C++, native', host: 'native', code: 'cpp:bus_write' };

/**
 * What a write costs the audio thread, whoever reads.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const busWrite = {
  name: 'bus-write',
  groups: ['bus'],
  rows: [
    {
      name: 'bus-write',
      operation: `${operation}, no readers`,
      unit: 'us',
      ours: { name: 'FrameRing', host: 'chromium', code: 'cpp:bus_write' },
      peers: [native],
      bars,
    },
    {
      name: 'bus-write/16-readers',
      operation: `${operation}, 16 readers in Workers that look every millisecond`,
      unit: 'us',
      ours: { name: 'FrameRing', host: 'chromium', code: 'js:bus-write/16-readers' },
      peers: [{ name: 'no readers', host: 'chromium', code: 'cpp:bus_write' }],
      bars,
    },
    {
      name: 'bus-write/node',
      operation: `${operation}, no readers, in Node`,
      unit: 'us',
      ours: { name: 'FrameRing', host: 'node', code: 'cpp:bus_write' },
      peers: [native],
      bars,
    },
  ],
};
