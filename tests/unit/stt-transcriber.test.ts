import { describe, expect, test } from 'vitest';
import type { Recognition, RecognizeOptions, Recognizer } from '../../web/lib/stt/recognizer.ts';
import { frameSamples, type SpeechSegment } from '../../web/lib/speech-segment.ts';
import type { FinalText, TextEvent } from '../../web/lib/stt/text-event.ts';
import {
  Transcriber,
  type TranscriberOptions,
  type VoiceAudio,
} from '../../web/lib/stt/transcriber.ts';

const second = 16_000;

/** Says of each stretch where it begins and how long it is; samples hold their own number. */
class Counting implements Recognizer {
  readonly calls: { first: number; length: number; expectText: boolean; isFinal: boolean }[] = [];
  pause: Promise<void> = Promise.resolve();
  workMs = 0;

  async recognize(samples: Float32Array, options: RecognizeOptions = {}): Promise<Recognition> {
    const { expectText = false, isFinal = false, signal } = options;
    this.calls.push({ first: samples[0] ?? -1, length: samples.length, expectText, isFinal });
    await this.pause;
    signal?.throwIfAborted();
    const text = `${samples[0]}+${samples.length}`;
    return { text, tokens: [], repeats: false, encoderMs: this.workMs, decoderMs: 0 };
  }
}

/** Sound that goes on, of which the last `held` samples are there. */
class Ring implements VoiceAudio {
  readonly isLive = true;
  endSample = 0;
  held = 32 * second;

  read(start: number, end: number): Float32Array {
    const from = Math.min(end, Math.max(start, this.endSample - this.held));
    return Float32Array.from({ length: end - from }, (_, i) => from + i);
  }

  timeMs(sample: number): number {
    return 1000 + sample / 16;
  }
}

const segment = (
  start: number,
  probabilities: readonly number[],
  endSample: number | null = null,
): SpeechSegment => ({
  startSample: start,
  endSample,
  speechFrames: probabilities.filter((p) => p >= 0.5).length,
  probabilities: Float32Array.from(probabilities),
});

const frames = (seconds: number, probability = 0.9): number[] =>
  Array.from({ length: Math.round((seconds * second) / frameSamples) }, () => probability);

function setUp(options: TranscriberOptions = {}) {
  const model = new Counting();
  const ring = new Ring();
  const events: TextEvent[] = [];
  const transcriber = new Transcriber(model, ring, (event) => events.push(event), options);
  const tell = async (told: SpeechSegment): Promise<void> => {
    const end = told.endSample ?? told.startSample + told.probabilities.length * frameSamples;
    ring.endSample = Math.max(ring.endSample, end);
    transcriber.update(told);
    await transcriber.idle();
  };
  return { model, ring, events, transcriber, tell };
}

const finals = (events: readonly TextEvent[]): FinalText[] =>
  events.filter((event) => event.kind === 'final');

describe('a segment that grows', () => {
  test('gives partial texts at most every 500 ms of sound, and a final one at its end', async () => {
    const { events, tell } = setUp();
    for (let count = 1; count <= 62; count += 1) await tell(segment(0, frames(2).slice(0, count)));
    await tell(segment(0, frames(2), 62 * frameSamples));
    expect(events.map(({ kind, endSample }) => [kind, endSample / frameSamples])).toEqual([
      ['partial', 16],
      ['partial', 32],
      ['partial', 48],
      ['final', 62],
    ]);
  });

  test('gives fewer where the model takes longer than the pause between two', async () => {
    const { model, events, tell } = setUp();
    model.workMs = 1000;
    for (let count = 1; count <= 156; count += 1) await tell(segment(0, frames(5).slice(0, count)));
    const heard = events.map(({ endSample }) => endSample / second);
    expect(heard).toEqual([expect.closeTo(0.5, 1), expect.closeTo(2.5, 1), expect.closeTo(4.5, 1)]);
  });

  test('lets the model look twice at its final text only', async () => {
    const { model, tell } = setUp();
    await tell(segment(0, frames(1)));
    await tell(segment(0, frames(2), 2 * second));
    expect(model.calls.map(({ isFinal }) => isFinal)).toEqual([false, true]);
  });

  test('gives its first partial text as soon after a final one that took long', async () => {
    const { model, events, tell } = setUp();
    model.workMs = 3000;
    await tell(segment(0, frames(2), 2 * second));
    await tell(segment(3 * second, frames(0.6)));
    expect(events.map(({ kind }) => kind)).toEqual(['final', 'partial']);
  });

  test('has no partial texts where none are wanted', async () => {
    const { events, tell } = setUp({ partialEveryMs: Infinity });
    await tell(segment(0, frames(5)));
    expect(events).toEqual([]);
  });

  test('ends a partial text that is under way, which is not told', async () => {
    const { model, ring, events, transcriber } = setUp();
    const { promise, resolve } = withResolvers();
    model.pause = promise;
    ring.endSample = 2 * second;
    transcriber.update(segment(0, frames(1)));
    await expect.poll(() => model.calls.length).toBe(1);
    transcriber.update(segment(0, frames(1.5), 1.5 * second));
    resolve();
    await transcriber.idle();
    expect(events.map(({ kind }) => kind)).toEqual(['final']);
    expect(model.calls).toHaveLength(2);
  });

  test('that was no speech is forgotten, with the text that is under way', async () => {
    const { model, ring, events, transcriber, tell } = setUp();
    const { promise, resolve } = withResolvers();
    model.pause = promise;
    ring.endSample = 2 * second;
    transcriber.update(segment(0, frames(1)));
    await expect.poll(() => model.calls.length).toBe(1);
    transcriber.cancel(0);
    resolve();
    await transcriber.idle();
    expect(events).toEqual([]);
    await tell(segment(3 * second, frames(1), 4 * second));
    expect(events).toMatchObject([{ kind: 'final', startSample: 3 * second }]);
  });

  test('says when and where on both clocks', async () => {
    const { ring, events, transcriber } = setUp();
    ring.endSample = 3 * second;
    transcriber.update(segment(second, [...frames(1), ...frames(0.48, 0.1)], 2.5 * second));
    ring.endSample = 3.5 * second;
    await transcriber.idle();
    expect(events).toMatchObject([
      {
        ...{ startSample: second, endSample: 2.5 * second, startMs: 2000, endMs: 3500 },
        ...{ latencyMs: 1508, detectionMs: 1008, guard: null, text: '16000+24000' },
      },
    ]);
  });
});

describe('a segment that is too long', () => {
  test('is cut where speech is least likely, in the second half of what the model takes', async () => {
    const { model, events, tell } = setUp({ partialEveryMs: Infinity });
    const probabilities = frames(37);
    probabilities.fill(0.01, 100, 110);
    probabilities.fill(0.3, 400, 403);
    probabilities.fill(0.2, 700, 703);
    await tell(segment(512, probabilities));
    await tell(segment(512, probabilities, 512 + 37 * second));
    const cuts = finals(events).map(({ startSample, endSample }) => [startSample, endSample]);
    const [first, last] = [401.5, 701.5].map((frame) => 512 + frame * frameSamples);
    expect(cuts).toEqual([
      [512, first],
      [first, last],
      [last, 512 + 37 * second],
    ]);
    expect(Math.max(...model.calls.map(({ length }) => length))).toBeLessThanOrEqual(15 * second);
  });

  test('without probabilities is cut where it is faintest, and loses nothing', async () => {
    const { ring, events, tell } = setUp({ longestMs: 2000 });
    const read = ring.read.bind(ring);
    const isQuiet = (at: number): boolean => at > 1.5 * second && at < 1.7 * second;
    ring.read = (start, end) => read(start, end).map((_, i) => (isQuiet(start + i) ? 0.001 : 0.5));
    await tell(segment(0, [], 2.5 * second));
    const [first, last] = finals(events);
    expect(isQuiet(first!.endSample)).toBe(true);
    expect(last).toMatchObject({ startSample: first!.endSample, endSample: 2.5 * second });
  });
});

describe('the guards', () => {
  test('want text of a stretch with 12 frames of speech or more, and of no other', async () => {
    const { model, tell } = setUp();
    const some = (count: number): number[] => [...frames(1, 0.2), ...frames(1).slice(0, count)];
    await tell(segment(0, some(11), 2 * second));
    await tell(segment(40 * second, some(12), 42 * second));
    await tell(segment(90 * second, [], 92 * second));
    expect(model.calls.map(({ expectText }) => expectText)).toEqual([false, true, false]);
  });

  test('ask nothing of the model where no frame has speech, or next to no sound', async () => {
    const { model, events, tell } = setUp();
    await tell(segment(0, frames(2, 0.4), 2 * second));
    await tell(segment(9 * second, frames(0.1), 9 * second + 1599));
    expect(finals(events).map(({ guard, text }) => [guard, text])).toEqual([
      ['no-speech', ''],
      ['too-short', ''],
    ]);
    expect(model.calls).toEqual([]);
  });
});

describe('sound that the ring has lost', () => {
  test('is told, and the rest is heard', async () => {
    const { ring, events, tell } = setUp();
    ring.held = second;
    await tell(segment(0, frames(3), 3 * second));
    expect(events).toMatchObject([
      { kind: 'skipped', startSample: 0, endSample: 2 * second, startMs: 1000, endMs: 3000 },
      { kind: 'final', text: `${2 * second}+${second}` },
    ]);
  });

  test('of a whole segment leaves no text', async () => {
    const { ring, events, tell } = setUp();
    ring.endSample = 60 * second;
    await tell(segment(0, frames(3), 3 * second));
    expect(events).toMatchObject([
      { kind: 'skipped', startSample: 0, endSample: 3 * second },
      { kind: 'final', text: '', guard: 'too-short' },
    ]);
  });
});

test('segments come out in the order in which they began', async () => {
  const { ring, events, transcriber } = setUp();
  ring.endSample = 9 * second;
  transcriber.update(segment(0, frames(1)));
  transcriber.update(segment(4 * second, frames(1), 5 * second));
  transcriber.update(segment(0, frames(2), 2 * second));
  await transcriber.idle();
  expect(finals(events).map(({ startSample }) => startSample)).toEqual([0, 4 * second]);
});

test('what the model throws reaches whoever waits, and the next segment is heard', async () => {
  const { model, events, transcriber, tell } = setUp();
  model.pause = Promise.reject(new Error('out of memory'));
  await expect(tell(segment(0, frames(1), second))).rejects.toThrow('out of memory');
  model.pause = Promise.resolve();
  transcriber.update(segment(2 * second, frames(1), 3 * second));
  await transcriber.idle();
  expect(finals(events)).toMatchObject([{ startSample: 2 * second }]);
});

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
