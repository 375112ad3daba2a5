import { describe, expect, test } from 'vitest';
import { AudioBus, type AudioChunk, Listener, MixBus } from '../../web/lib/bus/index.ts';
import { Regrouper } from '../../web/lib/bus/regrouper.ts';
import { allocateClock, allocateTable } from '../../web/lib/bus/ring-address.ts';
import { BroadcastMemory, broadcastRingBytes } from '../../web/shared/broadcast-ring.ts';
import { FrameRingWriter, frameRingShape } from '../../web/shared/frame-ring.ts';
import { constants } from '../../web/shared/layout.gen.ts';
import { SharedClock } from '../../web/shared/shared-clock.ts';
import { seededRandom } from '../support/random.ts';

const chunkFrames = 4;

function smallBus(capacityChunks = 4): AudioBus {
  return AudioBus.create({ capacityChunks, chunkFrames, sampleRate: 16000 });
}

/** Publishes chunks whose samples are their number. */
function publish(bus: AudioBus, chunks: number): void {
  for (let i = 0; i < chunks; i += 1) {
    bus.publish(new Float32Array(chunkFrames).fill(bus.published));
  }
}

function counts({ delivered, dropped, pending }: Listener): number[] {
  return [delivered, dropped, pending];
}

describe('a listener', () => {
  test('begins with the next chunk and gets each in order, in place', () => {
    const bus = smallBus();
    publish(bus, 1);
    const listener = bus.listen();
    expect(listener.tryRecv()).toBeUndefined();
    publish(bus, 2);
    const chunks = [listener.tryRecv()!, listener.tryRecv()!];
    expect(chunks.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(chunks.map(({ timestampMs }) => timestampMs)).toEqual([0.25, 0.5]);
    expect(chunks[1]!.samples.buffer).toBe(bus.address.buffer);
    expect([...chunks[1]!.samples]).toEqual([2, 2, 2, 2]);
    expect(counts(listener)).toEqual([2, 0, 0]);
  });

  test('that was lapped goes on with the newest chunk and counts the rest exactly', () => {
    const bus = smallBus();
    const listener = bus.listen();
    publish(bus, 1);
    listener.tryRecv();
    publish(bus, 9);
    expect(listener.tryRecv()!.seq).toBe(9);
    expect(counts(listener)).toEqual([2, 8, 0]);
  });

  test('that drains to the latest gets it and drops what was before it only', () => {
    const bus = smallBus(8);
    const listener = bus.listen();
    publish(bus, 5);
    expect(listener.drainToLatest()!.seq).toBe(4);
    expect(counts(listener)).toEqual([1, 4, 0]);
    expect(listener.drainToLatest()).toBeUndefined();
  });

  test('that skips ahead has nothing left and says how much that was', () => {
    const bus = smallBus(8);
    const listener = bus.listen();
    publish(bus, 3);
    expect(listener.lagMs).toBe((3 * chunkFrames) / 16);
    expect(listener.skipAhead()).toBe(3);
    expect(counts(listener)).toEqual([0, 3, 0]);
  });

  test('always has delivered, dropped and pending add up to what was published', () => {
    const random = seededRandom(11);
    const bus = smallBus();
    publish(bus, 2);
    const listener = bus.listen();
    for (let turn = 0; turn < 5000; turn += 1) {
      const act = Math.floor(random() * 4);
      if (act === 0) publish(bus, Math.floor(random() * 7));
      else if (act === 1) listener.tryRecv();
      else if (act === 2) listener.drainToLatest();
      else if (turn % 10 === 0) listener.skipAhead();
      const { delivered, dropped, pending } = listener;
      expect(delivered + dropped + pending).toBe(bus.published - 2);
    }
    expect(listener.delivered).toBeGreaterThan(100);
    expect(listener.dropped).toBeGreaterThan(100);
  });

  test('waits for the next chunk', async () => {
    const bus = smallBus();
    const listener = bus.listen();
    const received = listener.recv();
    publish(bus, 1);
    expect((await received)!.seq).toBe(0);
    expect(listener.handOffMs).toBeGreaterThanOrEqual(0);
  });

  test('waits on memory that is not shared too', async () => {
    const shape = { capacity: 2, slotFrames: 4, channels: 1, metaWords: 2, rateHz: 16000 };
    const buffer = new ArrayBuffer(broadcastRingBytes(shape));
    BroadcastMemory.create(buffer, 0, shape);
    const [table, clock] = [allocateTable(), allocateClock()];
    const bus = AudioBus.attach({ buffer, byteOffset: 0, table, clock });
    const listener = bus.listen();
    const received = listener.recv();
    setTimeout(() => publish(bus, 1));
    expect((await received)!.seq).toBe(0);
    expect(() => listener.transfer()).toThrow(/not shared/);
  });

  test('whose wait is aborted keeps the chunk for the next call', async () => {
    const bus = smallBus();
    const listener = bus.listen();
    const abort = new AbortController();
    const received = listener.recv({ signal: abort.signal });
    abort.abort(new Error('enough'));
    publish(bus, 1);
    await expect(received).rejects.toThrow('enough');
    expect(counts(listener)).toEqual([0, 0, 1]);
    expect((await listener.recv())!.seq).toBe(0);
  });

  test('is iterated until the bus is closed and what was left is read', async () => {
    const bus = smallBus();
    const listener = bus.listen();
    publish(bus, 2);
    const seen: number[] = [];
    for await (const { seq } of listener) {
      seen.push(seq);
      if (seq === 1) publish(bus, 2);
      if (seq === 2) bus.close();
    }
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(await listener.recv()).toBeUndefined();
  });

  test('that is closed ends its loop and refuses to receive', async () => {
    const bus = smallBus();
    const listener = bus.listen();
    publish(bus, 2);
    const seen: number[] = [];
    for await (const { seq } of listener) {
      seen.push(seq);
      listener.close();
    }
    expect(seen).toEqual([0]);
    expect(() => listener.tryRecv()).toThrow(/“listener” is closed/);
    await expect(listener.recv()).rejects.toThrow(DOMException);
  });
});

describe('a chunk', () => {
  test('is valid until the ring comes round, and its copy for good', () => {
    const bus = smallBus(2);
    const listener = bus.listen();
    publish(bus, 1);
    const chunk = listener.tryRecv()!;
    const copy = chunk.copy()!;
    publish(bus, 1);
    expect(chunk.valid).toBe(true);
    publish(bus, 1);
    expect([chunk.valid, copy.valid]).toEqual([false, true]);
    expect(chunk.copy()).toBeUndefined();
    expect([...copy.samples]).toEqual([0, 0, 0, 0]);
    expect(copy.samples.buffer).not.toBe(bus.address.buffer);
    expect(copy.copy()!.samples).not.toBe(copy.samples);
  });
});

describe('a listener that is handed over', () => {
  test('goes on in the other thread where it stood, and the old one is closed', () => {
    const bus = smallBus(8);
    const here = bus.listen({ name: 'vad' });
    publish(bus, 3);
    here.tryRecv();
    const data = here.transfer();
    expect(() => here.tryRecv()).toThrow(/closed/);
    const there = Listener.attach(data);
    expect(counts(there)).toEqual([1, 0, 2]);
    expect(there.tryRecv()!.seq).toBe(1);
    expect(bus.listeners).toMatchObject([{ name: 'vad', deliveredChunks: 2 }]);
  });

  test('twice, because its thread was lost, is shown as the newest one', () => {
    const bus = smallBus(8);
    const data = bus.listen({ name: 'stt' }).transfer();
    const lost = Listener.attach(data);
    publish(bus, 4);
    lost.tryRecv();
    const { epoch } = bus.listeners[0]!;
    const next = Listener.attach(data);
    next.drainToLatest();
    lost.tryRecv();
    lost.close();
    expect(bus.listeners).toHaveLength(1);
    expect(bus.listeners[0]).toMatchObject({ deliveredChunks: 1, droppedChunks: 3 });
    expect(bus.listeners[0]!.epoch).toBeGreaterThan(epoch);
  });

  test('after its place went to another one takes a new place', () => {
    const bus = smallBus();
    const data = bus.listen({ name: 'first' }).transfer();
    Listener.attach(data).close();
    bus.listen({ name: 'second' });
    Listener.attach(data);
    expect(bus.listeners.map(({ name }) => name)).toEqual(['second', 'first']);
  });
});

describe('the status', () => {
  test('shows each listener with its own figures', () => {
    const bus = smallBus();
    const fast = bus.listen({ name: 'fast' });
    const slow = bus.listen({ name: 'langsam – ♪' });
    publish(bus, 3);
    for (let i = 0; i < 3; i += 1) fast.tryRecv();
    fast.reportInference(1.5);
    expect(bus.listeners).toEqual([
      {
        ...{ name: 'fast', epoch: 1, audioLagMs: 0, inferenceTimeMs: 1.5, handOffMs: null },
        ...{ frameMs: 0.25, deliveredChunks: 3, droppedChunks: 0, pendingChunks: 0 },
      },
      {
        ...{ name: 'langsam – ♪', epoch: 1, audioLagMs: 0.75, inferenceTimeMs: null },
        ...{ handOffMs: null, frameMs: 0.25, deliveredChunks: 0, droppedChunks: 0 },
        pendingChunks: 3,
      },
    ]);
    slow.close();
    expect(bus.listeners.map(({ name }) => name)).toEqual(['fast']);
  });

  test('shows what a listener lost before it has noticed', () => {
    const bus = smallBus(4);
    bus.listen();
    publish(bus, 10);
    expect(bus.listeners).toMatchObject([{ droppedChunks: 6, pendingChunks: 4, audioLagMs: 2.5 }]);
  });

  test('has no room for one listener too many', () => {
    const bus = smallBus();
    const listeners = Array.from({ length: constants.listeners }, () => bus.listen());
    expect(() => bus.listen()).toThrow(
      new RangeError(`bus.listeners must be at most ${constants.listeners}, was one more.`),
    );
    listeners[3]!.close();
    expect(bus.listen().name).toBe('listener');
  });
});

test('the shared clock maps to this thread’s clock and back', () => {
  const bus = smallBus();
  const { clock } = bus.listen();
  expect(clock.toPerformanceMs(5)).toBeNull();
  const wallMs = performance.timeOrigin + 1000;
  new SharedClock(bus.address.clock).write({ audioMs: 200, wallMs, wallPerAudio: 1.001 });
  expect(clock.toPerformanceMs(1200)).toBeCloseTo(2001, 2);
  expect(clock.toAudioMs(2001)).toBeCloseTo(1200, 2);
});

test.each([
  [
    { capacityChunks: 1000 },
    'bus.capacityChunks must be a power of two from 2 to 65536, was 1000.',
  ],
  [{ chunkFrames: 0 }, 'bus.chunkFrames must be from 1 to 65536 frames, was 0.'],
  [{ sampleRate: 1 }, 'bus.sampleRate must be from 3000 to 768000 Hz, was 1.'],
])('a bus of %o is refused', (options, message) => {
  expect(() => AudioBus.create(options)).toThrow(new RangeError(message));
});

test('a chunk of another length is not published', () => {
  expect(() => smallBus().publish(new Float32Array(3))).toThrow(
    new RangeError('bus.publish.samples must be 4 long, was 3.'),
  );
});

describe('a listener of the mix', () => {
  function mix(capacity: number): { bus: MixBus; writer: FrameRingWriter; clock: SharedClock } {
    const shape = frameRingShape(capacity, 2, 48000);
    const buffer = new SharedArrayBuffer(broadcastRingBytes(shape));
    const memory = BroadcastMemory.create(buffer, 0, shape);
    const [table, clock] = [allocateTable(), allocateClock()];
    const bus = new MixBus({ buffer, byteOffset: 0, table, clock });
    return { bus, writer: new FrameRingWriter(memory), clock: new SharedClock(clock) };
  }

  const ramp = (from: number, length: number): [Float32Array, Float32Array] => [
    Float32Array.from({ length }, (_, i) => from + i),
    Float32Array.from({ length }, (_, i) => -(from + i)),
  ];

  test('borrows frames in place and says that they were whole', async () => {
    const { bus, writer } = mix(8);
    const listener = bus.listen();
    writer.write(ramp(0, 4));
    writer.write(ramp(4, 2));
    expect(await listener.ready(6)).toBe(true);
    expect(listener.view(5)).toEqual({ status: 'ok', dropped: 0 });
    expect([...listener.frames(1).first]).toEqual([-0, -1, -2, -3, -4]);
    expect(listener.confirm().status).toBe('ok');
    expect([listener.position, listener.delivered, listener.pending]).toEqual([5, 5, 1]);
  });

  test('that is lapped in the middle of its work loses it, exactly counted', () => {
    const { bus, writer } = mix(8);
    const listener = bus.listen({ name: 'recorder' });
    writer.write(ramp(0, 4));
    listener.view(4);
    for (let i = 1; i < 4; i += 1) writer.write(ramp(4 * i, 4));
    expect(listener.confirm()).toEqual({ status: 'dropout', dropped: 14 });
    expect([listener.delivered, listener.dropped, listener.pending]).toEqual([0, 14, 2]);
    expect(bus.listeners).toMatchObject([{ name: 'recorder', droppedChunks: 14 }]);
  });

  test('begins in the past, as far as the ring holds it and the writer does not come at once', () => {
    const { bus, writer } = mix(32);
    writer.write(ramp(0, 16));
    const positionOf = (pastFrames: number): number => {
      using listener = bus.listen({ pastFrames });
      const { position, delivered, dropped, pending } = listener;
      expect([delivered, dropped, position + pending]).toEqual([0, 0, bus.published]);
      return position;
    };
    expect([0, 5, 16, 99].map(positionOf)).toEqual([16, 11, 0, 0]);
    for (let i = 1; i < 4; i += 1) writer.write(ramp(16 * i, 16));
    expect([0, 5, 30, 99].map(positionOf)).toEqual([64, 59, 34, 34]);
    const listener = bus.listen({ pastFrames: 30 });
    listener.view(30);
    expect([...listener.frames(0).first]).toEqual([...ramp(34, 30)[0]]);
    writer.write(ramp(64, 2));
    expect(listener.confirm().status).toBe('ok');
    expect(() => bus.listen({ pastFrames: -1 })).toThrow('listen.pastFrames must be');
  });

  test('is told when there will not be as many frames as it waits for', async () => {
    const { bus, writer, clock } = mix(8);
    const listener = bus.listen();
    writer.write(ramp(0, 4));
    const ready = listener.ready(5);
    clock.close();
    expect(await ready).toBe(false);
    expect(listener.drainToLatest(1)).toEqual({ status: 'ok', dropped: 3 });
    expect(listener.frames(0).first[0]).toBe(3);
  });
});

describe('chunks regrouped', () => {
  const samplesOf = (chunks: readonly AudioChunk[]): number[][] =>
    chunks.map(({ samples }) => [...samples]);

  test.each([1, 2, 4, 8, 16, 32])('to %i frames carry the same samples and times', (frames) => {
    const bus = smallBus();
    const listener = bus.listen();
    const regrouper = new Regrouper(frames);
    const out: AudioChunk[] = [];
    for (let chunk = 0; chunk < 16; chunk += 1) {
      bus.publish(Float32Array.from({ length: 4 }, (_, i) => chunk * 4 + i));
      out.push(...regrouper.push(listener.tryRecv()!));
    }
    expect(out.map(({ seq }) => seq)).toEqual(Array.from({ length: 64 / frames }, (_, i) => i));
    expect(samplesOf(out).flat()).toEqual(Array.from({ length: 64 }, (_, i) => i));
    out.forEach(({ timestampMs }, i) => expect(timestampMs).toBeCloseTo((i * frames) / 16, 9));
  });

  test('go on at a multiple of their length after a loss', () => {
    const bus = smallBus(4);
    const listener = bus.listen();
    const regrouper = new Regrouper(8);
    const out: AudioChunk[] = [];
    const take = (): number => out.push(...regrouper.push(listener.tryRecv()!));
    publish(bus, 3);
    for (let i = 0; i < 3; i += 1) take();
    publish(bus, 5);
    for (let i = 0; i < 1; i += 1) take();
    publish(bus, 3);
    for (let i = 0; i < 3; i += 1) take();
    expect(out.map(({ seq }) => seq)).toEqual([0, 4]);
    expect(samplesOf(out)[1]).toEqual([8, 8, 8, 8, 9, 9, 9, 9]);
    expect(out[1]!.timestampMs).toBe(2);
  });
});
