// @ts-check
import { packageVersion } from '../versions.mjs';

const RECORDER = 'MediaRecorder, slices of 1 s';

/**
 * A broadcast: how late it is, and what its encoders cost.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const stream = {
  name: 'stream',
  groups: ['voice'],
  rows: [
    {
      name: 'stream-delay',
      operation: 'the way of the sound that comes just after a page has gone, until it goes itself',
      unit: 'ms',
      ours: { name: 'Streamer, pages of 40 ms', host: 'chromium', code: 'js:stream/delay' },
      peers: [{ name: RECORDER, host: 'chromium', code: 'js:stream/recorder' }],
      bars: [{ median: 100 }, { peer: RECORDER, ratio: 10 }],
      effort: { rounds: 12, sampleMs: 1 },
    },
    {
      name: 'stream-encode',
      operation: 'a second of the mix in pages of 40 ms; a thousandth of real time is 1 ms',
      unit: 'ms',
      ours: { name: 'Opus, 96 kbit/s', host: 'chromium', code: 'js:stream/opus' },
      peers: [
        {
          name: 'MP3, 192 kbit/s',
          host: 'chromium',
          code: 'js:stream/mp3',
          version: () => packageVersion('wasm-media-encoders'),
        },
      ],
      bars: [{ median: 20 }],
      effort: { rounds: 12, sampleMs: 50 },
    },
  ],
};
