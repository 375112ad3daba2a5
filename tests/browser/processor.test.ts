import { describe, expect, test } from 'vitest';
import { OfflineGraph } from '../support/graph.ts';
import { noise, seededRandom } from '../support/random.ts';

const quantumSizes = [1, 32, 127, 128, 256, 480, 512, 2048];
const sampleRates = [8000, 44100, 48000, 192000];
const scopeFrames = 16384;

/** Frames of a whole number of quanta, long enough to wrap the rings. */
function wholeQuanta(quantumFrames: number): number {
  return Math.ceil(50_000 / quantumFrames) * quantumFrames;
}

/** Index of the first sample that differs in its bits, or -1. */
function firstDifference(a: Float32Array, b: Float32Array): number {
  const [wordsA, wordsB] = [a, b].map((x) => new Uint32Array(x.slice().buffer));
  if (wordsA!.length !== wordsB!.length) return Math.min(wordsA!.length, wordsB!.length);
  return wordsA!.findIndex((word, i) => word !== wordsB![i]);
}

function stereoNoise(frames: number): [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>] {
  const random = seededRandom(frames);
  return [noise(frames, random), noise(frames, random)];
}

function scopeOf(graph: OfflineGraph, channel: number): Float32Array {
  const samples = new Float32Array(scopeFrames);
  graph.scope.latest(channel, samples);
  return samples;
}

describe.each(quantumSizes)('with quanta of %i frames', (quantumFrames) => {
  test('every frame reaches the scope, the engine and the output unchanged', async () => {
    const frames = wholeQuanta(quantumFrames);
    const graph = await OfflineGraph.create({ sampleRate: 48000, quantumFrames, frames });
    const [left, right] = stereoNoise(frames);
    graph.source([left, right]).connect(graph.processor.node);
    const output = await graph.context.startRendering();

    expect(graph.processor.report).toMatchObject({ status: 'active', engine: 'wasm' });
    expect(graph.scope.quantumFrames).toBe(quantumFrames);
    expect(graph.scope.frames).toBe(frames);
    expect(graph.scope.quanta).toBe(frames / quantumFrames);
    expect(graph.scope.missedFrames).toBe(0);
    expect(firstDifference(scopeOf(graph, 0), left.subarray(-scopeFrames))).toBe(-1);
    expect(firstDifference(scopeOf(graph, 1), right.subarray(-scopeFrames))).toBe(-1);
    expect(firstDifference(output.getChannelData(0), left)).toBe(-1);
    expect(firstDifference(output.getChannelData(1), right)).toBe(-1);
    const { frameCount, quantumCount, droppedFrames, quantumPeakLeft } = graph.telemetry;
    expect([frameCount, quantumCount, droppedFrames]).toEqual([frames, frames / quantumFrames, 0]);
    const last = left.subarray(frames - quantumFrames);
    expect(quantumPeakLeft).toBe(Math.max(...last.map(Math.abs)));
  });
});

test.each(sampleRates)('at %i Hz the meters read a sine as it is', async (sampleRate) => {
  const frames = 128 * Math.ceil((3 * sampleRate) / 128);
  const graph = await OfflineGraph.create({ sampleRate, quantumFrames: 128, frames });
  const sine = Float32Array.from(
    { length: frames },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * 997 * i) / sampleRate),
  );
  graph.source([sine]).connect(graph.processor.node);
  await graph.context.startRendering();
  const { peakLeft, rmsLeft, rmsRight } = graph.telemetry;
  expect(20 * Math.log10(peakLeft)).toBeCloseTo(-6.02, 1);
  expect(20 * Math.log10(rmsLeft)).toBeCloseTo(-9.03, 1);
  expect(rmsRight).toBe(rmsLeft);
});

test('without an input time goes on in silence', async () => {
  const graph = await OfflineGraph.create({ sampleRate: 48000, quantumFrames: 128, frames: 12800 });
  await graph.context.startRendering();
  expect(graph.scope.frames).toBe(12800);
  expect(graph.scope.channelCount).toBe(0);
  expect(graph.telemetry).toMatchObject({ frameCount: 12800, peakLeft: 0, rmsRight: 0 });
});

test('the channel count may change while it runs', async () => {
  const quantumFrames = 128;
  const frames = 100 * quantumFrames;
  const graph = await OfflineGraph.create({ sampleRate: 48000, quantumFrames, frames });
  const [left, right] = stereoNoise(frames);
  const stereo = graph.source([left, right]);
  const mono = graph.source([left]);
  // A source stands still while nothing pulls it.
  const silent = new GainNode(graph.context, { gain: 0 });
  silent.connect(graph.context.destination);
  for (const source of [mono, stereo]) source.connect(silent);
  const seen: number[] = [];
  const at = (quantum: number, act: () => void): void => {
    void graph.context.suspend((quantum * quantumFrames) / 48000).then(async () => {
      seen.push(graph.scope.channelCount);
      act();
      await graph.context.resume();
    });
  };
  mono.connect(graph.processor.node);
  at(20, () => {
    mono.disconnect(graph.processor.node);
    stereo.connect(graph.processor.node);
  });
  at(40, () => stereo.disconnect(graph.processor.node));
  at(60, () => stereo.connect(graph.processor.node));
  const output = await graph.context.startRendering();

  expect(seen).toEqual([1, 2, 0]);
  expect(graph.scope.channelCount).toBe(2);
  expect(graph.scope.frames).toBe(frames);
  const played = output.getChannelData(1);
  const expectPart = (from: number, to: number, source: Float32Array): void => {
    const [first, last] = [from * quantumFrames, to * quantumFrames];
    expect(firstDifference(played.subarray(first, last), source.subarray(first, last))).toBe(-1);
  };
  expectPart(0, 20, left);
  expectPart(20, 40, right);
  expectPart(40, 60, new Float32Array(frames));
  expectPart(60, 100, right);
});

test('a source with six channels is mixed down to stereo', async () => {
  const graph = await OfflineGraph.create({ sampleRate: 48000, quantumFrames: 128, frames: 12800 });
  const channels = Array.from({ length: 6 }, (_, i) => noise(12800, seededRandom(i)));
  graph.source(channels).connect(graph.processor.node);
  await graph.context.startRendering();
  expect(graph.scope.channelCount).toBe(2);
  expect(graph.telemetry.frameCount).toBe(12800);
});
