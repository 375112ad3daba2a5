import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Failure, QuantaFolder } from '../support/quanta.ts';
import { chunk, formatBody, wavBytes } from '../support/wav-bytes.ts';
import { sine } from '../support/wav.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

const rateHz = 48000;
const tone = sine(1000, 0.5, 1, rateHz);
const good = wavBytes([tone], { rateHz, encoding: 'int16' });
const HEADER_BYTES = 44;

/** A file with other bytes at a place in its fmt chunk. */
function withFormat(offset: number, value: number): Buffer {
  const bytes = Buffer.from(good);
  bytes.writeUInt16LE(value, 20 + offset);
  return bytes;
}

const riff = (...parts: readonly Buffer[]) =>
  chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...parts]));

const format = chunk('fmt ', formatBody(1, { rateHz, encoding: 'int16' }));
const foreignForm = wavBytes([tone], { rateHz, mask: 4 });
foreignForm.fill(0x77, 46, 60);

interface Case {
  readonly what: string;
  readonly bytes: Buffer;
  readonly code: string;
  readonly says: string;
}

const cases: readonly Case[] = [
  { what: 'nothing in it', bytes: Buffer.alloc(0), code: 'empty', says: 'is empty' },
  {
    what: 'no samples',
    bytes: riff(format, chunk('data', Buffer.alloc(0))),
    code: 'empty',
    says: 'holds no samples',
  },
  {
    what: 'a text',
    bytes: Buffer.from('Hello, world!\n'),
    code: 'not-wav',
    says: 'is not a WAV file: it begins with "Hello, world',
  },
  {
    what: 'two letters',
    bytes: Buffer.from('Hi'),
    code: 'not-wav',
    says: 'is not a WAV file: it begins with "Hi"',
  },
  {
    what: 'FLAC in it',
    bytes: Buffer.from('fLaC\0\0\0"\x10\0\x10\0\0\0'),
    code: 'not-wav',
    says: 'begins with "fLaC',
  },
  {
    what: 'another RIFF form',
    bytes: chunk('RIFF', Buffer.from('AVI LIST')),
    code: 'not-wav',
    says: 'begins with "RIFF',
  },
  {
    what: 'its bytes the other way round',
    bytes: Buffer.from('RIFX\0\0\0$WAVE'),
    code: 'unsupported',
    says: 'big-endian',
  },
  {
    what: 'its end in the first word',
    bytes: good.subarray(0, 3),
    code: 'truncated',
    says: 'ends inside its header',
  },
  {
    what: 'its end in the fmt chunk',
    bytes: good.subarray(0, 30),
    code: 'truncated',
    says: 'ends inside its header',
  },
  {
    what: 'its end before the samples',
    bytes: good.subarray(0, 40),
    code: 'truncated',
    says: 'ends inside its header',
  },
  {
    what: 'half of its samples',
    bytes: good.subarray(0, HEADER_BYTES + rateHz),
    code: 'truncated',
    says: 'promises 48000 frames, 24000 are there',
  },
  {
    what: 'none of its samples',
    bytes: good.subarray(0, HEADER_BYTES),
    code: 'truncated',
    says: 'promises 48000 frames, 0 are there',
  },
  {
    what: 'a header that was never completed',
    bytes: wavBytes([tone], { rateHz, claims: { riffBytes: 0, dataBytes: 0 } }),
    code: 'truncated',
    says: 'never completed, and 48000 frames follow',
  },
  { what: 'A-law', bytes: withFormat(0, 6), code: 'unsupported', says: 'holds A-law' },
  { what: 'MP3', bytes: withFormat(0, 0x55), code: 'unsupported', says: 'holds MP3' },
  {
    what: 'an unknown codec',
    bytes: withFormat(0, 0x1234),
    code: 'unsupported',
    says: 'holds format 0x1234',
  },
  {
    what: 'a form of its own',
    bytes: foreignForm,
    code: 'unsupported',
    says: 'a format of their own',
  },
  {
    what: 'integers of 64 bits',
    bytes: withFormat(14, 64),
    code: 'unsupported',
    says: 'integers of 64 bits',
  },
  {
    what: 'frames of the wrong size',
    bytes: withFormat(12, 4),
    code: 'damaged',
    says: 'contradicts itself',
  },
  {
    what: 'frames of no size',
    bytes: withFormat(12, 0),
    code: 'damaged',
    says: 'contradicts itself',
  },
  { what: 'no channels', bytes: withFormat(2, 0), code: 'damaged', says: '0 channels' },
  {
    what: 'a rate of 2999 Hz',
    bytes: wavBytes([tone], { rateHz: 2999 }),
    code: 'unsupported',
    says: '3000 to 768000',
  },
  {
    what: 'a rate of 768001 Hz',
    bytes: wavBytes([tone], { rateHz: 768001 }),
    code: 'unsupported',
    says: '3000 to 768000',
  },
  {
    what: 'no fmt chunk',
    bytes: riff(chunk('data', Buffer.alloc(8))),
    code: 'damaged',
    says: 'no fmt chunk',
  },
  {
    what: 'a short fmt chunk',
    bytes: riff(chunk('fmt ', Buffer.alloc(14)), chunk('data', Buffer.alloc(8))),
    code: 'damaged',
    says: '14 bytes',
  },
  {
    what: 'a short extensible fmt chunk',
    bytes: withFormat(0, 0xfffe),
    code: 'damaged',
    says: '16 bytes, not 40',
  },
  {
    what: 'more chunks than anybody writes',
    bytes: riff(...Array.from({ length: 2000 }, () => chunk('junk', Buffer.alloc(0)))),
    code: 'damaged',
    says: 'first 1000 chunks',
  },
];

describe.each(['meter', 'resample'])('%s', (command) => {
  const args = (file: string) => [command, file, ...(command === 'resample' ? ['out.wav'] : [])];

  /** What it says of a file that it cannot use. */
  async function refuse(file: string): Promise<Failure['error']> {
    const { exitCode, stdout, stderr } = await folder.run([...args(file), '--json']);
    const { files } = JSON.parse(stdout) as { files: [Failure] };
    const { ok, error } = files[0];
    expect({ exitCode, ok, files: files.length }).toEqual({ exitCode: 1, ok: false, files: 1 });
    // The same in words, on one line.
    expect(stderr).toBe(`quanta: ${file}: ${error.message}.\n`);
    expect(folder.names).not.toContain('out.wav');
    return error;
  }

  test.each(cases)('refuses a file with $what', async ({ bytes, code, says }) => {
    const error = await refuse(folder.write('bad.wav', bytes));
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
  });

  test('refuses a file that is not there', async () => {
    expect(await refuse('no-such.wav')).toEqual({ code: 'missing', message: 'no such file' });
    expect((await refuse('bad.wav/inside.wav')).code).toBe('unreadable');
  });

  test('refuses a folder and a device', async () => {
    expect(await refuse('.')).toEqual({
      code: 'unreadable',
      message: 'cannot be read: it is a folder',
    });
    expect((await refuse('/dev/null')).code).toBe('unreadable');
  });
});

describe('a file that is cut short', () => {
  const half = good.subarray(0, HEADER_BYTES + rateHz);

  test('is measured as far as it goes when that is asked for, and says so', async () => {
    const reading = await folder.meter(folder.write('half.wav', half), '--partial');
    expect(reading).toMatchObject({ frames: 24000, promisedFrames: 48000, peakDbfs: -6.02 });
    const { stdout } = await folder.run(['meter', 'half.wav', '--partial']);
    expect(stdout).toContain('cut short: 24000 frames are there (of 48000)');
  });

  test('is measured though its header was never completed', async () => {
    const claims = { riffBytes: 0, dataBytes: 0 };
    folder.write('raw.wav', wavBytes([tone], { rateHz, claims }));
    const reading = await folder.meter('raw.wav', '--partial');
    expect(reading).toMatchObject({ frames: 48000, promisedFrames: 0, peakDbfs: -6.02 });
  });

  test('is resampled as far as it goes', async () => {
    folder.write('half.wav', half);
    await folder.run(['resample', 'half.wav', 'half-out.wav', '--partial']);
    expect(await folder.meter('half-out.wav')).toMatchObject({ frames: 8000 });
  });

  test('is of no use without a sample', async () => {
    folder.write('none.wav', good.subarray(0, HEADER_BYTES));
    const { exitCode, stderr } = await folder.run(['meter', 'none.wav', '--partial']);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('quanta: none.wav: holds no samples.\n');
  });

  test('is no matter for one that is whole', async () => {
    const reading = await folder.meter(folder.write('good.wav', good), '--partial');
    expect(reading).toMatchObject({ frames: 48000, promisedFrames: null });
  });
});

describe('the result', () => {
  const before = Buffer.from('what was there before');
  let files: string[];

  beforeEach(() => {
    folder.write('in.wav', good);
    folder.write('cut.wav', good.subarray(0, 100));
    folder.write('kept.wav', before);
    files = folder.names;
  });

  const resample = (input: string, output: string, signal?: AbortSignal) =>
    folder.run(['resample', input, output], signal);

  test('replaces the file that was there', async () => {
    expect((await resample('in.wav', 'kept.wav')).exitCode).toBe(0);
    expect(await folder.meter('kept.wav')).toMatchObject({ frames: 16000 });
    expect(folder.names).toEqual(files);
  });

  test('replaces the file behind a link, and the link stays', async () => {
    symlinkSync('kept.wav', folder.pathOf('link.wav'));
    await resample('in.wav', 'link.wav');
    expect(await folder.meter('kept.wav')).toMatchObject({ frames: 16000 });
  });

  test('is not begun when the file cannot be used', async () => {
    expect((await resample('cut.wav', 'kept.wav')).exitCode).toBe(1);
    expect(folder.read('kept.wav')).toEqual(before);
    expect(folder.names).toEqual(files);
  });

  test('leaves nothing behind when it is stopped', async () => {
    const { exitCode, stdout, stderr } = await resample('in.wav', 'kept.wav', AbortSignal.abort());
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 1, stdout: '', stderr: '' });
    expect(folder.read('kept.wav')).toEqual(before);
    expect(folder.names).toEqual(files);
  });

  test('goes nowhere where there is no folder, or no file', async () => {
    mkdirSync(folder.pathOf('folder'), { recursive: true });
    for (const [output, reason] of [
      ['nowhere/out.wav', 'no such folder'],
      ['kept.wav/out.wav', 'a part of its path is no folder'],
      ['folder', 'it is a folder'],
      ['/dev/null', 'it is no regular file'],
    ] as const) {
      const { exitCode, stderr } = await resample('in.wav', output);
      expect(stderr).toBe(`quanta: ${output}: cannot be written: ${reason}.\n`);
      expect(exitCode).toBe(1);
    }
  });

  test('never goes where the input is, by whatever name', async () => {
    symlinkSync('in.wav', folder.pathOf('in-link.wav'));
    linkSync(folder.pathOf('in.wav'), folder.pathOf('in-twin.wav'));
    for (const output of ['in.wav', './in.wav', 'in-link.wav', 'in-twin.wav']) {
      const { exitCode, stderr } = await resample('in.wav', output);
      expect(stderr).toContain('cannot write its result in place of its input');
      expect(exitCode).toBe(2);
      expect(folder.read('in.wav')).toEqual(good);
    }
  });

  test('has no more channels than a file of floats can have', async () => {
    const channels = Array.from({ length: 16384 }, () => [0]);
    folder.write('wide.wav', wavBytes(channels, { rateHz, encoding: 'int8' }));
    const { exitCode, stderr } = await resample('wide.wav', 'out.wav');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('16383 channels of floats fit into a WAV file, not 16384');
  });
});
