import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { VAD_MODULE } from '../../scripts/lib/build-engine.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { readVadModel, vadWeights } from '../../scripts/lib/vad-weights.mjs';
import { VadModule } from '../../web/lib/vad/vad-module.ts';
import { SileroReference } from '../support/silero-reference.ts';
import { speechIsThere, speechMixture } from '../support/speech.ts';

const seconds = 600;
const threshold = 0.5;
const { frameLength } = VadModule;

const model = readVadModel();
const bytes = readFileSync(fromRoot(VAD_MODULE.file));

function* framesOf(samples: Float32Array): Generator<Float32Array> {
  for (let at = 0; at + frameLength <= samples.length; at += frameLength) {
    yield samples.subarray(at, at + frameLength);
  }
}

const speechShare = (probabilities: readonly number[]): number =>
  probabilities.filter((p) => p >= threshold).length / probabilities.length;

const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((largest, p, i) => Math.max(largest, Math.abs(p - b[i]!)), 0);

async function probabilitiesOf(
  detector: { detect: (samples: Float32Array) => number | Promise<number> },
  samples: Float32Array,
): Promise<number[]> {
  const probabilities: number[] = [];
  for (const frame of framesOf(samples)) probabilities.push(await detector.detect(frame));
  return probabilities;
}

describe.skipIf(!speechIsThere)('on ten minutes of speech, music and pauses', () => {
  const speech = speechIsThere ? speechMixture(seconds) : new Float32Array();
  let reference: number[];
  let exact: number[];
  let short: number[];

  beforeAll(async () => {
    reference = await probabilitiesOf(await SileroReference.load(model), speech);
    exact = await probabilitiesOf(await VadModule.create(bytes, vadWeights(model, 4)), speech);
    short = await probabilitiesOf(await VadModule.create(bytes, vadWeights(model, 2)), speech);
  }, 600_000);

  test('there is everything from silence to speech', () => {
    expect(reference).toHaveLength(Math.floor((seconds * 16_000) / frameLength));
    expect(speechShare(reference)).toBeGreaterThan(0.4);
    expect(speechShare(reference)).toBeLessThan(0.9);
    expect(Math.min(...reference)).toBeLessThan(0.01);
    expect(Math.max(...reference)).toBeGreaterThan(0.99);
  });

  test("the model's own weights give the reference's probabilities to 1e-5", () => {
    expect(largestDifference(exact, reference)).toBeLessThan(1e-5);
  });

  test('the published weights give them to 1e-3', () => {
    expect(largestDifference(short, reference)).toBeLessThan(1e-3);
  });

  test('the published weights decide as the reference does', () => {
    const decided = (probabilities: readonly number[]) => probabilities.map((p) => p >= threshold);
    const differing = decided(short).filter((speaks, i) => speaks !== decided(reference)[i]);
    expect(differing.length).toBeLessThanOrEqual(2);
  });

  test('without the samples before a frame the model hears next to no speech', async () => {
    const blind = await SileroReference.load(model, 0);
    const minute = speech.subarray(0, 60 * 16_000);
    expect(speechShare(await probabilitiesOf(blind, minute))).toBeLessThan(0.02);
    expect(speechShare(short.slice(0, 1875))).toBeGreaterThan(0.4);
  });

  test('a new start gives the same probabilities again', async () => {
    const detector = await VadModule.create(bytes, vadWeights(model, 2));
    const second = speech.subarray(0, 16_000);
    const first = await probabilitiesOf(detector, second);
    detector.restart();
    expect(await probabilitiesOf(detector, second)).toEqual(first);
    expect(await probabilitiesOf(detector, second)).not.toEqual(first);
  });
});

describe('the module', () => {
  const weights = vadWeights(model, 2);

  test('runs several streams, compiled once', async () => {
    const compiled = await WebAssembly.compile(bytes);
    const [a, b] = [
      await VadModule.create(compiled, weights),
      await VadModule.create(bytes, weights),
    ];
    const silence = new Float32Array(frameLength);
    expect(a.detect(silence)).toBe(b.detect(silence));
  });

  test.each([
    ['is no such file', new Uint8Array(1000)],
    ['is cut short', weights.subarray(0, -4)],
    ['too long', new Uint8Array(3_000_000)],
    ['is damaged', weights.map((byte, i) => (i === 5000 ? byte ^ 1 : byte))],
  ])('refuses weights: it %s', async (fault, file) => {
    const refused = VadModule.create(bytes, file);
    await expect(refused).rejects.toThrow(fault);
    await expect(refused).rejects.toThrow(RangeError);
  });

  test('refuses a frame of another length', async () => {
    const detector = await VadModule.create(bytes, weights);
    expect(() => detector.detect(new Float32Array(480))).toThrow('512 samples, was 480');
  });
});
