// @ts-check

/** 128 frames at 48 kHz, in microseconds. */
const BUDGET_US = (128 / 48000) * 1e6;

/** At most 1.3 times as slow as natively. */
const MIN_NATIVE_RATIO = 1 / 1.3;

const native = 'the same C++, native';

/**
 * Everything on. Its quanta are also timed one by one, because a deadline is missed by one quantum and
 * not by the mean of many: each of these is as coarse as the browser's clock, 5 µs, which is 0.2 % of
 * the budget; their mean is not, because one reading ends a quantum and begins the next. Median and
 * ratio are of runs of half a millisecond, as in every row.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const quantumAll = {
  name: 'quantum-all',
  groups: [],
  rows: [
    {
      name: 'quantum-all',
      operation:
        'a quantum of 128 frames: a stereo input with every effect, limiter, meters, voice resampler, analysis at hop 2048, bus with four readers',
      unit: 'us',
      ours: { name: 'Engine', host: 'chromium', code: 'js:quantum-all/4-readers' },
      peers: [{ name: native, host: 'native', code: 'cpp:quantum_all/4-readers' }],
      bars: [
        { single: 'mean', most: Number((0.01 * BUDGET_US).toFixed(1)) },
        { single: 'p99', most: Number((0.02 * BUDGET_US).toFixed(1)) },
        { peer: native, ratio: Number(MIN_NATIVE_RATIO.toFixed(3)) },
      ],
      singles: 64,
    },
  ],
};
