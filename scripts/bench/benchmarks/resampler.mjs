// @ts-check
import { packageVersion } from '../versions.mjs';

const LIBSAMPLERATE = '@alexanderolsen/libsamplerate-js';

/**
 * @param {string} name
 * @param {string} quality
 * @returns {import('../benchmark.mjs').Contestant}
 */
const libsamplerate = (name, quality) => ({
  name: `${LIBSAMPLERATE}, ${name}`,
  host: 'chromium',
  code: `js:resampler/${quality}`,
  version: () => packageVersion(LIBSAMPLERATE),
});

/**
 * What feeds the voice ring. Of the peer's qualities, the medium one is nearest to ours: its band
 * ends at 90 % of 8 kHz, ours at 7.2 kHz; its stop band is at -121 dB, ours at -100 dB.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const resampler = {
  name: 'resampler',
  groups: ['bus'],
  rows: [
    {
      name: 'resampler',
      operation: 'one second of one channel, 48 to 16 kHz, in quanta of 128 frames',
      unit: 'us',
      ours: { name: 'Resampler', host: 'chromium', code: 'cpp:resampler' },
      peers: [
        libsamplerate('sinc medium', 'medium'),
        libsamplerate('sinc fastest', 'fastest'),
        { name: 'the same C++, native', host: 'native', code: 'cpp:resampler' },
      ],
      bars: [],
    },
  ],
};
