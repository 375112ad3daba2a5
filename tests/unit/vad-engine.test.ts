import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { VAD_SERVED_MODEL, VAD_WEIGHTS } from '../../scripts/lib/vad-weights.mjs';
import { AudioBus } from '../../web/lib/bus/audio-bus.ts';
import { GatedDetector } from '../../web/lib/vad/stream-detector.ts';
import { VoiceFrames } from '../../web/lib/vad/voice-frames.ts';
import { vadDigests } from '../../web/lib/vad/vad-files.ts';
import { VadModule } from '../../web/lib/vad/vad-module.ts';
import { VoiceDetection } from '../../web/lib/vad/voice-detection.ts';
import { BroadcastMemory, broadcastRingBytes } from '../../web/shared/broadcast-ring.ts';
import {
  type FrameProbability,
  ProbabilityRingReader,
  probabilityRingShape,
  ProbabilityRingWriter,
} from '../../web/shared/probability-ring.ts';
import { engineBuilds, HeadlessEngine } from '../support/engines.ts';
import { seededRandom } from '../support/random.ts';

const weights = readFileSync(fromRoot(VAD_WEIGHTS));
const moduleBytes = readFileSync(fromRoot('public/vad.wasm'));
const quantumFrames = 128;
const rateHz = 48_000;

/** Something like a vowel that comes and goes, in noise; every call gives the next quantum. */
function* voiced(): Generator<Float32Array> {
  const random = seededRandom(11);
  for (let frame = 0; ; frame += quantumFrames) {
    yield Float32Array.from({ length: quantumFrames }, (_, i) => {
      const sec = (frame + i) / rateHz;
      const loudness = Math.max(0, Math.sin(2 * Math.PI * 3 * sec));
      let sample = 0.02 * (random() - 0.5);
      for (let h = 1; h < 20; h += 1) {
        sample += (0.2 / h) * loudness * Math.sin(2 * Math.PI * 130 * h * sec);
      }
      return sample;
    });
  }
}

function drain(reader: ProbabilityRingReader): FrameProbability[] {
  const all: FrameProbability[] = [];
  while (reader.view(1).status === 'ok') {
    all.push(reader.borrowed);
    reader.confirm();
  }
  return all;
}

/** What an engine says of some chunks, and the module by itself of the same ones. */
async function hear(engine: HeadlessEngine, chunks: number, sound: Generator<Float32Array>) {
  const reader = engine.probabilities();
  const voice = engine.voice();
  const detector = new GatedDetector(await VadModule.create(moduleBytes, weights));
  const heard: FrameProbability[] = [];
  const wanted: FrameProbability[] = [];
  while (heard.length < chunks) {
    const quantum = sound.next().value as Float32Array;
    engine.feed([quantum, quantum]);
    heard.push(...drain(reader));
    while (voice.view().status === 'ok') {
      const { seq } = voice;
      const samples = voice.samples.slice();
      voice.confirm();
      wanted.push({ startSample: seq * 512, probability: await detector.detect(seq, samples) });
    }
  }
  return { heard, wanted: wanted.slice(0, heard.length) };
}

describe('voice detection in the engine', () => {
  test.each(engineBuilds)('gives the bits of the module by itself: %s', async (build) => {
    const engine = await HeadlessEngine.start(build, 1024);
    engine.startVad(weights);
    const { heard, wanted } = await hear(engine, 40, voiced());
    expect(heard).toEqual(wanted);
    const values = heard.map(({ probability }) => probability);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.01);
  });

  test('goes on in the successor of an engine that trapped', async () => {
    const engine = await HeadlessEngine.start('engine', 1024);
    engine.startVad(weights);
    const sound = voiced();
    await hear(engine, 10, sound);
    const successor = await engine.successor();
    const { heard, wanted } = await hear(successor, 10, sound);
    expect(heard).toEqual(wanted);
  });
});

describe('the rule for digital silence', () => {
  const log: string[] = [];
  const gated = new GatedDetector({
    detect: () => log.push('detect') / 100,
    restart: () => log.push('restart'),
  });
  const [sound, silence] = [new Float32Array(512).fill(0.1), new Float32Array(512)];

  test('computes a second of zeros, and repeats itself from then on', async () => {
    for (let seq = 5; seq < 5 + 32; seq += 1) await gated.detect(seq, silence);
    expect(log.splice(0)).toEqual(['restart', ...Array.from({ length: 32 }, () => 'detect')]);
    const last = await gated.detect(37, silence);
    expect([last, await gated.detect(38, silence)]).toEqual([0.33, 0.33]);
    expect(log).toEqual([]);
    expect(await gated.detect(39, sound)).toBe(0.01);
  });

  test('is that of sound which is cut into frames', () => {
    const judged: number[] = [];
    const frames = new VoiceFrames({
      detect: () => judged.push(judged.length) / 100,
      restart: () => judged.splice(0),
    });
    const said = frames.push(new Float32Array(40 * 512), 0);
    expect(judged).toHaveLength(32);
    expect(said.slice(30).map(({ probability }) => probability)).toEqual([
      ...[0.31, 0.32, 0.32, 0.32, 0.32, 0.32, 0.32, 0.32, 0.32, 0.32],
    ]);
  });

  test('begins anew where frames are missing', async () => {
    log.splice(0);
    await gated.detect(40, sound);
    await gated.detect(42, sound);
    expect(log).toEqual(['detect', 'restart', 'detect']);
  });
});

test('a ring of probabilities keeps the numbers of samples beyond 32 bits', () => {
  const shape = probabilityRingShape(4);
  const buffer = new ArrayBuffer(broadcastRingBytes(shape));
  const writer = new ProbabilityRingWriter(BroadcastMemory.create(buffer, 0, shape));
  const reader = new ProbabilityRingReader(new BroadcastMemory(buffer, 0), 1);
  const frames = [5, 2 ** 32 - 512, 2 ** 45 + 512].map((startSample, i) => ({
    startSample,
    probability: i / 4,
  }));
  for (const frame of frames) writer.write(frame);
  expect(drain(reader)).toEqual(frames);
});

test.each([
  [VAD_WEIGHTS, vadDigests.weights],
  [VAD_SERVED_MODEL, vadDigests.model],
])('the page knows the digest of %s', (file, digest) => {
  const found = createHash('sha256')
    .update(readFileSync(fromRoot(file)))
    .digest('hex');
  expect(found).toBe(digest);
});

test.each([
  [{ backend: 'onnx' }, 'vad.backend must be `native` in the engine, was onnx.'],
  [{ place: 'worker', sources: ['mix', 1] }, 'vad.sources must be `mix` in a Worker'],
  [{ sources: [8] }, 'vad.source must be `mix` or from 0 to 7, was 8.'],
  [{ sources: [] }, 'vad.sources must be one at least, was none.'],
  [{ sources: ['mix', 0.5] }, 'vad.source must be `mix` or from 0 to 7, was 0.5.'],
] as const)('detection refuses %j', async (options, words) => {
  const engine = await HeadlessEngine.start('engine', 1024);
  const { buffer } = engine;
  using bus = AudioBus.create();
  const detection = new VoiceDetection({
    ...{ buffer, voice: bus, ends: new AbortController().signal },
    processor: {
      startVad: (bytes, sources) => Promise.resolve(engine.exports.start_vad(bytes, sources)),
      stopVad: () => Promise.resolve(0),
    },
    urls: { module: '', weights: '', model: '' },
    startWorker: () => {
      throw new Error('no Worker is wanted');
    },
  });
  await expect(detection.enable(options)).rejects.toThrow(words);
  expect(detection.settings).toBeNull();
});
