// @ts-check

/** What voice detection may cost in any quantum, whatever else there is in it. */
const MOST_US = 60;

/**
 * Quanta one by one, as in `quantum-all`: one in three does a quarter of a frame.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const vadQuantum = {
  name: 'vad-quantum',
  groups: ['voice'],
  rows: [
    {
      name: 'vad-quantum',
      operation:
        'a quantum of 128 frames at 48 kHz in an engine that does nothing but detect voice',
      unit: 'us',
      ours: { name: 'Engine', host: 'chromium', code: 'cpp:vad_quantum' },
      peers: [{ name: 'the same C++, native', host: 'native', code: 'cpp:vad_quantum' }],
      bars: [{ single: 'p99', most: MOST_US }],
      singles: 64,
    },
  ],
};
