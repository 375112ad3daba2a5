// @ts-check

/**
 * @param {string} code
 * @param {string} name
 * @returns {import('../benchmark.mjs').Contestant}
 */
const inChromium = (code, name) => ({ name, host: 'chromium', code: `cpp:${code}` });

const RAMPS = '32 ramps and transforms';

/**
 * Both peers use our own transform.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const hypothesesFrequency = {
  name: 'hypotheses-frequency',
  groups: ['analysis'],
  rows: [
    {
      name: 'hypotheses-frequency',
      operation: 'X(k + m / 32) of 32 768 samples; ours 64 bins from one transform',
      unit: 'us',
      ours: inChromium('hypotheses_frequency', 'FrequencyHypotheses'),
      peers: [inChromium('hypotheses_frequency_ramps', RAMPS)],
      bars: [{ peer: RAMPS, ratio: 200 }],
    },
  ],
};

/** @type {import('../benchmark.mjs').Benchmark} */
export const hypothesesTime = {
  name: 'hypotheses-time',
  groups: ['analysis'],
  rows: [
    {
      name: 'hypotheses-time-all',
      operation: 'correlation at 32 lags over the bins of 32 768 samples',
      unit: 'us',
      ours: inChromium('hypotheses_time', 'TimeHypotheses'),
      peers: [inChromium('hypotheses_time_ramps', RAMPS)],
      bars: [{ peer: RAMPS, ratio: 4 }],
    },
    {
      name: 'hypotheses-time-eighth',
      operation: 'the same; ours over an eighth of the bins',
      unit: 'us',
      ours: inChromium('hypotheses_time_eighth', 'TimeHypotheses'),
      peers: [inChromium('hypotheses_time_ramps', RAMPS)],
      bars: [{ peer: RAMPS, ratio: 25 }],
    },
  ],
};
