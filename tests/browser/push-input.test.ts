import { afterEach, expect, test } from 'vitest';
import { type PushInputOptions, Session } from '../../web/lib/index.ts';
import type { Pushed, PushTask } from '../support/push-worker.ts';
import { fitSine } from '../support/sine-fit.ts';

const toneHz = 997;
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openSession(): Promise<Session> {
  const session = await Session.create({
    sampleRate: 48_000,
    assets: { engine: '/engine.wasm' },
  });
  closers.push(() => session.close());
  return session;
}

/** The next frames of the mix, left. */
async function listenToMix({ mix }: Session, frames: number): Promise<Float32Array> {
  using listener = mix.listen();
  await listener.ready(frames);
  expect(listener.view(frames).status).toBe('ok');
  const left = new Float32Array(frames);
  listener.copyTo(0, left);
  expect(listener.confirm().status).toBe('ok');
  return left;
}

/** Listens until a figure of the mix has come to pass; without it the test times out. */
async function until({ mix }: Session, holds: () => boolean): Promise<void> {
  using listener = mix.listen();
  while (!holds()) {
    await listener.ready(128);
    listener.drainToLatest(128);
    listener.confirm();
  }
}

const tone = (first: number, frames: number, rateHz: number): Float32Array =>
  Float32Array.from(
    { length: frames },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * toneHz * (first + i)) / rateHz),
  );

test('a Worker pushes a tone at 44.1 kHz, and the mix has it without a gap', async () => {
  const session = await openSession();
  const push = await session.pushInput({ input: 2, sampleRate: 44_100, pace: 'on-demand' });
  const worker = new Worker(new URL('../support/push-worker.ts', import.meta.url), {
    type: 'module',
  });
  closers.push(() => worker.terminate());
  const { promise: pushed, resolve, reject } = Promise.withResolvers<Pushed>();
  worker.onmessage = ({ data }: MessageEvent<Pushed>) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  const task: PushTask = {
    ...{ data: push.producer.transfer(), frequencyHz: toneHz, amplitude: 0.5 },
  };
  worker.postMessage(task);
  await until(session, () => push.status.takenFrames > 10_000);
  const { amplitude, residual } = fitSine(
    await listenToMix(session, 96_000),
    toneHz,
    session.sampleRate,
  );
  expect(amplitude).toBeCloseTo(0.5, 4);
  expect(residual).toBeLessThan(1e-5);
  expect(push.status).toMatchObject({ underruns: 0, gapFrames: 0, overruns: 0, playing: true });
  expect(session.sources[2]).toBe(push);
  expect(session.status.state).toBe('running');
  push.close();
  const told = await pushed;
  expect(told.droppedFrames).toBe(0);
  expect(session.status).toMatchObject({ state: 'idle', reason: 'source-closed' });
});

test('the page pushes at the context’s rate, and every frame is accounted for', async () => {
  const session = await openSession();
  const rate = session.sampleRate;
  const push = await session.pushInput({ sampleRate: rate, channels: 1, pace: 'on-demand' });
  const { producer } = push;
  for (let i = 0; i < 200; i += 1) {
    await producer.ready(1000);
    expect(producer.pushAll([tone(producer.pushedFrames, 1000, rate)])).toBe(true);
  }
  await until(session, () => push.status.pendingFrames === 0 && !push.status.playing);
  const { pushedFrames, takenFrames, overruns, underruns } = push.status;
  expect([pushedFrames, takenFrames, overruns]).toEqual([200_000, 200_000, 0]);
  // It ran dry at the end.
  expect(underruns).toBeGreaterThanOrEqual(1);
  expect(push.status.copying).toBe(true);
});

test('a source that pushes too much at once is cut to its target and says so', async () => {
  const session = await openSession();
  const push = await session.pushInput({ sampleRate: 48_000, channels: 1, targetFrames: 1000 });
  const { producer } = push;
  expect(producer.pushOrDrop([tone(0, 10_000, 48_000)])).toBe(1808);
  await until(session, () => push.status.skippedFrames > 0);
  const { pushedFrames, droppedFrames, overruns, skippedFrames } = push.status;
  expect(pushedFrames + droppedFrames).toBe(10_000);
  expect(overruns).toBe(2);
  expect(skippedFrames).toBeGreaterThan(4000);
});

test('a source takes a push input’s place, and the other way round', async () => {
  const session = await openSession();
  const first = await session.pushInput({ sampleRate: 48_000 });
  await session.capture({ kind: 'oscillator', levelDb: -6 });
  expect(first.producer.closed).toBe(true);
  expect(session.source?.kind).toBe('oscillator');
  await until(session, () => (session.telemetry.engine?.quantumPeakLeft ?? 0) > 0.4);
  const second = await session.pushInput({ sampleRate: 48_000, label: 'Radio' });
  expect([session.source, second.label, second.kind]).toEqual([second, 'Radio', 'push']);
  await until(session, () => session.telemetry.engine?.quantumPeakLeft === 0);
  await session.close();
  expect(second.producer.closed).toBe(true);
});

test.each<[Partial<PushInputOptions>, string]>([
  [{ input: 8 }, 'input must be a whole number from 0 to 7, was 8.'],
  [{ sampleRate: 2999 }, 'sampleRate must be from 3000 to 384000 Hz, was 2999.'],
  [{ sampleRate: 44_100.5 }, 'sampleRate must be a whole number, was 44100.5.'],
  [{ channels: 3 }, 'channels must be from 1 to 2 channels, was 3.'],
  [{ targetFrames: 0 }, 'targetFrames must be from 1 to 2730 frames, was 0.'],
  [{ pace: 'fast' as 'on-demand' }, 'pace must be source-clock or on-demand, was fast.'],
])('a push input with %o is refused', async (options, message) => {
  const session = await openSession();
  const refused = session.pushInput({ sampleRate: 48_000, ...options });
  await expect(refused).rejects.toThrow(new RangeError(`pushInput.${message}`));
  expect(session.status.state).toBe('idle');
});
