import fs from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readHeader } from '../../scripts/quanta/wav/header.mjs';
import { SamplePacker } from '../../web/lib/recorder/sample-packer.ts';
import { closeWav } from '../../web/lib/recorder/wav-encoder.ts';
import {
  wavFrames,
  wavHead,
  wavHeadBytes,
  type WavShape,
} from '../../web/lib/recorder/wav-header.ts';
import { seededRandom } from '../support/random.ts';
import { RecordFolder } from '../support/record-files.ts';
import { fitSine } from '../support/sine-fit.ts';

let folder: RecordFolder;
beforeEach(() => void (folder = new RecordFolder()));
afterEach(() => folder[Symbol.dispose]());

/** What another program finds in a file. */
async function header(name: string) {
  const handle = await fs.open(folder.pathOf(name));
  try {
    return await readHeader(handle, (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

const shapes: readonly WavShape[] = (['int16', 'int24', 'float32'] as const).flatMap((sampleType) =>
  [1, 2].map((channels) => ({ sampleType, channels, sampleRate: 44_100 })),
);

describe('the head of a recording', () => {
  test.each(shapes)('says what follows: $sampleType, $channels channels', async (shape) => {
    const file = folder.file('a.wav');
    file.append(wavHead(shape, 0));
    const planes = Array.from({ length: shape.channels }, () => new Float32Array(1001));
    file.append(new SamplePacker(shape, 'none').pack(planes, 1001));
    // Half a frame, as a killed Worker leaves it.
    file.append(new Uint8Array(1));
    expect(closeWav(file, shape)).toBe(1001);
    file.close();
    const found = await header('a.wav');
    expect(found).toMatchObject({ frames: 1001, promisedFrames: null, dataStart: wavHeadBytes });
    expect(found.format).toMatchObject({
      ...{ encoding: shape.sampleType, channels: shape.channels, rateHz: 44_100 },
    });
    // Chunks are of even length.
    expect((await fs.stat(folder.pathOf('a.wav'))).size % 2).toBe(0);
  });

  test('has 64 bits for the sizes of a file above 4 GB, in the same place', async () => {
    const shape: WavShape = { sampleType: 'float32', channels: 2, sampleRate: 96_000 };
    const mostSmall = Math.floor((0xffff_ffff + 8 - wavHeadBytes) / 8);
    const word = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1', 0, 4);
    expect(word(wavHead(shape, mostSmall))).toBe('RIFF');
    expect(word(wavHead(shape, mostSmall + 1))).toBe('RF64');
    const frames = 700_000_001;
    const file = folder.file('large.wav');
    file.append(wavHead(shape, 10));
    // Sparse: a disk has no more to hold than the ends.
    file.truncate(wavHeadBytes + frames * 8);
    expect(wavFrames(shape, file.size)).toBe(frames);
    expect(closeWav(file, shape)).toBe(frames);
    file.close();
    expect(await header('large.wav')).toMatchObject({ frames, promisedFrames: null });
  });
});

describe('samples', () => {
  const int16 = { sampleType: 'int16', channels: 1, sampleRate: 48_000 } as const;
  const packed = (plane: Float32Array, dither: 'triangular' | 'none'): Int16Array =>
    new Int16Array(new SamplePacker(int16, dither).pack([plane], plane.length).buffer);

  test('of 24 bits are the nearest ones, and beyond full scale they stay there', () => {
    const shape = { ...int16, sampleType: 'int24' } as const;
    const plane = Float32Array.from([0, 1 / 2 ** 23, -1 / 2 ** 23, 0.5, -1, 1, 7, -7]);
    const bytes = Buffer.from(new SamplePacker(shape, 'none').pack([plane], plane.length));
    const values = Array.from(plane, (_, i) => bytes.readIntLE(3 * i, 3));
    const full = 2 ** 23;
    expect(values).toEqual([0, 1, -1, full / 2, -full, full - 1, full - 1, -full]);
  });

  test('of 16 bits without dither are the nearest ones', () => {
    const plane = Float32Array.from([0, 0.4, 0.6, -0.6, 99_999, -99_999], (x) => x / 2 ** 15);
    expect([...packed(plane, 'none')]).toEqual([0, 0, 1, -1, 32_767, -32_768]);
  });

  test('of 16 bits with dither keep a tone of a third of a step, which rounding would swallow', () => {
    const tone = Float32Array.from(
      { length: 96_000 },
      (_, i) => (0.33 * Math.sin((2 * Math.PI * 997 * i) / 48_000)) / 2 ** 15,
    );
    expect(packed(tone, 'none').every((x) => x === 0)).toBe(true);
    const { amplitude, residual } = fitSine(packed(tone, 'triangular'), 997, 48_000);
    expect(amplitude).toBeCloseTo(0.33, 1);
    // A quarter of a step squared, of which a twelfth is rounding.
    expect(residual).toBeCloseTo(0.5, 1);
  });

  test('have the same dither each time, and digital silence has none', () => {
    const random = seededRandom(3);
    const plane = Float32Array.from({ length: 1000 }, () => random() - 0.5);
    expect(packed(plane, 'triangular')).toEqual(packed(plane, 'triangular'));
    expect(packed(plane, 'triangular')).not.toEqual(packed(plane, 'none'));
    expect(packed(new Float32Array(1000), 'triangular').every((x) => x === 0)).toBe(true);
  });
});
