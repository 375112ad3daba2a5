import { describe, expect, test } from 'vitest';
import { constants, engineStatus, meterWord } from '../../web/shared/layout.gen.ts';
import type { MixerCommand } from '../../web/lib/mixer/command.ts';
import { engineBuilds, HeadlessEngine } from '../support/engines.ts';
import { noise, seededRandom } from '../support/random.ts';

const quantumSizes = [1, 2, 32, 127, 128, 256, 480, 512, 2048, 16384];

describe.each(engineBuilds)('the %s build', (build) => {
  test('refuses a bad capacity with a status code and goes on as before', async () => {
    const { exports } = await HeadlessEngine.start(build, 1024);
    const ring = exports.get_input_ptr();
    for (const capacity of [0, 3, 1000, -1]) {
      expect(exports.init(capacity)).toBe(0);
      expect(exports.get_status()).toBe(engineStatus.badCapacity);
    }
    expect(exports.init(2 ** 30)).toBe(0);
    expect(exports.get_status()).toBe(engineStatus.outOfMemory);
    expect(exports.get_input_ptr()).toBe(ring);
    expect(exports.get_input_capacity()).toBe(1024);
  });

  test('refuses a bad frame count with a status code and consumes nothing', async () => {
    const engine = await HeadlessEngine.start(build, 1024);
    engine.exports.set_write_pos(512);
    const { badFrameCount, underrun } = engineStatus;
    expect(engine.exports.process_quantum(0)).toBe(badFrameCount);
    expect(engine.exports.process_quantum(1025)).toBe(badFrameCount);
    expect(engine.exports.process_quantum(513)).toBe(underrun);
    expect(engine.telemetry.quantumCount).toBe(0);
  });

  test('answers before init without touching memory', async () => {
    const { exports, buffer } = await HeadlessEngine.load(build);
    const before = new Uint8Array(buffer).slice();
    expect(exports.process_quantum(128)).toBe(engineStatus.notInitialized);
    expect(exports.get_input_ptr()).toBe(0);
    expect(exports.get_telemetry_ptr()).toBe(0);
    const arena = new Uint8Array(buffer, constants.arenaBase);
    expect(Buffer.compare(arena, before.subarray(constants.arenaBase))).toBe(0);
  });

  test.each(quantumSizes)('measures quanta of %i frames', async (frames) => {
    const engine = await HeadlessEngine.start(build, 16384);
    const random = seededRandom(frames);
    for (let quantum = 1; quantum <= 20; quantum += 1) {
      const left = noise(frames, random);
      const right = noise(frames, random);
      engine.feed([left, right]);
      const { quantumPeakLeft, quantumRmsRight, frameCount } = engine.telemetry;
      expect(quantumPeakLeft).toBe(Math.max(...left.map(Math.abs)));
      const meanSquare = right.reduce((sum, x) => sum + x * x, 0) / frames;
      expect(quantumRmsRight).toBeCloseTo(Math.sqrt(meanSquare), 6);
      expect(frameCount).toBe(quantum * frames);
    }
  });
});

/** Everything that an engine does, at once. */
const allEffects: readonly MixerCommand[] = [
  { kind: 'set', input: 0, parameter: 'gainDb', value: -3.5 },
  { kind: 'set', input: 0, parameter: 'pan', value: 0.3 },
  { kind: 'set', input: 0, parameter: 'highPassOn', value: 1 },
  { kind: 'set', input: 0, parameter: 'lowShelfDb', value: 4 },
  { kind: 'set', input: 0, parameter: 'highMidDb', value: -7 },
  { kind: 'set', input: 0, parameter: 'gateOn', value: 1 },
  { kind: 'set', input: 0, parameter: 'compressorOn', value: 1 },
  { kind: 'set-master', parameter: 'limiterOn', value: 1 },
  { kind: 'set-master', parameter: 'gainDb', value: 6 },
];

test.each([3000, 8000, 22050])('all builds measure the same bits at %i Hz', async (rateHz) => {
  const engines = await Promise.all(engineBuilds.map((build) => HeadlessEngine.load(build)));
  for (const { exports } of engines) {
    exports.set_sample_rate(rateHz);
    expect(exports.init(1024)).not.toBe(0);
  }
  const random = seededRandom(rateHz);
  for (let quantum = 0; quantum < 100; quantum += 1) {
    const channels = [noise(512, random), noise(512, random)];
    for (const engine of engines) engine.feed(channels);
  }
  const [first, ...others] = engines.map((engine) => engine.meters);
  // A full-scale noise has a power of 1/3.
  expect(new Float32Array(first!.slice().buffer)[meterWord.momentaryLufs]).toBeGreaterThan(-6);
  for (const other of others) expect(Buffer.compare(other, first!)).toBe(0);
});

test('all builds publish the same bits for the same input, with every effect on', async () => {
  const engines = await Promise.all(
    engineBuilds.map((build) => HeadlessEngine.start(build, 16384)),
  );
  for (const engine of engines) engine.send(allEffects);
  const random = seededRandom(2026);
  for (let quantum = 0; quantum < 400; quantum += 1) {
    const frames = quantumSizes[quantum % quantumSizes.length]!;
    const channels = [noise(frames, random), noise(frames, random)];
    channels[0]![0] = [NaN, Infinity, -0, 1e-42, 3e38][quantum % 5]!;
    for (const engine of engines) engine.feed(channels);
    const [first, ...others] = engines.map((engine) => engine.telemetry);
    for (const other of others) expect(other).toEqual(first);
  }
  const [first, ...others] = engines.map((engine) => engine.published);
  expect(first!.some((byte) => byte !== 0)).toBe(true);
  for (const other of others) expect(Buffer.compare(other, first!)).toBe(0);
});

/** A tone with harmonics and a little noise, a part that the other builds hear as well. */
function chord(first: number, frames: number, random: () => number): Float32Array {
  return Float32Array.from({ length: frames }, (_, i) => {
    const turns = ((first + i) * 220.7) / 48000;
    const tones = [1, 2, 3, 5].map((n) => Math.sin(2 * Math.PI * ((n * turns) % 1)) / (4 * n));
    return tones.reduce((sum, tone) => sum + tone, 0.001 * (random() - 0.5));
  });
}

describe('the analysis', () => {
  const frames = 480;

  test('finds the same bits in all builds, in long windows and in short ones', async () => {
    const engines = await Promise.all(
      engineBuilds.map((build) => HeadlessEngine.start(build, 16384)),
    );
    for (const shortWindow of [0, 1]) {
      for (const engine of engines) {
        engine.send([
          { kind: 'set-analysis', parameter: 'shortWindow', value: shortWindow },
          { kind: 'set-analysis', parameter: 'on', value: 1 },
        ]);
      }
      const random = seededRandom(4);
      for (let first = 0; first < 45_000; first += frames) {
        const samples = chord(first, frames, random);
        for (const engine of engines) engine.feed([samples, samples]);
      }
      const [first, ...others] = engines.map((engine) => engine.analysis!);
      expect(first!.windowFrames).toBe(shortWindow === 1 ? 4096 : 32768);
      expect(first!.fundamentalHz).toBeCloseTo(220.7, 1);
      for (const other of others) expect(other).toEqual(first);
    }
  });

  test('goes on after a trap, and its last result stays', async () => {
    const engine = await HeadlessEngine.start('engine', 16384);
    engine.send([{ kind: 'set-analysis', parameter: 'on', value: 1 }]);
    const random = seededRandom(5);
    const play = (by: HeadlessEngine, from: number, to: number): void => {
      for (let first = from; first < to; first += frames) {
        const samples = chord(first, frames, random);
        by.feed([samples, samples]);
      }
    };
    play(engine, 0, 48_000);
    const before = engine.analysis!;
    const successor = await engine.successor();
    expect(successor.analysis).toEqual(before);
    play(successor, 48_000, 96_000);
    expect(successor.analysis!.number).toBeGreaterThan(before.number);
    expect(successor.analysis!.fundamentalHz).toBeCloseTo(220.7, 4);
  });
});
