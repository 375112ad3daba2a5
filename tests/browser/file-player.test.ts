import { Mp4OutputFormat } from 'mediabunny';
import { afterEach, expect, test } from 'vitest';
import { FilePlayer, PlayerError, type PushInput, Session } from '../../web/lib/index.ts';
import { floatWav, opusFile } from '../support/music.ts';

const rateHz = 48_000;
const closers: (() => Promise<void> | void)[] = [];
const slowly = { timeout: 60_000 };

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openSession(): Promise<Session> {
  const session = await Session.create({ sampleRate: rateHz, assets: { engine: '/engine.wasm' } });
  closers.push(() => session.close());
  return session;
}

/** Frame i of a channel: a float holds it exactly, and it is never 0. */
const sampleAt = (frame: number): number => (frame + 1) / 2 ** 20;
const ramp = (from: number, to: number): Float32Array =>
  Float32Array.from({ length: to - from }, (_, i) => sampleAt(from + i));
/** From 200 Hz up: no stretch of it is like another. */
const chirp = (frames: number): Float32Array =>
  Float32Array.from({ length: frames }, (_, i) => {
    const sec = i / rateHz;
    return 0.5 * Math.sin(2 * Math.PI * (200 + 1500 * sec) * sec);
  });

/** What the mix has from now on, silence left out, until there are so many frames. */
class Ears {
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly #listener: ReturnType<Session['mix']['listen']>;

  constructor({ mix }: Session) {
    this.#listener = mix.listen();
    closers.push(() => this.#listener.close());
  }

  async hear(until: () => boolean): Promise<void> {
    const planes = [new Float32Array(128), new Float32Array(128)] as const;
    // What was in the mix by then is heard too.
    while (!until() || this.#listener.pending >= 128) {
      await this.#listener.ready(128);
      requireAll(this.#listener.view(128));
      planes.forEach((plane, channel) => this.#listener.copyTo(channel, plane));
      requireAll(this.#listener.confirm());
      for (let i = 0; i < 128; i += 1) {
        if (planes[0][i] === 0 && planes[1][i] === 0) continue;
        this.left.push(planes[0][i]!);
        this.right.push(planes[1][i]!);
      }
    }
  }
}

function requireAll({ status }: { readonly status: string }): void {
  if (status !== 'ok') throw new Error(`The test was too slow for the mix ring: ${status}.`);
}

const isEnded = (player: FilePlayer) => (): boolean => player.status.state === 'ended';

test('the bits of a WAV file arrive in the mix, every frame once and in order', async () => {
  const session = await openSession();
  const file = floatWav([ramp(0, 30_000), ramp(7, 30_007)], rateHz, 'ramp.wav');
  const player = await FilePlayer.open(session, file, { input: 3 });
  expect(player.file).toEqual({
    codec: 'pcm-f32',
    sampleRate: rateHz,
    channels: 2,
    durationSec: 0.625,
  });
  expect(player.status).toMatchObject({ state: 'paused', positionSec: 0, error: null });
  expect(session.sources[3]?.label).toBe('ramp.wav');
  const ears = new Ears(session);
  let ends = 0;
  player.on('end', () => (ends += 1));
  player.play();
  await ears.hear(isEnded(player));
  expect(Float32Array.from(ears.left)).toEqual(ramp(0, 30_000));
  expect(Float32Array.from(ears.right)).toEqual(ramp(7, 30_007));
  expect(player.status).toMatchObject({ positionSec: 0.625, error: null });
  expect(ends).toBe(1);
  player.close();
  expect(session.sources[3]).toBeNull();
  expect(() => player.play()).toThrow(PlayerError);
});

test('a seek lands at its frame, a pause holds, a loop has no gap', async () => {
  const session = await openSession();
  const file = floatWav([ramp(0, 20_000)], rateHz, 'ramp.wav');
  const player = await FilePlayer.open(session, file, { loop: true });
  player.seek(0.25);
  await expect.poll(() => player.status.positionSec, slowly).toBe(0.25);
  const ears = new Ears(session);
  player.play();
  await ears.hear(() => ears.left.length >= 40_000);
  player.pause();
  await ears.hear(() => player.status.state === 'paused');
  const source = session.sources[0] as PushInput;
  await expect.poll(() => source.status.pendingFrames, slowly).toBe(0);
  const held = player.status.positionSec;
  const before = session.telemetry.engine!.frameCount;
  await expect
    .poll(() => session.telemetry.engine!.frameCount - before, slowly)
    .toBeGreaterThan(9600);
  expect(player.status).toMatchObject({ state: 'paused', positionSec: held });
  player.loop = false;
  player.play();
  await ears.hear(isEnded(player));
  const from = 12_000;
  const heard = ears.left.map((sample) => Math.round(sample * 2 ** 20) - 1);
  expect(heard).toEqual(heard.map((_, i) => (from + i) % 20_000));
});

test('an Opus file at an address of the page is heard to its end, and a seek is exact in it', async () => {
  const session = await openSession();
  const file = await opusFile([chirp(96_000), chirp(96_000)], rateHz, 'chirp.opus');
  const url = URL.createObjectURL(file);
  closers.push(() => URL.revokeObjectURL(url));
  const player = await FilePlayer.open(session, url, { label: 'A chirp', input: 1 });
  expect(player.file).toMatchObject({ codec: 'opus', sampleRate: rateHz, channels: 2 });
  const ears = new Ears(session);
  player.play();
  await ears.hear(isEnded(player));
  const { positionSec, durationSec, error } = player.status;
  expect([positionSec, error]).toEqual([durationSec, null]);
  // The encoder fills up its last packet.
  expect(durationSec).toBeGreaterThanOrEqual(2);
  expect(durationSec).toBeLessThan(2.04);
  const whole = ears.left.splice(0);
  player.seek(1);
  player.play();
  await ears.hear(() => player.status.state === 'playing');
  await ears.hear(isEnded(player));
  const part = whole.slice(-ears.left.length);
  expect(Math.abs(ears.left.length - (durationSec - 1) * rateHz)).toBeLessThan(3);
  expect(ears.left.every((sample, i) => Math.abs(sample - part[i]!) < 1e-4)).toBe(true);
});

test('an MP3 file goes round without the silence that its encoder put round it', async () => {
  const session = await openSession();
  const content = await fetch(new URL('../fixtures/chirp.mp3', import.meta.url));
  const file = new File([await content.arrayBuffer()], 'chirp.mp3');
  const player = await FilePlayer.open(session, file, { loop: true });
  expect(player.status.durationSec).toBe(0.5);
  const ears = new Ears(session);
  player.play();
  await ears.hear(() => ears.left.length > 60_000);
  const wanted = chirp(24_000);
  const largest = ears.left.reduce(
    (most, sample, i) => Math.max(most, Math.abs(sample - wanted[i % 24_000]!)),
    0,
  );
  // 64 kbit/s; a frame too many would make it a whole one.
  expect(largest).toBeLessThan(0.2);
});

test('a file that breaks off is played up to there, and says where', async () => {
  const session = await openSession();
  const sound = await opusFile([chirp(96_000)], rateHz, 'x.mp4', new Mp4OutputFormat());
  const bytes = new Uint8Array(await sound.arrayBuffer());
  bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 3000);
  const player = await FilePlayer.open(session, new File([bytes], 'broken.mp4'));
  const ears = new Ears(session);
  player.play();
  await ears.hear(() => player.status.state === 'failed');
  expect(player.status.error).toMatchObject({ code: 'file-damaged' });
  expect(player.status.error?.message).toMatch(/“broken\.mp4” is damaged [01]\.\d s from/);
});

const noise = new File([new Uint8Array(5000).map((_, i) => (i * 7919) % 251)], 'noise.bin');
const wav = (): File => floatWav([ramp(0, 1000)], rateHz, 'ramp.wav');

test('what is no audio, and what comes from elsewhere, is refused with a reason', async () => {
  const session = await openSession();
  const words = /^“noise\.bin” is no audio file that can be read/;
  await expect(FilePlayer.open(session, noise)).rejects.toThrow(words);
  const foreign = FilePlayer.open(session, 'https://example.org/music.mp3');
  await expect(foreign).rejects.toMatchObject({ code: 'address-refused' });
  const many = floatWav(
    [1, 2, 3].map(() => ramp(0, 100)),
    rateHz,
    'three.wav',
  );
  await expect(FilePlayer.open(session, many)).rejects.toMatchObject({ code: 'too-many-channels' });
  expect(session.sources.every((source) => source === null)).toBe(true);
});

test('an input that is taken stays as it is; one that somebody takes closes the player', async () => {
  const session = await openSession();
  const player = await FilePlayer.open(session, wav(), { input: 2 });
  const second = FilePlayer.open(session, wav(), { input: 2 });
  await expect(second).rejects.toMatchObject({ code: 'input-taken' });
  expect(player.status.state).toBe('paused');
  await session.capture({ kind: 'oscillator' }, { input: 2 });
  expect(player.status.state).toBe('closed');
});
