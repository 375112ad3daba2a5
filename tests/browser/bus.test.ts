import { afterEach, describe, expect, test } from 'vitest';
import { AudioBus, AudioCapture, type AudioChunk, Session } from '../../web/lib/index.ts';
import { SharedClock } from '../../web/shared/shared-clock.ts';
import { OfflineGraph } from '../support/graph.ts';
import type { Heard, ListenTask } from '../support/listener-worker.ts';
import { fitSine } from '../support/sine-fit.ts';

const toneHz = 997;
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openSession(sampleRate?: number): Promise<Session> {
  const rate = sampleRate === undefined ? {} : { sampleRate };
  const session = await Session.create({ ...rate, assets: { engine: '/engine.wasm' } });
  closers.push(() => session.close());
  return session;
}

function startWorker(): Worker {
  const url = new URL('../support/listener-worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module' });
  closers.push(() => worker.terminate());
  return worker;
}

function listenIn(worker: Worker, task: ListenTask): Promise<Heard> {
  const { promise, resolve, reject } = Promise.withResolvers<Heard>();
  worker.onmessage = ({ data }: MessageEvent<Heard>) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(task);
  return promise;
}

/** How far a tone that begins at time 0 is from where the chunk's time says, in milliseconds. */
function timeErrorMs({ timestampMs, samples, sampleRate }: AudioChunk): number {
  const turns = fitSine(samples, toneHz, sampleRate).phase / (2 * Math.PI);
  const error = turns - (timestampMs * toneHz) / 1000;
  return ((error - Math.round(error)) / toneHz) * 1000;
}

describe.each([8000, 44_100, 48_000, 96_000])('the voice at a context of %i Hz', (sampleRate) => {
  test('is the tone at its level, without gaps and at its time', async () => {
    const frames = 128 * Math.ceil((4 * sampleRate) / 128);
    const graph = await OfflineGraph.create({ sampleRate, quantumFrames: 128, frames });
    const tone = Float32Array.from(
      { length: frames },
      (_, i) => 0.5 * Math.sin((2 * Math.PI * toneHz * i) / sampleRate),
    );
    graph.source([tone]).connect(graph.processor.node);
    const listener = graph.buses.voice.listen();
    await graph.context.startRendering();
    const chunks: AudioChunk[] = [];
    for (let next = listener.tryRecv(); next !== undefined; next = listener.tryRecv()) {
      chunks.push(next);
    }
    expect(chunks.length).toBeGreaterThan(120);
    chunks.forEach((chunk, seq) => expect(chunk.seq).toBe(seq));
    // The first one holds the filter's onset.
    for (const chunk of chunks.slice(1)) {
      const { amplitude, residual } = fitSine(chunk.samples, toneHz, chunk.sampleRate);
      expect(20 * Math.log10(amplitude / 0.5)).toBeCloseTo(0, 1);
      expect(residual).toBeLessThan(1e-4);
      expect(Math.abs(timeErrorMs(chunk))).toBeLessThan(0.001);
      expect(chunk.valid).toBe(true);
    }
  });

  test('is followed by the mix, frame by frame', async () => {
    const frames = 128 * 100;
    const graph = await OfflineGraph.create({ sampleRate, quantumFrames: 128, frames });
    const ramp = Float32Array.from({ length: frames }, (_, i) => i / frames);
    graph.source([ramp, ramp.map((x) => -x)]).connect(graph.processor.node);
    const listener = graph.buses.mix.listen();
    await graph.context.startRendering();
    expect(await listener.ready(frames)).toBe(true);
    expect(listener.view(frames).status).toBe('ok');
    const [left, right] = [new Float32Array(frames), new Float32Array(frames)];
    listener.copyTo(0, left);
    listener.copyTo(1, right);
    expect(listener.confirm().status).toBe('ok');
    expect(left).toEqual(ramp);
    expect(right).toEqual(ramp.map((x) => -x));
    expect(listener.pending).toBe(0);
  });
});

describe('a running session', () => {
  test('gives the chunks of its oscillator on the page', async () => {
    const session = await openSession(48_000);
    const source = await session.capture({ kind: 'oscillator', frequencyHz: toneHz, levelDb: -6 });
    using listener = source.listen({ name: 'page' });
    const chunks: AudioChunk[] = [];
    for await (const chunk of listener) {
      chunks.push(chunk);
      if (chunks.length === 30) break;
    }
    const first = chunks[0]!;
    const start = timeErrorMs(chunks.at(-1)!);
    chunks.forEach((chunk, i) => {
      expect(chunk.seq).toBe(first.seq + i);
      expect(chunk.timestampMs - first.timestampMs).toBeCloseTo(i * 32, 6);
    });
    // The oscillator's own start is some quantum; from then on all are as far from it.
    for (const chunk of chunks.slice(10)) {
      expect(fitSine(chunk.samples, toneHz, 16_000).amplitude).toBeCloseTo(0.5012, 3);
      expect(Math.abs(timeErrorMs(chunk) - start)).toBeLessThan(0.1);
    }
    expect(session.telemetry.pipeline).toMatchObject([{ name: 'page', deliveredChunks: 30 }]);
  });

  test('hands a listener to a Worker, which sees every chunk once', async () => {
    const session = await openSession();
    await session.capture({ kind: 'oscillator', frequencyHz: toneHz });
    const here = session.bus.listen({ name: 'worker' });
    const before = (await here.recv())!.seq;
    const heard = await listenIn(startWorker(), { data: here.transfer(), chunks: 30 });
    expect(heard.chunks.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 30 }, (_, i) => before + 1 + i),
    );
    expect(heard.chunks.every(({ valid }) => valid)).toBe(true);
    expect([heard.delivered, heard.dropped]).toEqual([31, 0]);
  });

  test('mixes what is at its inputs, and goes on while one of them is open', async () => {
    const session = await openSession();
    const tones = [500, 1500].map((frequencyHz, input) =>
      session.capture({ kind: 'oscillator', frequencyHz, levelDb: -20 }, { input: 3 * input }),
    );
    const [low, high] = await Promise.all(tones);
    expect(session.sources.map((source) => source?.label ?? '')).toEqual([
      'Oscillator',
      '',
      '',
      'Oscillator',
      ...['', '', '', ''],
    ]);
    expect([low!.input, high!.input, session.source]).toEqual([0, 3, low]);
    using listener = session.bus.listen();
    // Past the quanta in which they came.
    for (let i = 0; i < 4; i += 1) await listener.recv();
    const both = (await listener.recv())!.samples;
    for (const hz of [500, 1500]) expect(fitSine(both, hz, 16_000).amplitude).toBeCloseTo(0.1, 2);
    low!.close();
    expect(session.status.state).toBe('running');
    high!.close();
    expect(session.status).toMatchObject({ state: 'idle', reason: 'source-closed' });
  });

  test('ends the loops of its listeners when it is closed', async () => {
    const session = await openSession();
    await session.capture({ kind: 'oscillator' });
    const listener = session.bus.listen();
    let chunks = 0;
    for await (const _ of listener) {
      chunks += 1;
      if (chunks === 3) await session.close();
    }
    expect(chunks).toBeGreaterThanOrEqual(3);
    expect(listener.pending).toBe(0);
  });

  test('refuses an input that it does not have', async () => {
    const session = await openSession();
    for (const input of [-1, 8, 0.5]) {
      await expect(session.capture({ kind: 'oscillator' }, { input })).rejects.toThrow(
        new RangeError(`capture.input must be a whole number from 0 to 7, was ${input}.`),
      );
    }
  });

  test('reads its clock and shares it', async () => {
    const session = await openSession();
    await session.capture({ kind: 'oscillator' });
    using listener = session.bus.listen();
    let chunk = (await listener.recv())!;
    while (session.clock.driftPpm === null) chunk = (await listener.recv())!;
    const performanceMs = session.clock.toPerformanceMs(chunk.timestampMs)!;
    expect(session.clock.toAudioMs(performanceMs)).toBeCloseTo(chunk.timestampMs, 2);
    expect(listener.clock.toPerformanceMs(chunk.timestampMs)).toBe(performanceMs);
    const { driftPpm, driftPpmConfidence, clockStepsMs } = session.telemetry.snapshot();
    expect([driftPpm, driftPpmConfidence, clockStepsMs].every(Number.isFinite)).toBe(true);
  });
});

test('a Worker reads the page’s clock in its own', async () => {
  const bus = AudioBus.create({ capacityChunks: 2 });
  const wallMs = performance.timeOrigin + 5000;
  new SharedClock(bus.address.clock).write({ audioMs: 0, wallMs, wallPerAudio: 1 });
  const data = bus.listen().transfer();
  bus.publish(new Float32Array(512).fill(0.25), 20);
  const heard = await listenIn(startWorker(), { data, chunks: 1 });
  expect(heard.wallMs).toBeCloseTo(wallMs + 20, 2);
  expect(heard.chunks[0]).toMatchObject({ seq: 0, timestampMs: 20 });
  expect(heard.chunks[0]!.samples).toEqual(new Float32Array(512).fill(0.25));
});

describe('an AudioCapture', () => {
  test('streams chunks of its length and gives everything back', async () => {
    const session = await openSession();
    const capture = new AudioCapture({
      ...{ sampleRate: 16_000, bufferFrames: 4096, session },
      source: { kind: 'oscillator', frequencyHz: toneHz, levelDb: -6 },
    });
    const chunks: AudioChunk[] = [];
    for await (const audio of capture.stream()) {
      chunks.push(audio);
      if (chunks.length === 4) break;
    }
    expect(chunks.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
    for (const { samples, sampleRate } of chunks) {
      expect([samples.length, sampleRate]).toEqual([4096, 16_000]);
    }
    expect(fitSine(chunks[3]!.samples, toneHz, 16_000).amplitude).toBeCloseTo(0.5012, 3);
    expect(chunks[3]!.timestampMs - chunks[0]!.timestampMs).toBeCloseTo(768, 6);
    expect(session.source).toBeNull();
    expect(session.telemetry.pipeline).toEqual([]);
  });

  test('ends its streams when it is closed', async () => {
    const session = await openSession();
    const source = { kind: 'oscillator' } as const;
    const capture = new AudioCapture({ bufferFrames: 256, session, source });
    let chunks = 0;
    for await (const _ of capture.stream()) {
      chunks += 1;
      if (chunks === 2) await capture.close();
    }
    expect(chunks).toBe(2);
    expect(session.source).toBeNull();
  });

  test.each([
    [{ bufferFrames: 1000 }, 'bufferFrames must be a power of two from 256 to 32768, was 1000.'],
    [{ bufferFrames: 128 }, 'bufferFrames must be a power of two from 256 to 32768, was 128.'],
    [{ bufferFrames: 65_536 }, 'bufferFrames must be a power of two from 256 to 32768, was 65536.'],
    [{ sampleRate: 44_100 }, 'sampleRate must be 16000 Hz, was 44100.'],
  ])('with %o is refused', (options, message) => {
    expect(() => new AudioCapture(options)).toThrow(new RangeError(`capture.${message}`));
  });
});
