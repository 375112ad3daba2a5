import { describe, expect, test } from 'vitest';
import { recordFormatNames } from '../../web/lib/index.ts';
import { MadeMix } from '../support/made-sound.ts';
import { openRecorder, playUntil } from '../support/record-page.ts';
import { fitSine } from '../support/sine-fit.ts';

describe('a take', () => {
  const tone = (hz: number, frame: number, rate: number): number =>
    0.5 * Math.sin((2 * Math.PI * hz * frame) / rate);

  const openTone = (rate: number) => {
    const made = new MadeMix(rate, 2 ** 18, (channel, frame) => tone(997 + channel, frame, rate));
    return { made, ...openRecorder(made, { stallMs: 5000 }) };
  };

  async function decode(file: File, rate: number): Promise<AudioBuffer> {
    const context = new OfflineAudioContext(2, 1, rate);
    return context.decodeAudioData(await file.arrayBuffer());
  }

  test.each([
    { format: 'flac', rate: 48_000, noise: 1e-7 },
    { format: 'flac', rate: 44_100, noise: 1e-7 },
    { format: 'flac', rate: 96_000, noise: 1e-7 },
    { format: 'wav24', rate: 96_000, noise: 1e-7 },
    { format: 'wav16', rate: 44_100, noise: 3e-5 },
    { format: 'opus-ogg', rate: 48_000, noise: 0.01 },
    { format: 'opus-ogg', rate: 44_100, noise: 0.01 },
    { format: 'opus-webm', rate: 48_000, noise: 0.01 },
    { format: 'opus-webm', rate: 44_100, noise: 0.01 },
    { format: 'mp3', rate: 48_000, noise: 0.01 },
    { format: 'mp3', rate: 44_100, noise: 0.01 },
  ] as const)('as $format at $rate Hz has every frame at its place', async (made) => {
    const { format, rate, noise } = made;
    const frames = 111_111;
    const { made: mix, recorder } = openTone(rate);
    mix.play(frames);
    // At 96 kHz the ring holds less.
    const recording = await recorder.start({ source: 'mix', format, preRollSec: frames / rate });
    const [take] = await recording.stop();
    const file = await recorder.takes.file(take!.id);
    expect(take).toMatchObject({ frames, format, sampleRate: rate, bytes: file.size });
    const decoded = await decode(file, rate);
    // WebM as it is written here cannot end within a packet of 20 ms.
    const rest = format === 'opus-webm' ? rate / 50 : 0;
    expect(decoded.length).toBeGreaterThanOrEqual(frames);
    expect(decoded.length).toBeLessThanOrEqual(frames + rest);
    const begin = 4800;
    const plane = decoded.getChannelData(1).subarray(begin, 100_000);
    const { amplitude, phase, residual } = fitSine(plane, 998, rate);
    expect(residual).toBeLessThan(noise);
    // LAME makes room for its own peaks.
    expect(Math.abs(20 * Math.log10(amplitude / 0.5))).toBeLessThan(format === 'mp3' ? 0.5 : 0.1);
    const turns = phase / (2 * Math.PI) - (998 * begin) / rate;
    const lateFrames = ((turns - Math.round(turns)) * rate) / 998;
    // Where the browser resamples for Opus, its filter has a delay.
    const late = format.startsWith('opus') && rate !== 48_000 ? 16 : 1;
    expect(Math.abs(lateFrames)).toBeLessThan(late);
  });

  test.each(['flac', 'opus-ogg', 'opus-webm', 'mp3'] as const)(
    'as %s whose Worker was killed can be heard up to the last second',
    async (format) => {
      const rate = 48_000;
      const { made, recorder, workers } = openTone(rate);
      const recording = await recorder.start({ source: 'mix', format });
      await playUntil(made, () => recording.status.frames > 3 * rate);
      workers.at(-1)!.terminate();
      const written = recording.status.frames;
      await playUntil(made, () => recording.status.state === 'failed', rate / 2);
      const [take] = await recording.stop();
      expect(take!.frames).toBeGreaterThan(written - rate);
      const decoded = await decode(await recorder.takes.file(take!.id), rate);
      expect(decoded.length).toBeGreaterThanOrEqual(take!.frames);
      // Frames behind the last checkpoint are cut off.
      const most = format === 'flac' ? take!.frames : Infinity;
      expect(decoded.length).toBeLessThanOrEqual(most);
      const heard = decoded.getChannelData(0).subarray(rate, take!.frames - 4800);
      expect(fitSine(heard, 997, rate).residual).toBeLessThan(0.01);
    },
  );

  test('in a format that the browser or the rate does not have is refused with the reason', async () => {
    const { recorder } = openTone(96_000);
    const formats = await recorder.formats();
    expect(formats.map(({ format }) => format)).toEqual(Object.keys(recordFormatNames));
    const mp3 = formats.find(({ format }) => format === 'mp3');
    expect(mp3).toMatchObject({ isSupported: false, reason: 'MP3 has no rate of 96000 Hz' });
    await expect(recorder.start({ source: 'mix', format: 'mp3' })).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining('MP3 has no rate') as string,
    });
  });
});
