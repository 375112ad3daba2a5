import { afterEach, describe, expect, test } from 'vitest';
import { type AudioSource, Session } from '../../web/lib/index.ts';

const sampleRate = 48_000;
let session: Session | undefined;

afterEach(() => session?.close());

async function open(offline = '/offline.wasm'): Promise<Session> {
  session = await Session.create({ sampleRate, assets: { engine: '/engine.wasm', offline } });
  return session;
}

/** A node that delays by any number of frames, exactly: a sinc under a Hann window. */
function fractionalDelay(context: AudioContext, frames: number): ConvolverNode {
  const half = 256;
  const buffer = new AudioBuffer({ length: Math.ceil(frames) + 2 * half, sampleRate });
  const kernel = buffer.getChannelData(0);
  for (let i = 0; i < kernel.length; i += 1) {
    const x = i - frames;
    if (Math.abs(x) >= half) continue;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    kernel[i] = sinc * Math.cos((Math.PI * x) / (2 * half)) ** 2;
  }
  return new ConvolverNode(context, { buffer, disableNormalization: true });
}

/** Waits for some chunks of 32 ms of audio. */
async function untilAudio({ bus }: Session, chunks: number): Promise<void> {
  using listener = bus.listen();
  for (let i = 0; i < chunks; i += 1) await listener.recv();
}

/** White noise of -6 dBFS peak, running. */
function noiseSource(context: AudioContext): AudioBufferSourceNode {
  const buffer = new AudioBuffer({ length: 10 * sampleRate, sampleRate });
  const samples = buffer.getChannelData(0);
  let state = 1;
  for (let i = 0; i < samples.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    samples[i] = 0.5 * (state / 2 ** 31);
  }
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.start();
  return source;
}

describe('the latency of a digital loop', () => {
  test.each([0, 128, 4801, 24_000.5])('is that of a DelayNode of %d frames', async (frames) => {
    const { context } = await open();
    const loop = new DelayNode(context, { delayTime: frames / sampleRate, maxDelayTime: 1 });
    const reading = await session!.measureLatency({ output: loop, from: loop });
    expect(reading).toMatchObject({ found: true, inverted: false });
    expect(Math.abs(reading.frames - frames)).toBeLessThan(0.05);
    expect(reading.ms).toBeCloseTo((1000 * reading.frames) / sampleRate, 9);
    expect(reading.uncertaintyFrames).toBeLessThan(0.05);
    expect(reading.snrDb).toBeGreaterThan(10);
  });

  test.each([300.37, 1000.123, 9999.9])('is found between frames: %d', async (frames) => {
    const { context } = await open();
    const loop = fractionalDelay(context, frames);
    const { frames: found } = await session!.measureLatency({ output: loop, from: loop });
    expect(Math.abs(found - frames)).toBeLessThan(0.05);
  });

  test('is found under louder noise, within its uncertainty, and turned over', async () => {
    const { context } = await open();
    const loop = new DelayNode(context, { delayTime: 0.1, maxDelayTime: 1 });
    const turned = new GainNode(context, { gain: -0.5 });
    const hiss = noiseSource(context);
    loop.connect(turned);
    hiss.connect(turned);
    const reading = await session!.measureLatency({ output: loop, from: turned, levelDb: -20 });
    expect(reading).toMatchObject({ found: true, inverted: true });
    expect(Math.abs(reading.frames - 4800)).toBeLessThan(5 * reading.uncertaintyFrames);
    expect(reading.uncertaintyFrames).toBeLessThan(0.1);
    expect(reading.snrDb).toBeGreaterThan(-14);
    expect(reading.snrDb).toBeLessThan(-6);
  });

  test('is not found where nothing comes back', async () => {
    const { context } = await open();
    const nowhere = new GainNode(context);
    const reading = await session!.measureLatency({ output: nowhere, from: new GainNode(context) });
    expect(reading).toEqual({
      ...{ found: false, inverted: false },
      ...{ frames: NaN, ms: NaN, uncertaintyFrames: NaN, snrDb: NaN },
    });
  });
});

test.each([8000, 44_100, 96_000])('the latency is found at %i Hz', async (rate) => {
  session = await Session.create({
    ...{ sampleRate: rate, quantumFrames: 480 },
    assets: { engine: '/engine.wasm', offline: '/offline.wasm' },
  });
  const delayTime = 2345 / rate;
  const loop = new DelayNode(session.context, { delayTime, maxDelayTime: 1 });
  const { frames } = await session.measureLatency({ output: loop, from: loop });
  expect(Math.abs(frames - 2345)).toBeLessThan(0.05);
});

describe('the delay between two inputs', () => {
  test('is that of the node between them, whatever else they hold', async () => {
    const { context } = await open();
    for (const input of [0, 1]) {
      await session!.capture({ kind: 'oscillator', levelDb: -40, frequencyHz: 500 }, { input });
    }
    const [near, far] = session!.sources.map((source) => (source as AudioSource | null)?.node);
    const hiss = noiseSource(context);
    hiss.connect(near!);
    hiss.connect(new DelayNode(context, { delayTime: 0.025 })).connect(far!);
    const reading = await session!.measureDelay();
    expect(reading).toMatchObject({ found: true, inverted: false });
    expect(Math.abs(reading.frames - 1200)).toBeLessThan(0.05);
    expect(reading.ms).toBeCloseTo(25, 2);
    const { frames } = await session!.measureDelay({ first: 1, second: 0 });
    expect(Math.abs(frames + 1200)).toBeLessThan(0.05);
  });

  test('is not found without anything in common', async () => {
    await open();
    await session!.capture({ kind: 'oscillator' });
    await expect(session!.measureDelay()).rejects.toThrow(
      'measureDelay.second must be an input with a source, was 1.',
    );
    await session!.capture(
      { kind: 'oscillator', levelDb: -120, frequencyHz: 96_000 },
      { input: 1 },
    );
    expect(await session!.measureDelay()).toMatchObject({ found: false, frames: NaN });
  });
});

describe('a measurement', () => {
  test('hears the source of an input', async () => {
    const { context } = await open();
    await session!.capture({ kind: 'oscillator', levelDb: -60 }, { input: 2 });
    const { node } = session!.sources[2] as AudioSource;
    const loop = new DelayNode(context, { delayTime: 0.01 });
    loop.connect(node);
    const { frames } = await session!.measureLatency({ input: 2, output: loop, levelDb: 0 });
    expect(Math.abs(frames - 480)).toBeLessThan(0.05);
  });

  test('ends with its signal, and with the session', async () => {
    const { context } = await open();
    const from = new GainNode(context);
    const reason = new Error('enough');
    const abort = new AbortController();
    const first = session!.measureLatency({ from, output: from, signal: abort.signal });
    abort.abort(reason);
    await expect(first).rejects.toBe(reason);
    // Aborted as it began, and now in the middle of the recording.
    const next = new AbortController();
    const middle = session!.measureLatency({ from, output: from, signal: next.signal });
    await untilAudio(session!, 20);
    next.abort(reason);
    await expect(middle).rejects.toBe(reason);
    const second = session!.measureLatency({ from, output: from });
    await untilAudio(session!, 20);
    const [told] = await Promise.allSettled([second, session!.close()]);
    expect(told.status).toBe('rejected');
  });

  test('is refused without a source, with a wrong level and without its module', async () => {
    const { context } = await open('/nowhere.wasm');
    await expect(session!.measureLatency({ input: 3 })).rejects.toThrow(
      'measureLatency.input must be one with a source, was 3.',
    );
    const from = new GainNode(context);
    await expect(session!.measureLatency({ from, levelDb: 1 })).rejects.toThrow(
      'measureLatency.levelDb must be from -80 to 0 dBFS, was 1.',
    );
    await expect(session!.measureLatency({ from })).rejects.toMatchObject({
      code: 'asset-missing',
    });
  });
});
