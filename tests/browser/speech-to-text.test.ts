import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  AudioBus,
  type FinalText,
  type LoadProgress,
  type PartialText,
  type SkippedSpeech,
  type SpeechStatus,
  SpeechToText,
  type SpeechToTextOptions,
} from '../../web/lib/index.ts';
import hangingWorkerUrl from '../support/hanging-speech-worker.ts?worker&url';

const clip = '/build/speech/jfk.wav';
const words =
  'and so my fellow americans ask not what your country can do for you ask what you can do for your country';
const headBytes = 78;
const chunkFrames = 512;

/** Commas come and go with a few samples more or less. */
const wordsOf = (text: string): string => text.toLowerCase().replace(/[^a-z ]/g, '');

const isServed = async (path: string): Promise<boolean> => {
  const { ok, headers } = await fetch(path, { method: 'HEAD' });
  return ok && headers.get('content-type')?.startsWith('text/html') !== true;
};
// Setup says so where it could not fetch them.
const isThere = (await isServed(clip)) && (await isServed('/models/moonshine-tiny/decoder.onnx'));

let samples: Float32Array;
beforeAll(async () => {
  const bytes = await (await fetch(clip)).arrayBuffer();
  samples = Float32Array.from(new Int16Array(bytes, headBytes), (sample) => sample / 32_768);
  await caches.delete('quanta-models');
});

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A bus that a clip is spoken to, and what becomes of it. */
async function open(options: SpeechToTextOptions = {}) {
  const bus = AudioBus.create();
  const workers: Worker[] = [];
  const startWorker = (): Worker => {
    const worker = new Worker(hangingWorkerUrl, { type: 'module' });
    workers.push(worker);
    return worker;
  };
  const modelsUrl = new URL('/models/', location.href);
  const stt = await SpeechToText.load(bus, { modelsUrl, startWorker, ...options });
  closers.push(() => stt.close());
  const texts: (PartialText | FinalText)[] = [];
  const skipped: SkippedSpeech[] = [];
  const states: SpeechStatus[] = [];
  stt.on('text', (text) => texts.push(text));
  stt.on('skipped', (stretch) => skipped.push(stretch));
  stt.on('status', (status) => states.push(status));
  const finals = (): string[] =>
    texts.filter(({ kind }) => kind === 'final').map(({ text }) => wordsOf(text));
  return { bus, stt, workers, texts, skipped, states, finals };
}

/** Puts chunks of the clip, or of silence behind it, on the bus. */
function speak(bus: AudioBus, chunks: number): void {
  for (let count = 0; count < chunks; count += 1) {
    const at = bus.published * chunkFrames;
    const chunk = new Float32Array(chunkFrames);
    chunk.set(samples.subarray(at, at + chunkFrames));
    bus.publish(chunk);
  }
}

/** Goes on until the Worker is missed: one that is ended, or soon will hang, may yet follow for a moment. */
async function untilMissed(bus: AudioBus, stt: SpeechToText): Promise<void> {
  const isReady = (): boolean => stt.status.state === 'ready';
  await expect.poll(() => (speak(bus, 10), isReady()), { timeout: 60_000 }).toBe(false);
}

const clipChunks = (): number => Math.floor(samples.length / chunkFrames);

function segmentTo(chunks: number, ends: boolean): Parameters<SpeechToText['update']>[0] {
  return {
    startSample: 0,
    endSample: ends ? chunks * chunkFrames : null,
    speechFrames: chunks,
    probabilities: new Float32Array(chunks).fill(0.9),
  };
}

describe.skipIf(!isThere)('speech to text in a Worker', () => {
  test('tells partial texts while somebody speaks, and the whole at the end', async () => {
    const progress: LoadProgress[] = [];
    const { bus, stt, texts, finals } = await open({ onProgress: (now) => progress.push(now) });
    expect(progress.at(-1)!.loadedBytes).toBe(progress.at(-1)!.totalBytes);
    expect(progress.length).toBeGreaterThan(3);
    const half = Math.floor(clipChunks() / 2);
    speak(bus, half);
    stt.update(segmentTo(half, false));
    await expect.poll(() => texts.length, { timeout: 60_000 }).toBe(1);
    expect(texts[0]).toMatchObject({ kind: 'partial', startSample: 0, startMs: 0 });
    expect(texts[0]!.text).toMatch(/^And so,? my fellow Americans/);
    speak(bus, clipChunks() - half);
    stt.update(segmentTo(clipChunks(), true));
    await expect.poll(finals, { timeout: 60_000 }).toEqual([words]);
    const { timing, latencyMs, endMs } = texts.at(-1)!;
    expect(Math.min(timing.encoderMs, timing.decoderMs)).toBeGreaterThan(0);
    expect(latencyMs).toBe(0);
    expect(endMs).toBe(clipChunks() * 32);
    expect(bus.listeners).toMatchObject([{ name: 'speech to text', pendingChunks: 0 }]);
    expect(bus.listeners[0]!.inferenceTimeMs).toBeGreaterThan(0);
  });

  test('that hangs is replaced, and what the bus holds no more is told as skipped', async () => {
    const { bus, stt, workers, skipped, finals } = await open({ stallMs: 2000 });
    workers[0]!.postMessage('hang');
    speak(bus, clipChunks());
    stt.update(segmentTo(clipChunks(), true));
    await untilMissed(bus, stt);
    const gone = 200;
    speak(bus, bus.capacityChunks + gone - bus.published);
    await expect.poll(finals, { timeout: 60_000 }).toHaveLength(1);
    expect(skipped).toMatchObject([
      { startSample: 0, endSample: gone * chunkFrames, startMs: 0, endMs: gone * 32 },
    ]);
    expect(finals()[0]).toMatch(/for your country$/);
  });

  test('that is killed is started again and loses nothing that the bus still holds, but not for ever', async () => {
    const { bus, stt, workers, states, skipped, finals } = await open({ stallMs: 1000 });
    speak(bus, clipChunks());
    workers[0]!.terminate();
    stt.update(segmentTo(clipChunks(), true));
    await untilMissed(bus, stt);
    await expect.poll(finals, { timeout: 60_000 }).toEqual([words]);
    expect(states.map(({ state }) => state)).toEqual(['restarting', 'ready']);
    expect(stt.status).toEqual({ state: 'ready', error: null, restarts: 1 });
    expect(skipped).toEqual([]);
    for (let lost = 1; lost < 4; lost += 1) {
      workers[lost]!.terminate();
      await untilMissed(bus, stt);
      await expect.poll(() => stt.status.state, { timeout: 60_000 }).not.toBe('restarting');
    }
    expect(states.at(-1)).toMatchObject({ state: 'failed', error: { code: 'worker-failed' } });
    expect(() => stt.update(segmentTo(9, true))).toThrow(/lost again and again/);
    await stt.close();
    expect(bus.listeners).toEqual([]);
  });
});

describe.skipIf(!isThere)('the loading of a model', () => {
  test('that is not there says so and how to get it', async () => {
    const bus = AudioBus.create();
    const modelsUrl = new URL('/no-models/', location.href);
    await expect(
      SpeechToText.load(bus, { modelsUrl, model: 'moonshine-base' }),
    ).rejects.toMatchObject({
      code: 'model-missing',
    });
    expect(bus.listeners).toEqual([]);
  });

  test('can be cancelled, and goes on there the next time', async () => {
    await caches.delete('quanta-models');
    const bus = AudioBus.create();
    const abort = new AbortController();
    const modelsUrl = new URL('/models/', location.href);
    const cancelled = SpeechToText.load(bus, {
      modelsUrl,
      signal: abort.signal,
      onProgress: ({ loadedBytes }) => loadedBytes > 1_000_000 && abort.abort(new Error('enough')),
    });
    await expect(cancelled).rejects.toThrow('enough');
    expect(bus.listeners).toEqual([]);
    const progress: number[] = [];
    const onProgress = ({ loadedBytes }: LoadProgress): number => progress.push(loadedBytes);
    const { stt } = await open({ onProgress });
    expect(stt.status.state).toBe('ready');
    // The vocabulary, then the rest of the encoder.
    expect(progress[1]).toBeGreaterThan(1_000_000);
  });
});
