import { describe, expect, test } from 'vitest';
import { Producer } from '../../web/lib/bus/index.ts';
import { PushInput } from '../../web/lib/capture/push-input.ts';
import { constants, engineStatus, pushBytes, pushPace } from '../../web/shared/layout.gen.ts';
import type { PushSettings } from '../../web/shared/messages.ts';
import { pushPlace } from '../../web/shared/push-block.ts';
import { engineBuilds, HeadlessEngine } from '../support/engines.ts';
import { noise, seededRandom } from '../support/random.ts';

const quantumFrames = 480;
const silence = [new Float32Array(quantumFrames), new Float32Array(quantumFrames)];
const { sourceClock, onDemand } = pushPace;

const settings = (rateHz: number, channels: number, pace: number): PushSettings => ({
  ...{ rateHz, channels, pace },
  targetFrames: 2048,
});

/** Frame i of a ramp that a float holds exactly and that is never 0. */
const ramp = (first: number, frames: number): Float32Array =>
  Float32Array.from({ length: frames }, (_, i) => (first + i + 1) / 2 ** 20);

/** Pushes a ramp on demand and collects what comes out of the mix, without the silence before it. */
function playRamp(engine: HeadlessEngine, producer: Producer, quanta: number): number[] {
  const heard: number[] = [];
  for (let quantum = 0; quantum < quanta; quantum += 1) {
    producer.pushSome([ramp(producer.pushedFrames, producer.freeFrames)]);
    engine.feed(silence);
    heard.push(...engine.output(quantumFrames)[0]!);
  }
  return heard.slice(heard.findIndex((sample) => sample !== 0));
}

describe.each(engineBuilds)('a push input of the %s build', (build) => {
  test('plays every frame that a producer pushes, once and in order', async () => {
    const engine = await HeadlessEngine.start(build, 2048);
    const producer = engine.openPush(2, settings(48_000, 1, onDemand));
    const heard = playRamp(engine, producer, 100);
    expect(heard.length).toBeGreaterThan(40_000);
    expect(Float32Array.from(heard)).toEqual(ramp(0, heard.length));
    const { takenFrames, skippedFrames, underruns, overruns, playing, copying } = engine.push(2);
    const pending = constants.pushRingFrames - producer.freeFrames;
    expect(takenFrames + pending).toBe(producer.pushedFrames);
    expect([skippedFrames, underruns, overruns]).toEqual([0, 0, 0]);
    expect([playing, copying, producer.droppedFrames]).toEqual([1, 1, 0]);
  });

  test('refuses what it cannot do with a status code', async () => {
    const { exports } = await HeadlessEngine.load(build);
    expect(exports.open_push(0, 48_000, 2, 2048, onDemand)).toBe(engineStatus.notInitialized);
    exports.init(1024);
    const { badRate, badArgument } = engineStatus;
    expect(exports.open_push(0, 2999, 2, 2048, onDemand)).toBe(badRate);
    expect(exports.open_push(0, 384_001, 2, 2048, onDemand)).toBe(badRate);
    expect(exports.open_push(8, 48_000, 2, 2048, onDemand)).toBe(badArgument);
    expect(exports.open_push(-1, 48_000, 2, 2048, onDemand)).toBe(badArgument);
    expect(exports.open_push(0, 48_000, 2, 2048, 2)).toBe(badArgument);
    expect(exports.close_push(8)).toBe(badArgument);
    expect(exports.close_push(0)).toBe(engineStatus.ok);
  });
});

test('all builds publish the same bits with push inputs of every rate and pace', async () => {
  const engines = await Promise.all(engineBuilds.map((build) => HeadlessEngine.start(build, 2048)));
  const plans = [
    { input: 0, ...settings(44_100, 2, sourceClock) },
    { input: 3, ...settings(48_000, 1, sourceClock) },
    { input: 5, ...settings(96_000, 2, onDemand) },
    { input: 6, ...settings(44_100, 1, onDemand) },
  ];
  const sources = plans.map((plan) => ({
    ...plan,
    producers: engines.map((engine) => engine.openPush(plan.input, plan)),
  }));
  const random = seededRandom(2026);
  let now = 0;
  for (let quantum = 0; quantum < 400; quantum += 1) {
    const frames = [1, 127, 128, 480, 2048][quantum % 5]!;
    for (const { producers, rateHz, channels } of sources) {
      // In bursts of uneven lengths, a little too fast in all.
      const burst = Math.round(((now + frames) * rateHz) / 48_000 + random() * 200);
      const due = Math.max(0, burst - producers[0]!.pushedFrames - producers[0]!.droppedFrames);
      const planes = Array.from({ length: channels }, () => noise(due, random));
      for (const producer of producers) producer.pushOrDrop(planes);
    }
    const graph = [noise(frames, random), noise(frames, random)];
    for (const engine of engines) engine.feed(graph);
    now += frames;
  }
  const [first, ...others] = engines.map((engine) => [
    engine.published,
    ...plans.map(({ input }) => wordsOf(engine, input)),
  ]);
  expect(engines[0]!.push(0).playing + engines[0]!.push(5).playing).toBe(2);
  for (const other of others) {
    other.forEach((bytes, i) => expect(Buffer.compare(bytes, first![i]!)).toBe(0));
  }
});

function wordsOf({ buffer }: HeadlessEngine, input: number): Uint8Array {
  return new Uint8Array(buffer, pushPlace(buffer, input).wordsOffset, pushBytes);
}

test('an input goes on in the JavaScript form after a trap, its producer and its counts too', async () => {
  const engine = await HeadlessEngine.start('engine', 2048);
  const producer = engine.openPush(2, settings(48_000, 1, onDemand));
  engine.feed(silence);
  playRamp(engine, producer, 20);
  for (let starved = 0; starved < 20; starved += 1) engine.feed(silence);
  expect(engine.push(2)).toMatchObject({ underruns: 1, playing: 0 });
  const before = engine.push(2).takenFrames;

  const successor = await engine.successor();
  const pushed = producer.pushedFrames;
  const heard = playRamp(successor, producer, 20);
  expect(producer.closed).toBe(false);
  expect(Float32Array.from(heard)).toEqual(ramp(pushed, heard.length));
  expect(successor.push(2)).toMatchObject({ underruns: 1, playing: 1, epoch: 1 });
  const pending = constants.pushRingFrames - producer.freeFrames;
  expect(successor.push(2).takenFrames + pending).toBe(producer.pushedFrames);
  expect(successor.push(2).takenFrames).toBeGreaterThan(before);
});

test('a closed push input ends its producer in another thread where no engine is left', async () => {
  const engine = await HeadlessEngine.start('engine', 1024);
  const input = await PushInput.open(
    engine.buffer,
    settings(48_000, 1, sourceClock),
    { input: 0, sampleRate: 48_000 },
    {
      openPush: (at, { rateHz, channels, targetFrames, pace }) =>
        Promise.resolve(engine.exports.open_push(at, rateHz, channels, targetFrames, pace)),
      closePush: () => Promise.resolve(engineStatus.notInitialized),
    },
  );
  const elsewhere = Producer.attach(input.producer.transfer());
  elsewhere.pushAll([ramp(0, 100)]);
  expect(input.status).toMatchObject({ pushedFrames: 100, pendingFrames: 100, takenFrames: 0 });
  input.close();
  expect(await elsewhere.ready(8192)).toBe(false);
  expect(input.status.pushedFrames).toBe(100);
});

describe('a producer', () => {
  const open = async (channels = 1) => {
    const engine = await HeadlessEngine.start('engine', 1024);
    return { engine, producer: engine.openPush(0, settings(48_000, channels, sourceClock)) };
  };
  const { pushRingFrames } = constants;

  test('pushes all or nothing, some, or drops the rest and counts it', async () => {
    const { producer } = await open();
    expect(producer.pushAll([ramp(0, pushRingFrames - 10)])).toBe(true);
    expect(producer.pushAll([ramp(0, 11)])).toBe(false);
    expect(producer.pushSome([ramp(0, 4)])).toBe(4);
    expect(producer.freeFrames).toBe(6);
    expect(producer.pushOrDrop([ramp(0, 100)])).toBe(94);
    expect(producer.pushOrDrop([ramp(0, 6)])).toBe(6);
    expect(producer.pushSome([ramp(0, 1)])).toBe(0);
    expect([producer.pushedFrames, producer.droppedFrames]).toEqual([pushRingFrames, 100]);
  });

  test('waits until there is room', async () => {
    const { engine, producer } = await open();
    producer.pushSome([ramp(0, pushRingFrames)]);
    expect(await producer.ready(0)).toBe(true);
    const ready = producer.ready(500);
    while (engine.push(0).takenFrames < 500) engine.feed(silence);
    expect(await ready).toBe(true);
    expect(producer.freeFrames).toBeGreaterThanOrEqual(500);
  });

  test('ends its wait when the input is closed, or at a signal', async () => {
    const { engine, producer } = await open();
    producer.pushSome([ramp(0, pushRingFrames)]);
    const aborted = producer.ready(1, { signal: AbortSignal.abort('enough') });
    await expect(aborted).rejects.toBe('enough');
    const ready = producer.ready(1);
    engine.exports.close_push(0);
    expect(await ready).toBe(false);
  });

  test('is cut off when its input is closed or opened anew', async () => {
    const { engine, producer } = await open();
    const next = engine.openPush(0, settings(44_100, 1, onDemand));
    expect(producer.closed).toBe(true);
    expect(producer.pushAll([ramp(0, 10)])).toBe(false);
    expect(producer.pushOrDrop([ramp(0, 10)])).toBe(10);
    expect([next.pushedFrames, next.droppedFrames, next.freeFrames]).toEqual([
      0,
      0,
      pushRingFrames,
    ]);
    engine.exports.close_push(0);
    expect([next.closed, next.freeFrames, next.pushSome([ramp(0, 10)])]).toEqual([true, 0, 0]);
  });

  test('hands its end to another one', async () => {
    const { producer } = await open();
    producer.pushAll([ramp(0, 10)]);
    const heir = Producer.attach(producer.transfer());
    expect(producer.pushAll([ramp(10, 10)])).toBe(false);
    expect(() => producer.transfer()).toThrow('The producer is closed.');
    expect(heir.pushAll([ramp(10, 10)])).toBe(true);
    expect([heir.pushedFrames, heir.sampleRate, heir.channels]).toEqual([20, 48_000, 1]);
  });

  test.each([
    [[], 0, 'planes must be 2 planes, was 0.'],
    [[1], 1, 'planes must be 2 planes, was 1.'],
    [[2, 1], 2, 'planes must be of at least 2 frames, was 1.'],
    [[2, 2], 1.5, 'frames must be a whole number of frames, was 1.5.'],
    [[2, 2], -1, 'frames must be a whole number of frames, was -1.'],
  ])('of two channels refuses planes of %j for %d frames', async (lengths, frames, message) => {
    const { producer } = await open(2);
    const planes = lengths.map((length) => new Float32Array(length));
    for (const push of ['pushAll', 'pushSome', 'pushOrDrop'] as const) {
      expect(() => producer[push](planes, frames)).toThrow(new RangeError(`producer.${message}`));
    }
    await expect(producer.ready(pushRingFrames + 1)).rejects.toThrow(RangeError);
  });
});
