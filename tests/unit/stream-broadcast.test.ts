import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FrameListener } from '../../web/lib/bus/frame-listener.ts';
import { MixBus } from '../../web/lib/bus/mix-bus.ts';
import { allocateClock, allocateTable } from '../../web/lib/bus/ring-address.ts';
import { Broadcast } from '../../web/lib/streamer/broadcast.ts';
import type { EncoderPlan, StreamEncoder } from '../../web/lib/streamer/stream-encoder.ts';
import { streamSettings } from '../../web/lib/streamer/stream-settings.ts';
import type { StreamStatus } from '../../web/lib/streamer/stream-status.ts';
import { BroadcastMemory, broadcastRingBytes } from '../../web/shared/broadcast-ring.ts';
import { FrameRingWriter, frameRingShape } from '../../web/shared/frame-ring.ts';
import { SharedClock } from '../../web/shared/shared-clock.ts';
import { Harbor, harborPassword, openSocket, type Visit } from '../support/harbor.ts';

const rateHz = 48_000;
const blockFrames = 480;
const pageBlocks = 4;
const pageFrames = pageBlocks * blockFrames;
const bitrateKbps = 320;
/** What a page of this bitrate weighs. */
const pageBytes = (bitrateKbps * 40) / 8;
const times = {
  firstMs: 5,
  mostMs: 20,
  settleMs: 20,
  lookMs: 10,
  restMs: 10,
  openMs: 5000,
  stallMs: 5000,
};

/** Stands for a codec: a page is as heavy as one, and holds the numbers of its blocks' first frames. */
class NumberEncoder implements StreamEncoder {
  readonly mime = 'audio/ogg';
  readonly #plan: EncoderPlan;
  #numbers: number[] = [];

  constructor(plan: EncoderPlan) {
    this.#plan = plan;
  }

  encode([left, right]: readonly [Float32Array, Float32Array]): void {
    const [number = -1, twin = -1] = [left[0], right[0]];
    if (number !== -twin) throw new Error('The channels do not belong together.');
    this.#numbers.push(number);
    if (this.#numbers.length === pageBlocks) this.#give();
  }

  finish(): Promise<void> {
    if (this.#numbers.length > 0) this.#give();
    return Promise.resolve();
  }

  close(): void {
    this.#numbers = [];
  }

  #give(): void {
    const bytes = new Uint8Array(pageBytes);
    new Float32Array(bytes.buffer, 0, this.#numbers.length).set(this.#numbers);
    const frames = this.#numbers.length * blockFrames;
    this.#numbers = [];
    this.#plan.onPage({ bytes, frames });
  }
}

/** A mix that goes on as fast as it is told to, and a broadcast of it. */
class Station {
  readonly told: StreamStatus[] = [];
  readonly broadcast: Broadcast;
  readonly over: Promise<void>;
  readonly clock: SharedClock;
  readonly listener: FrameListener;
  readonly #writer: FrameRingWriter;

  constructor(harbor: Harbor, openEncoder = (plan: EncoderPlan) => new NumberEncoder(plan)) {
    const shape = frameRingShape(65_536, 2, rateHz);
    const buffer = new SharedArrayBuffer(broadcastRingBytes(shape));
    const memory = BroadcastMemory.create(buffer, 0, shape);
    const [table, clock] = [allocateTable(), allocateClock()];
    this.clock = new SharedClock(clock);
    this.#writer = new FrameRingWriter(memory);
    this.listener = new MixBus({ buffer, byteOffset: 0, table, clock }).listen();
    const options = { url: harbor.url, user: 'dj', password: harborPassword, bitrateKbps };
    this.broadcast = new Broadcast({
      settings: streamSettings(options, 'http://localhost/'),
      listener: this.listener,
      rateHz,
      mime: 'audio/ogg',
      openEncoder: (plan) => Promise.resolve(openEncoder(plan)),
      link: { open: openSocket, isBlocked: () => false, chance: () => 0, times },
      tell: (status) => this.told.push(status),
    });
    this.over = this.broadcast.run();
  }

  get status(): StreamStatus {
    return this.broadcast.status;
  }

  /** Plays until something is so, and lets the others have their turn after every few blocks. */
  async playUntil(isSo: () => boolean, blocks = pageBlocks): Promise<void> {
    while (!isSo()) {
      this.play(blocks);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  play(blocks: number): void {
    for (let i = 0; i < blocks; i += 1) {
      const first = this.#writer.position;
      const left = Float32Array.from({ length: blockFrames }, (_, frame) => first + frame);
      this.#writer.write([left, left.map((sample) => -sample)]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.broadcast.stop();
    await this.over;
  }
}

/** Numbers of the blocks that came, in the order in which they came. */
const numbersIn = ({ frames }: Visit): number[] => {
  const all = Buffer.concat(frames);
  const numbers: number[] = [];
  for (let at = 0; at + pageBytes <= all.length; at += pageBytes) {
    for (let i = 0; i < pageBlocks; i += 1) numbers.push(all.readFloatLE(at + 4 * i));
  }
  return numbers;
};

const booksOf = ({ sentMs, droppedMs, pendingMs, takenMs }: StreamStatus): number =>
  sentMs + droppedMs + pendingMs - takenMs;

describe('a broadcast', () => {
  let harbor: Harbor;

  beforeEach(async () => {
    harbor = await Harbor.start();
  });

  afterEach(() => harbor[Symbol.asyncDispose]());

  test('sends every frame once and in order, and accounts for each', async () => {
    await using station = new Station(harbor);
    await station.playUntil(() => station.status.sentMs > 4000);
    await vi.waitFor(() => expect(station.status.bufferedBytes).toBe(0));
    await vi.waitFor(() =>
      expect(numbersIn(harbor.visits[0]!).length * 10).toBeGreaterThanOrEqual(4000),
    );
    const numbers = numbersIn(harbor.visits[0]!);
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i * blockFrames));
    expect(station.status.droppedMs).toBe(0);
    expect(booksOf(station.status)).toBeCloseTo(0, 6);
    expect(station.status.ringToSocketMs?.p95).toBeGreaterThan(0);
  });

  test('drops whole pages for a slow link, says how much, and goes on when it is free', async () => {
    await using station = new Station(harbor);
    await station.playUntil(() => station.status.state === 'live');
    harbor.visits[0]!.hold(true);
    await station.playUntil(() => station.status.droppedMs > 1000, 16);
    const most = station.status.bufferedBytes;
    // A second of it, and the page that made it too much.
    expect(most).toBeLessThanOrEqual((bitrateKbps * 1000) / 8 + pageBytes);
    harbor.visits[0]!.hold(false);
    const { sentMs } = station.status;
    await station.playUntil(() => station.status.sentMs > sentMs + 4000);
    await vi.waitFor(() => expect(station.status.bufferedBytes).toBe(0));
    const { droppedMs } = station.status;
    const numbers = await vi.waitFor(() => {
      const come = numbersIn(harbor.visits[0]!);
      expect(come.length * 10).toBeGreaterThanOrEqual(station.status.sentMs - 40);
      return come;
    });
    const jumps = numbers.slice(1).map((number, i) => number - numbers[i]! - blockFrames);
    expect(Math.min(...jumps)).toBe(0);
    expect(jumps.every((jump) => jump % pageFrames === 0)).toBe(true);
    const lost = jumps.reduce((sum, jump) => sum + jump, 0);
    expect((lost * 1000) / rateHz).toBeCloseTo(droppedMs, 6);
    expect(booksOf(station.status)).toBeCloseTo(0, 6);
  });

  test('begins with the newest frame after a lost connection, and declares what was in between', async () => {
    await using station = new Station(harbor);
    await station.playUntil(() => station.status.state === 'live');
    // The encoder has a part of a page.
    station.play(1);
    await vi.waitUntil(() => station.status.pendingMs > 0);
    const held = harbor.visits[0]!;
    held.cut();
    await vi.waitUntil(() => station.told.some(({ code }) => code === 'connection-lost'));
    await station.playUntil(() => harbor.visits.length === 2);
    const { sentMs } = station.status;
    await station.playUntil(() => station.status.sentMs > sentMs + 1000);
    const numbers = await vi.waitFor(() => {
      const come = numbersIn(harbor.visits[1]!);
      expect(come.length).toBeGreaterThan(50);
      return come;
    });
    const before = numbersIn(held).at(-1)!;
    const gapMs = ((numbers[0]! - before - blockFrames) * 1000) / rateHz;
    expect(gapMs).toBeGreaterThan(0);
    // What had left the browser and was not read when the line broke, nobody knows.
    expect(station.status.droppedMs).toBeLessThanOrEqual(gapMs + 1e-6);
    expect(station.status.droppedMs).toBeGreaterThan(0);
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i * blockFrames));
    expect(booksOf(station.status)).toBeCloseTo(0, 6);
  });

  test('that comes too late for the ring says what it lost there', async () => {
    await using station = new Station(harbor);
    await station.playUntil(() => station.status.state === 'live');
    // Twice the ring at once.
    station.play(280);
    await station.playUntil(() => station.status.ringDroppedMs > 0);
    const { ringDroppedMs, droppedMs } = station.status;
    expect(ringDroppedMs).toBeGreaterThan(1000);
    expect(droppedMs).toBe(ringDroppedMs);
    expect(booksOf(station.status)).toBeCloseTo(0, 6);
  });

  test('that is stopped sends what it has, and then stands still', async () => {
    const station = new Station(harbor);
    await station.playUntil(() => station.status.state === 'live');
    station.broadcast.stop();
    await station.over;
    const { takenMs } = station.status;
    station.play(8);
    expect(station.status.takenMs).toBe(takenMs);
    const { state, code, pendingMs, droppedMs, reason } = station.told.at(-1)!;
    expect([state, code, pendingMs, droppedMs]).toEqual(['stopped', 'stopped', 0, 0]);
    expect(reason).toContain('stopped');
    expect(booksOf(station.status)).toBeCloseTo(0, 6);
  });

  test('ends with its session', async () => {
    const station = new Station(harbor);
    await station.playUntil(() => station.status.state === 'live');
    station.clock.close();
    await station.over;
    expect(station.told.at(-1)).toMatchObject({ state: 'stopped', code: 'session-closed' });
  });

  test('whose encoder fails is over and says so', async () => {
    let fail = (): void => undefined;
    const station = new Station(harbor, (plan) => {
      fail = () => plan.onFailure(new Error('out of memory'));
      return new NumberEncoder(plan);
    });
    await station.playUntil(() => station.status.state === 'live');
    fail();
    await station.over;
    expect(station.told.at(-1)).toMatchObject({ state: 'stopped', code: 'encoder-failed' });
  });

  test('says nothing anywhere of the user’s name and password', async () => {
    const station = new Station(harbor);
    await station.playUntil(() => station.status.state === 'live');
    harbor.visits[0]!.cut();
    await station.playUntil(() => harbor.visits.length === 2);
    station.broadcast.stop();
    await station.over;
    expect(JSON.stringify(station.told)).not.toContain(harborPassword);
    expect(station.told.length).toBeGreaterThan(3);
  });
});
