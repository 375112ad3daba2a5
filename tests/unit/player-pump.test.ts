import { expect, test } from 'vitest';
import { Producer } from '../../web/lib/bus/index.ts';
import type { PumpReport } from '../../web/lib/player/messages.ts';
import { HeardPosition } from '../../web/lib/player/position.ts';
import { type FrameSource, Pump } from '../../web/lib/player/pump.ts';
import { constants, pushPace } from '../../web/shared/layout.gen.ts';
import { HeadlessEngine } from '../support/engines.ts';

const quantumFrames = 480;
const leadFrames = 2048;
const input = 2;
const silence = [new Float32Array(quantumFrames), new Float32Array(quantumFrames)];

/** Frame i of the file: a float holds it exactly, and it is never 0. */
const sampleAt = (frame: number): number => (frame + 1) / 2 ** 20;
const ramp = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => sampleAt(from + i));

/** A file of so many frames, in uneven blocks; reading frame `damagedAt` fails. */
class RampFile implements FrameSource {
  /** Whether nothing more comes of it. */
  isRead = false;
  readonly #frames: number;
  readonly #damagedAt: number;

  constructor(frames: number, damagedAt = Infinity) {
    this.#frames = frames;
    this.#damagedAt = damagedAt;
  }

  async *frames(from: number): AsyncGenerator<readonly Float32Array[]> {
    this.isRead = false;
    for (let at = from; at < this.#frames;) {
      const isBefore = at < this.#damagedAt;
      if (!isBefore && at < this.#damagedAt + 1000) {
        this.isRead = true;
        throw new Error('a bad block');
      }
      const to = Math.min(this.#frames, at + 700, isBefore ? this.#damagedAt : Infinity);
      yield await Promise.resolve([Float32Array.from(ramp(at, to))]);
      at = to;
    }
    this.isRead = true;
  }
}

/** A pump on a real engine, which runs only while it has something to play. */
class Player {
  readonly pump: Pump;
  readonly heard: number[] = [];
  readonly reports: PumpReport[] = [];
  readonly position = new HeardPosition();
  readonly #engine: HeadlessEngine;
  readonly #producer: Producer;
  readonly #source: RampFile;

  private constructor(engine: HeadlessEngine, source: RampFile, loop: boolean) {
    this.#source = source;
    const settings = { rateHz: 48_000, channels: 1, targetFrames: leadFrames };
    this.#engine = engine;
    this.#producer = engine.openPush(input, { ...settings, pace: pushPace.onDemand });
    this.pump = new Pump({
      ...{ producer: this.#producer, source, leadFrames, loop },
      underruns: () => this.#engine.push(input).underruns,
      tell: (report) => {
        this.reports.push(report);
        if (report.kind === 'span') this.position.follow(report);
      },
    });
    void this.pump.run();
  }

  static async open(source: RampFile, loop = false): Promise<Player> {
    return new Player(await HeadlessEngine.start('engine', 2048), source, loop);
  }

  get pendingFrames(): number {
    return constants.pushRingFrames - this.#producer.freeFrames;
  }

  get pushedFrames(): number {
    return this.#producer.pushedFrames;
  }

  /** Frame of the file that the engine takes next. */
  get frame(): number {
    return this.position.at(this.#engine.push(input).takenFrames);
  }

  /** What was heard, without the silence. */
  get sound(): number[] {
    return this.heard.filter((sample) => sample !== 0);
  }

  last<Kind extends PumpReport['kind']>(
    kind: Kind,
  ): Extract<PumpReport, { kind: Kind }> | undefined {
    const found = this.reports.findLast((report) => report.kind === kind);
    return found as Extract<PumpReport, { kind: Kind }> | undefined;
  }

  quantum(): void {
    this.#engine.feed(silence);
    this.heard.push(...this.#engine.output(quantumFrames)[0]!);
  }

  /** Lets the engine run while there is enough in the ring or no more comes, until something holds. */
  async hear(until: () => boolean): Promise<void> {
    while (!until()) {
      const isEnough = this.pendingFrames >= (this.#isHeld ? 1 : leadFrames);
      if (isEnough) this.quantum();
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }

  get #isHeld(): boolean {
    return this.#source.isRead || this.last('state')?.state !== 'playing';
  }

  async hearToTheEnd(): Promise<void> {
    await this.hear(() => this.last('state')?.state === 'ended');
  }
}

/** The engine takes frames some 0.7 ms before it gives them on. */
function expectHeardHere(player: Player): void {
  const heard = Math.round(player.heard.at(-1)! * 2 ** 20);
  expect(player.frame - heard).toBeGreaterThanOrEqual(0);
  expect(player.frame - heard).toBeLessThan(48);
}

test('a file is heard from its first frame to its last, once, and then its end is told', async () => {
  const player = await Player.open(new RampFile(30_000));
  player.pump.play();
  await player.hearToTheEnd();
  expect(player.sound).toEqual(ramp(0, 30_000));
  expect(player.last('length')).toEqual({ kind: 'length', frames: 30_000 });
  expect(player.last('state')).toMatchObject({ state: 'ended', underruns: 0 });
});

test('a file that is shorter than what the engine waits for is heard too', async () => {
  const player = await Player.open(new RampFile(100));
  player.pump.play();
  await player.hearToTheEnd();
  expect(player.sound).toEqual(ramp(0, 100));
});

test('nothing is pushed before it is told to play', async () => {
  const player = await Player.open(new RampFile(30_000));
  player.pump.seek(100);
  await Promise.resolve();
  expect([player.pushedFrames, player.frame]).toEqual([0, 100]);
});

test('a loop goes on with the first frame right behind the last', async () => {
  const player = await Player.open(new RampFile(5000), true);
  player.pump.play();
  await player.hear(() => player.heard.length > 40_000);
  const begin = player.heard.findIndex((sample) => sample !== 0);
  const heard = player.heard.slice(begin, begin + 20_000);
  expect(heard).toEqual([...ramp(0, 5000), ...ramp(0, 5000), ...ramp(0, 5000), ...ramp(0, 5000)]);
  player.pump.setLoop(false);
  await player.hearToTheEnd();
  expect(player.sound.at(-1)).toBe(sampleAt(4999));
});

test('after a seek the very frame is heard that was asked for, and the position says so', async () => {
  const player = await Player.open(new RampFile(200_000));
  player.pump.play();
  await player.hear(() => player.frame > 10_000);
  expectHeardHere(player);
  player.pump.seek(123_456);
  const pushed = player.pushedFrames;
  await player.hear(() => player.frame > 125_000);
  expectHeardHere(player);
  const behind = player.sound.length - pushed;
  expect(player.sound).toEqual([...ramp(0, pushed), ...ramp(123_456, 123_456 + behind)]);
});

test('a pause holds, and not a frame is lost or heard twice by it', async () => {
  const player = await Player.open(new RampFile(60_000));
  player.pump.play();
  await player.hear(() => player.frame > 10_000);
  player.pump.pause();
  await player.hear(() => player.pendingFrames === 0);
  const held = player.frame;
  for (let i = 0; i < 10; i += 1) player.quantum();
  expect([player.frame, player.heard.at(-1)]).toEqual([held, 0]);
  player.pump.play();
  await player.hearToTheEnd();
  expect(player.sound).toEqual(ramp(0, 60_000));
  // The engine ran dry in the pause: that is no underrun of the player's.
  expect(player.last('state')).toMatchObject({ underruns: 0, idleUnderruns: 1 });
});

test('an underrun is counted, and nothing is lost by it', async () => {
  const player = await Player.open(new RampFile(60_000));
  player.pump.play();
  await player.hear(() => player.frame > 10_000);
  // The thread of the pump gets no turn while these run.
  for (let i = 0; i < 30; i += 1) player.quantum();
  await player.hearToTheEnd();
  expect(player.sound).toEqual(ramp(0, 60_000));
  expect(player.last('state')).toMatchObject({ state: 'ended', underruns: 1 });
});

test('a damaged file is heard up to the damage, which is told, and behind it', async () => {
  const player = await Player.open(new RampFile(30_000, 20_000));
  player.pump.play();
  await player.hear(() => player.last('damaged') !== undefined && player.pendingFrames === 0);
  expect(player.sound).toEqual(ramp(0, 20_000));
  expect(player.last('damaged')).toEqual({ kind: 'damaged', frame: 20_000, reason: 'a bad block' });
  player.pump.seek(21_000);
  player.pump.play();
  await player.hearToTheEnd();
  expect(player.sound).toEqual([...ramp(0, 20_000), ...ramp(21_000, 30_000)]);
});

test('after its end a file is played from its beginning, and a seek behind the end is the end', async () => {
  const player = await Player.open(new RampFile(3000));
  player.pump.play();
  await player.hearToTheEnd();
  player.pump.seek(9000);
  player.pump.play();
  expect(player.last('state')).toMatchObject({ state: 'playing' });
  await player.hearToTheEnd();
  player.pump.play();
  expect(player.last('state')).toMatchObject({ state: 'playing' });
  await player.hearToTheEnd();
  expect(player.sound).toEqual([...ramp(0, 3000), ...ramp(0, 3000)]);
});

test('an empty file in a loop ends', async () => {
  const player = await Player.open(new RampFile(0), true);
  player.pump.play();
  await player.hearToTheEnd();
  expect(player.sound).toEqual([]);
});
