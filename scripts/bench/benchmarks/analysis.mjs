// @ts-check

/** Half a percent of the time between two frames that are 2048 samples apart, at 48 kHz. */
const HOP_BUDGET_US = 0.005 * (2048 / 48000) * 1e6;

/**
 * @param {number} size
 * @param {number} limit of the median, in microseconds
 * @returns {import('../benchmark.mjs').Row}
 */
const ofFrame = (size, limit) => ({
  name: `analysis-${size}`,
  operation: `transforms, partials and fundamental of a frame of ${size} samples`,
  unit: 'us',
  ours: { name: 'PartialFinder', host: 'chromium', code: `cpp:analysis_${size}` },
  peers: [{ name: 'the same C++, native', host: 'native', code: `cpp:analysis_${size}` }],
  bars: [{ median: limit }],
});

/**
 * A harmonic tone in noise, refined to the Cramér-Rao bound.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const analysis = {
  name: 'analysis-frame',
  groups: ['analysis'],
  rows: [ofFrame(32768, HOP_BUDGET_US), ofFrame(4096, 100)],
};
