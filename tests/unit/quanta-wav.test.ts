import { afterAll, describe, expect, test } from 'vitest';
import { wavHeader } from '../../scripts/quanta/wav/writer.mjs';
import { QuantaFolder } from '../support/quanta.ts';
import { seededRandom } from '../support/random.ts';
import { chunk, encodings, floatSamples, formatBody, wavBytes } from '../support/wav-bytes.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

const rateHz = 48000;

/** What the program reads from a file: at the same rate it writes every sample as it is. */
async function samplesOf(bytes: Uint8Array, channels: number): Promise<Float32Array[]> {
  folder.write('in.wav', bytes);
  const args = ['resample', 'in.wav', 'out.wav', '--rate', `${rateHz}`];
  const { exitCode, stderr } = await folder.run(args);
  if (exitCode !== 0) throw new Error(stderr);
  return floatSamples(folder.read('out.wav'), channels);
}

/** Numbers that 8 bits hold exactly, the ends of the range among them. */
function coarseNoise(frames: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const plane = Float32Array.from({ length: frames }, () => Math.floor(256 * random()) / 128 - 1);
  plane.set([-1, 127 / 128, 0]);
  return plane;
}

const channels = [coarseNoise(3000, 1), coarseNoise(3000, 2), coarseNoise(3000, 3)];

describe('samples are read exactly', () => {
  test.each(encodings)('from %s', async (encoding) => {
    expect(await samplesOf(wavBytes(channels, { rateHz, encoding }), 3)).toEqual(channels);
  });

  test.each(['int24', 'int32', 'float64'] as const)(
    'from %s, to the last bit',
    async (encoding) => {
      const values = [1, -1, 3, -3, 2 ** 23 - 1, -(2 ** 23), 0x123456, -0x123456];
      const plane = Float32Array.from(values, (value) => value / 2 ** 23);
      expect(await samplesOf(wavBytes([plane], { rateHz, encoding }), 1)).toEqual([plane]);
    },
  );

  test.each(['RF64', 'BW64'] as const)('from %s', async (container) => {
    const bytes = wavBytes(channels, { rateHz, encoding: 'int16', container });
    expect(await samplesOf(bytes, 3)).toEqual(channels);
  });

  test('behind other chunks, one of them of odd length', async () => {
    const before = [chunk('LIST', Buffer.from('INFO!')), chunk('bext', Buffer.alloc(602))];
    expect(await samplesOf(wavBytes(channels, { rateHz, before }), 3)).toEqual(channels);
  });

  test('and not the chunks behind them', async () => {
    const bytes = wavBytes(channels, { rateHz, encoding: 'int16' });
    const more = Buffer.concat([bytes, chunk('LIST', Buffer.alloc(1000, 0x55))]);
    expect(await samplesOf(more, 3)).toEqual(channels);
  });

  test('to the end of a file whose writer could not know its length', async () => {
    const claims = { riffBytes: 0xffffffff, dataBytes: 0xffffffff };
    expect(await samplesOf(wavBytes(channels, { rateHz, claims }), 3)).toEqual(channels);
  });

  test('whatever the RIFF chunk says of its own length', async () => {
    expect(await samplesOf(wavBytes(channels, { rateHz, claims: { riffBytes: 4 } }), 3)).toEqual(
      channels,
    );
  });

  test('up to the last whole frame', async () => {
    const claims = { riffBytes: 0xffffffff, dataBytes: 0xffffffff };
    const bytes = wavBytes(channels, { rateHz, encoding: 'int24', claims });
    const cut = await samplesOf(bytes.subarray(0, -1), 3);
    expect(cut).toEqual(channels.map((plane) => plane.subarray(0, -1)));
  });

  test('of fewer bits than they are stored in', async () => {
    const bytes = wavBytes(channels, { rateHz, encoding: 'int24' });
    bytes.writeUInt16LE(20, bytes.indexOf('fmt ') + 8 + 14);
    expect(await samplesOf(bytes, 3)).toEqual(channels);
  });
});

describe('the header of a result', () => {
  const content = { rateHz: 16000, channels: 2, channelMask: 0x3, frames: 100 };

  test('is the plain form of floats, with their number, for mono and stereo', () => {
    const header = wavHeader(content);
    const format = Buffer.alloc(18);
    formatBody(2, { rateHz: 16000, encoding: 'float32' }).copy(format);
    const count = Buffer.from([100, 0, 0, 0]);
    const samples = chunk('data', Buffer.alloc(0), 800);
    const body = [Buffer.from('WAVE'), chunk('fmt ', format), chunk('fact', count), samples];
    const whole = Buffer.concat(body);
    expect(header).toEqual(chunk('RIFF', whole, whole.length + 800));
  });

  test('is the extensible form for more channels', () => {
    const header = wavHeader({ ...content, channels: 6, channelMask: 0x3f });
    const format = formatBody(6, { rateHz: 16000, encoding: 'float32', mask: 0x3f });
    expect(header.subarray(12, 12 + 48)).toEqual(chunk('fmt ', format));
  });

  test('is RF64 from the frame on that RIFF has no room for', () => {
    // Sizes have 32 bits, and that of RIFF counts 50 bytes before the samples.
    const most = Math.floor((0xffffffff - 50) / 8);
    expect(wavHeader({ ...content, frames: most }).toString('latin1', 0, 4)).toBe('RIFF');
    const header = wavHeader({ ...content, frames: most + 1 });
    expect(header.toString('latin1', 0, 4)).toBe('RF64');
    expect(header.toString('latin1', 12, 16)).toBe('ds64');
    const dataBytes = 8 * (most + 1);
    const sizes = [header.length - 8 + dataBytes, dataBytes, most + 1];
    sizes.forEach((size, i) => expect(header.readBigUInt64LE(20 + 8 * i)).toBe(BigInt(size)));
    expect(header.readUInt32LE(4)).toBe(0xffffffff);
    expect(header.readUInt32LE(header.length - 4)).toBe(0xffffffff);
  });
});
