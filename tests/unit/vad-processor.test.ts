import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { OFFLINE_MODULE, VAD_MODULE } from '../../scripts/lib/build-engine.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { VAD_WEIGHTS } from '../../scripts/lib/vad-weights.mjs';
import { AudioBus, type Listener } from '../../web/lib/bus/index.ts';
import {
  type FrameProbability,
  type HeardSegment,
  VadError,
  type VadEvent,
  VadModule,
  VadProcessor,
  VoiceFrames,
} from '../../web/lib/vad/index.ts';
import { decode, outputOf, speechIsThere } from '../support/speech.ts';
import { noise, seededRandom } from '../support/random.ts';

const frame = 512;
const assets = {
  module: readFileSync(fromRoot(VAD_MODULE.file)),
  weights: readFileSync(fromRoot(VAD_WEIGHTS)),
  resampler: readFileSync(fromRoot(OFFLINE_MODULE.file)),
};

const quick = { minSpeechMs: 64, minSilenceMs: 96, preRollMs: 64, tailMs: 32 };

async function* framesFrom(
  probabilities: readonly number[],
  first = 0,
): AsyncGenerator<FrameProbability, void, undefined> {
  await Promise.resolve();
  for (const [i, probability] of probabilities.entries()) {
    yield { startSample: (first + i) * frame, probability };
  }
}

async function all(events: AsyncIterable<VadEvent>): Promise<VadEvent[]> {
  const found: VadEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

const segmentsIn = (events: readonly VadEvent[]): HeardSegment[] =>
  events.flatMap((event) => (event.kind === 'speech-end' ? [event.segment] : []));

/** Chunks whose samples are their numbers. */
function publishNumbers(bus: AudioBus, chunks: number): void {
  for (let i = 0; i < chunks; i += 1) {
    const first = bus.published * frame;
    bus.publish(Float32Array.from({ length: frame }, (_, n) => first + n));
  }
}

describe('a segment on a bus', () => {
  test('is its samples in the ring itself, until the ring comes round', async () => {
    const bus = AudioBus.create({ capacityChunks: 16 });
    publishNumbers(bus, 14);
    const frames = framesFrom([0, 0, 0, 1, 1, 1, 0, 0, 0]);
    const [segment] = segmentsIn(await all(new VadProcessor(quick).follow(frames, bus.address)));
    expect(segment).toMatchObject({ startSample: frame, endSample: 7 * frame, speechFrames: 3 });
    const { first, second } = segment!.views()!;
    expect(first.buffer).toBe(bus.address.buffer);
    expect([first.length, second.length]).toEqual([6 * frame, 0]);
    expect([first[0], first.at(-1)]).toEqual([frame, 7 * frame - 1]);
    expect(segment!.read()).toEqual(new Float32Array(first));
    publishNumbers(bus, 3);
    expect(segment!.valid).toBe(true);
    publishNumbers(bus, 1);
    expect(segment!.valid).toBe(false);
    expect(segment!.views()).toBeUndefined();
    expect(segment!.read()).toBeUndefined();
  });

  test('lies in two parts where the ring wraps', async () => {
    const bus = AudioBus.create({ capacityChunks: 16 });
    publishNumbers(bus, 24);
    const frames = framesFrom([0, 0, 1, 1, 1, 1, 0, 0, 0], 10);
    const [segment] = segmentsIn(await all(new VadProcessor(quick).follow(frames, bus.address)));
    const { first, second } = segment!.views()!;
    expect([first.length, second.length]).toEqual([6 * frame, frame]);
    expect(second[0]).toBe(16 * frame);
    expect(segment!.read()![6 * frame]).toBe(16 * frame);
  });

  test('does not begin before what the ring still holds', async () => {
    const bus = AudioBus.create({ capacityChunks: 4 });
    publishNumbers(bus, 8);
    const frames = framesFrom([0, 0, 0, 0, 0, 1, 1, 0]);
    const [segment] = segmentsIn(
      await all(new VadProcessor({ ...quick, preRollMs: 2000 }).follow(frames, bus.address)),
    );
    expect(segment!.startSample).toBe(4 * frame);
    expect(segment!.valid).toBe(true);
  });

  test('is told frame by frame while it grows', async () => {
    const bus = AudioBus.create();
    publishNumbers(bus, 9);
    const frames = framesFrom([0, 1, 1, 0, 0, 0]);
    const events = await all(new VadProcessor(quick).follow(frames, bus.address));
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['frame', 'frame', 'speech-start', 'frame', 'frame', 'frame', 'frame', 'speech-end'],
    ]);
    const lengths = events.flatMap((event) =>
      event.kind === 'frame' ? [event.segment?.probabilities.length ?? 0] : [],
    );
    expect(lengths).toEqual([0, 2, 3, 4, 5, 0]);
  });

  test('keeps its figures as plain data on the way to another thread', async () => {
    const bus = AudioBus.create();
    publishNumbers(bus, 9);
    const frames = framesFrom([1, 1, 0, 0, 0]);
    const [segment] = segmentsIn(await all(new VadProcessor(quick).follow(frames, bus.address)));
    expect(structuredClone(segment)).toMatchObject({ startSample: 0, speechFrames: 2 });
  });
});

describe.skipIf(!speechIsThere)('speech', () => {
  const silence = (seconds: number): Float32Array =>
    noise(seconds * 16_000, seededRandom(3)).map((sample) => sample * 1e-3);
  const spoken = speechIsThere
    ? decode(outputOf('espeak-ng', ['-v', 'en-us', '--stdout', 'Open the window, please.']))
    : new Float32Array();
  const sound = Float32Array.from([...silence(2), ...spoken, ...silence(2)]);
  const vad = new VadProcessor({ threshold: 0.5, assets });

  const published = (bus: AudioBus, samples: Float32Array): void => {
    for (let at = 0; at + bus.chunkFrames <= samples.length; at += bus.chunkFrames) {
      bus.publish(samples.subarray(at, at + bus.chunkFrames));
    }
  };

  /** Sound on a bus that ends with it. */
  function heard(samples: Float32Array, chunkFrames = frame): Listener {
    const bus = AudioBus.create({ chunkFrames });
    const listener = bus.listen();
    published(bus, samples);
    bus.close();
    return listener;
  }

  test('is told from noise and silence', async () => {
    expect(await vad.containsSpeech(sound)).toBe(true);
    expect(await vad.containsSpeech(silence(3))).toBe(false);
    expect(await vad.containsSpeech(noise(32_000, seededRandom(4)))).toBe(false);
    expect(await vad.containsSpeech(new Float32Array())).toBe(false);
  });

  test('is found at any rate, in samples at 16 kHz', async () => {
    const [expected] = await vad.segments(sound);
    const tripled = sound.length * 3;
    const fast = Float32Array.from({ length: tripled }, (_, n) => {
      const [at, part] = [Math.floor(n / 3), (n % 3) / 3];
      return sound[at]! * (1 - part) + (sound[at + 1] ?? 0) * part;
    });
    const [found, ...more] = await vad.segments(fast, { sampleRate: 48_000 });
    expect(more).toEqual([]);
    expect(Math.abs(found!.startSample - expected!.startSample)).toBeLessThanOrEqual(frame);
    expect(Math.abs(found!.endSample! - expected!.endSample!)).toBeLessThanOrEqual(3 * frame);
    await expect(vad.segments(sound, { sampleRate: 1 })).rejects.toThrow('vad.sampleRate must be');
  });

  test('may last to the end of the sound', async () => {
    const cut = sound.subarray(0, 2 * 16_000 + 12_345);
    const [segment] = await vad.segments(cut);
    expect(segment!.endSample).toBe(cut.length);
  });

  test('is found on a bus as in the whole sound, whatever its chunks are', async () => {
    const whole = sound.subarray(0, Math.floor(sound.length / 1024) * 1024);
    const { segments, frames } = await vad.analyze(whole);
    for (const chunkFrames of [frame, 128, 1024]) {
      const events = await all(vad.events(heard(whole, chunkFrames)));
      const probabilities = events.flatMap((event) =>
        event.kind === 'frame' ? [event.probability] : [],
      );
      expect(probabilities).toEqual(frames.map(({ probability }) => probability));
      const found = segmentsIn(events);
      expect(found.map((segment) => structuredClone(segment))).toEqual(segments);
      expect(found[0]!.read()).toEqual(
        whole.slice(segments[0]!.startSample, segments[0]!.endSample!),
      );
    }
  });

  test('is found on two buses at once', async () => {
    const [a, b] = await Promise.all([
      all(vad.events(heard(sound))),
      all(vad.events(heard(sound))),
    ]);
    expect(segmentsIn(a)).toHaveLength(1);
    expect(b).toHaveLength(a.length);
    expect(segmentsIn(b)[0]!.probabilities).toEqual(segmentsIn(a)[0]!.probabilities);
  });

  test('is heard anew by a listener that lost chunks', async () => {
    const bus = AudioBus.create({ capacityChunks: 64 });
    const listener = bus.listen();
    const events = vad.events(listener);
    published(bus, sound.subarray(0, 60 * frame));
    for (let i = 0; i < 60; i += 1) await events.next();
    for (let i = 0; i < 70; i += 1) bus.publish(new Float32Array(frame));
    bus.close();
    const rest = await all(events);
    expect(rest[0]).toMatchObject({ kind: 'frame', startSample: 129 * frame });
    expect(listener.dropped).toBe(69);
  });

  test('is not waited for after the signal', async () => {
    const abort = new AbortController();
    const events = vad.events(AudioBus.create().listen(), { signal: abort.signal });
    const next = events.next();
    abort.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
  });
});

test('a detector hears what follows a gap as if it were the beginning', async () => {
  const make = async () => new VoiceFrames(await VadModule.create(assets.module, assets.weights));
  const sound = noise(4 * frame, seededRandom(5));
  const expected = (await make()).push(sound, 9 * frame);
  const frames = await make();
  frames.push(noise(20 * frame + 100, seededRandom(6)), 0);
  expect(frames.push(sound, 9 * frame)).toEqual(expected);
  expect(frames.push(sound, 13 * frame)).not.toEqual(expected);
});

test('a bus of another rate is refused', async () => {
  const bus = AudioBus.create({ sampleRate: 48_000 });
  const events = new VadProcessor({ assets }).events(bus.listen());
  await expect(events.next()).rejects.toThrow('vad.listener must be at 16000 Hz, was 48000.');
});

test.each([
  ['asset-damaged', { weights: assets.weights.subarray(0, 1000) }],
  ['asset-damaged', { module: assets.weights }],
  ['asset-missing', { weights: 'http://127.0.0.1:1/silero-vad.bin' }],
])('files that cannot be used are an error: %s', async (code, wrong) => {
  const vad = new VadProcessor({ assets: { ...assets, ...wrong } });
  const refused = vad.containsSpeech(new Float32Array(frame));
  await expect(refused).rejects.toThrow(VadError);
  await expect(refused).rejects.toMatchObject({ code });
});
