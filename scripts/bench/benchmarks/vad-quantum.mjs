// @ts-check

/** What detection in one source may cost in any quantum, whatever else there is in it. */
const MOST_US = 60;

/**
 * @param {string} name
 * @param {string} sources in which voice is detected
 * @param {string} code
 * @param {import('../benchmark.mjs').Row['bars']} bars
 */
const rowOf = (name, sources, code, bars) => ({
  name,
  operation: `a quantum of 128 frames at 48 kHz in an engine that detects voice in ${sources}`,
  unit: /** @type {const} */ ('us'),
  ours: { name: 'Engine', host: /** @type {const} */ ('chromium'), code },
  peers: [{ name: 'the same C++, native', host: /** @type {const} */ ('native'), code }],
  bars,
  singles: 64,
});

/**
 * Quanta one by one, as in `quantum-all`: one in three does a quarter of a frame.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const vadQuantum = {
  name: 'vad-quantum',
  groups: ['voice'],
  rows: [
    rowOf('vad-quantum', 'the mix, and does nothing else', 'cpp:vad_quantum', [
      { single: 'p99', most: MOST_US },
    ]),
    rowOf('vad-sources', 'the mix and eight inputs by themselves', 'cpp:vad_quantum_sources', []),
  ],
};
