import { describe, expect, test } from 'vitest';
import {
  Segmenter,
  type SegmenterEvent,
  type SegmenterOptions,
  vadPresets,
} from '../../web/lib/vad/index.ts';
import { seededRandom } from '../support/random.ts';

const frame = 512;

/** So many frames of a probability. */
const run = (frames: number, probability: number): number[] =>
  Array.from({ length: frames }, () => probability);

const quick: SegmenterOptions = {
  minSpeechMs: 64,
  minSilenceMs: 96,
  preRollMs: 128,
  tailMs: 64,
  capMs: 5000,
};

/** What the segmenter finds in frames, the first of which has this number. */
function push(
  segmenter: Segmenter,
  probabilities: readonly number[],
  first = 0,
  oldestSample = 0,
): SegmenterEvent[] {
  return probabilities.flatMap((probability, i) =>
    segmenter.push({ startSample: (first + i) * frame, probability }, oldestSample),
  );
}

/** An event in frames: what, from, to, found. */
function brief(event: SegmenterEvent): string {
  const found = `found at ${event.foundAtSample / frame}`;
  if (event.kind === 'speech-start') {
    const { startSample, speechSample } = event;
    return `start ${startSample / frame}, speech ${speechSample / frame}, ${found}`;
  }
  const { startSample, endSample, speechFrames } = event.segment;
  return `${event.kind} ${startSample / frame} to ${endSample! / frame}, ${speechFrames}, ${found}`;
}

const briefly = (events: readonly SegmenterEvent[]): string[] => events.map(brief);

describe('a segment', () => {
  test('begins before its first frame with speech and ends with a tail of the silence', () => {
    const segmenter = new Segmenter(quick);
    const events = push(segmenter, [...run(10, 0), ...run(5, 1), ...run(10, 0)]);
    expect(briefly(events)).toEqual([
      'start 6, speech 10, found at 11',
      'speech-end 6 to 17, 5, found at 18',
    ]);
  });

  test('has the probability of each frame', () => {
    const segmenter = new Segmenter(quick);
    const events = push(segmenter, [0.01, 0.02, 0.9, 0.95, 0.7, 0.1, 0.05, 0.03]);
    const [, end] = events;
    expect(end?.kind).toBe('speech-end');
    if (end?.kind !== 'speech-end') return;
    const expected = Float32Array.of(0.01, 0.02, 0.9, 0.95, 0.7, 0.1, 0.05);
    expect(end.segment.probabilities).toEqual(expected);
    expect(end.segment.isCut).toBe(false);
  });

  test('is open to look at while it grows, and what was looked at stays', () => {
    const segmenter = new Segmenter(quick);
    push(segmenter, [0, 0.9, 0.9]);
    const early = segmenter.current!;
    expect(early).toMatchObject({ startSample: 0, endSample: null, speechFrames: 2 });
    push(segmenter, [0.9, 0, 0, 0], 3);
    expect(segmenter.current).toBeNull();
    expect(early.probabilities).toEqual(Float32Array.of(0, 0.9, 0.9));
  });

  test('opens below the threshold and is a misfire when no speech follows', () => {
    const segmenter = new Segmenter(quick);
    expect(briefly(push(segmenter, [0, 0.2, 0.1, 0.1, 0.1, 0]))).toEqual([
      'start 0, speech 1, found at 2',
      'misfire 0 to 4, 0, found at 5',
    ]);
  });

  test('goes on through a pause that is shorter than the silence that ends it', () => {
    const segmenter = new Segmenter(quick);
    const events = push(segmenter, [...run(3, 1), 0, 0, ...run(3, 1), 0, 0, 0]);
    expect(briefly(events)).toEqual([
      'start 0, speech 0, found at 1',
      'speech-end 0 to 10, 6, found at 11',
    ]);
  });

  test('ends while the probability is still high, where it falls and falls', () => {
    const patient = { ...quick, minSilenceMs: 192 };
    const falling = [0.93, 0.85, 0.75, 0.66, 0.55, 0.5];
    expect(briefly(push(new Segmenter(patient), [...run(4, 0.99), ...falling]))).toEqual([
      'start 0, speech 0, found at 1',
      'speech-end 0 to 10, 10, found at 10',
    ]);
    expect(push(new Segmenter(patient), [...run(4, 0.99), ...run(20, 0.66)])).toHaveLength(1);
  });

  test('does not open anew while the probability still falls', () => {
    const segmenter = new Segmenter(quick);
    const events = push(segmenter, [...run(4, 0.99), 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]);
    expect(events.map(({ kind }) => kind)).toEqual(['speech-start', 'speech-end']);
    expect(push(segmenter, [0.4], 12)).toHaveLength(1);
  });

  test('ends with the sound', () => {
    const segmenter = new Segmenter(quick);
    push(segmenter, [0, 0, 1, 1, 0]);
    expect(briefly(segmenter.finish())).toEqual(['speech-end 0 to 5, 2, found at 5']);
    expect(segmenter.finish()).toEqual([]);
    expect(briefly(push(segmenter, [1], 2))).toEqual(['start 2, speech 2, found at 3']);
  });
});

describe('the sound before a segment', () => {
  test('is in no two segments', () => {
    const segmenter = new Segmenter(quick);
    const events = push(segmenter, [...run(3, 1), ...run(4, 0), ...run(3, 1), ...run(3, 0)]);
    expect(briefly(events)).toEqual([
      'start 0, speech 0, found at 1',
      'speech-end 0 to 5, 3, found at 6',
      'start 5, speech 7, found at 8',
      'speech-end 5 to 12, 3, found at 13',
    ]);
  });

  test('may be that of a misfire, which nobody else got', () => {
    const segmenter = new Segmenter(quick);
    const events = push(segmenter, [0.2, 0, 0, 0, 1, 1]);
    expect(brief(events.at(-1)!)).toBe('start 0, speech 4, found at 5');
  });

  test('is no older than what there still is', () => {
    const segmenter = new Segmenter(quick);
    const events = push(segmenter, [...run(10, 0), 1], 0, 8 * frame + 1);
    expect(briefly(events)).toEqual(['start 9, speech 10, found at 11']);
  });
});

describe('frames that are missing', () => {
  test('are silence, where they are few', () => {
    const segmenter = new Segmenter(quick);
    push(segmenter, run(3, 1));
    expect(briefly(push(segmenter, [1, 0, 0, 0], 5))).toEqual(['speech-end 0 to 8, 4, found at 9']);
  });

  test('end a segment where the frames end, where they are many', () => {
    const segmenter = new Segmenter(quick);
    push(segmenter, run(3, 1));
    expect(briefly(push(segmenter, [0, 1], 6))).toEqual([
      'speech-end 0 to 3, 3, found at 3',
      'start 6, speech 7, found at 8',
    ]);
  });

  test('end a segment where they are no whole number', () => {
    const segmenter = new Segmenter(quick);
    push(segmenter, run(3, 1));
    const events = segmenter.push({ startSample: 3 * frame + 1, probability: 1 });
    expect(events.map(({ kind }) => kind)).toEqual(['speech-end', 'speech-start']);
    expect(events[1]).toMatchObject({ startSample: 3 * frame + 1 });
  });
});

describe('a segment that becomes too long', () => {
  const capFrames = Math.ceil(5000 / 32);

  test('is cut in its second half where speech is least likely, and nothing is lost', () => {
    const segmenter = new Segmenter({ ...quick, minSilenceMs: 640 });
    const probabilities = run(2 * capFrames, 0.9);
    probabilities.splice(20, 1, 0.3);
    probabilities.splice(100, 3, 0.6, 0.5, 0.6);
    const events = push(segmenter, probabilities);
    expect(briefly(events.slice(0, 3))).toEqual([
      'start 0, speech 0, found at 1',
      `speech-end 0 to 101, 100, found at ${capFrames}`,
      `start 101, speech 101, found at ${capFrames}`,
    ]);
    expect(events[1]).toMatchObject({ segment: { isCut: true } });
    expect(events[2]).toMatchObject({ continues: true });
    expect(segmenter.finish()).toHaveLength(1);
  });

  test('leaves a last syllable that is shorter than any other segment', () => {
    const segmenter = new Segmenter({ ...quick, minSpeechMs: 2000 });
    const speech = [...run(capFrames - 3, 0.9), 0.4, 0.4, 0.9];
    const events = push(segmenter, [...speech, ...run(4, 0)]);
    const [, first, second, last] = events;
    expect(first).toMatchObject({ kind: 'speech-end', segment: { isCut: true } });
    expect(second).toMatchObject({ kind: 'speech-start', continues: true });
    expect(last).toMatchObject({ kind: 'speech-end', segment: { speechFrames: 1 } });
  });
});

test('no frame of speech is lost and no sample is in two segments, whatever comes', () => {
  const random = seededRandom(16);
  for (const preset of vadPresets) {
    const segmenter = new Segmenter({ preset, minSpeechMs: 32, capMs: 5000 });
    let likely = false;
    const probabilities = Array.from({ length: 20_000 }, () => {
      if (random() < 0.03) likely = !likely;
      return likely ? 0.5 + 0.5 * random() : 0.6 * random() ** 4;
    });
    const events = [...push(segmenter, probabilities), ...segmenter.finish()];
    const segments = events.flatMap((event) =>
      event.kind === 'speech-end' ? [event.segment] : [],
    );
    expect(segments.length).toBeGreaterThan(20);
    const held = new Uint8Array(probabilities.length);
    for (const { startSample, endSample, probabilities: own } of segments) {
      expect(own.length).toBe((endSample! - startSample) / frame);
      expect(own.length).toBeLessThanOrEqual(Math.ceil(5000 / 32));
      const first = startSample / frame;
      expect(own).toEqual(Float32Array.from(probabilities.slice(first, first + own.length)));
      held.subarray(first, first + own.length).forEach((_, i, part) => (part[i]! += 1));
    }
    expect(Math.max(...held)).toBe(1);
    const lost = probabilities.filter((probability, i) => probability >= 0.5 && held[i] === 0);
    expect(lost).toEqual([]);
  }
});

describe('the settings', () => {
  test('of the presets differ in the silence that ends a segment', () => {
    const frames = vadPresets.map(
      (preset) => new Segmenter({ preset }).settings.minSilenceFrames * 32,
    );
    expect(frames).toEqual([640, 448, 192]);
  });

  test('follow the threshold', () => {
    const { startThreshold, stopThreshold } = new Segmenter({ threshold: 0.8 }).settings;
    expect(startThreshold).toBeCloseTo(0.24);
    expect(stopThreshold).toBeCloseTo(0.72);
  });

  test.each<[SegmenterOptions, string]>([
    [{ threshold: 1 }, 'vad.threshold must be from 0.05 to 0.95, was 1.'],
    [{ threshold: NaN }, 'vad.threshold must be from 0.05 to 0.95, was NaN.'],
    [{ startThreshold: 0.6 }, 'vad.startThreshold must be from 0.01 to 0.5, was 0.6.'],
    [{ stopThreshold: 0 }, 'vad.stopThreshold must be from 0.01 to 0.5, was 0.'],
    [{ minSpeechMs: 0 }, 'vad.minSpeechMs must be from 32 to 2000 ms, was 0.'],
    [{ minSilenceMs: 50 }, 'vad.minSilenceMs must be from 96 to 5000 ms, was 50.'],
    [{ preRollMs: 2001 }, 'vad.preRollMs must be from 0 to 2000 ms, was 2001.'],
    [{ preset: 'command', tailMs: 200 }, 'vad.tailMs must be from 0 to 192 ms, was 200.'],
    [{ capMs: 1000 }, 'vad.capMs must be from 5000 to 30000 ms, was 1000.'],
    [
      { preset: 'song' as 'command' },
      'vad.preset must be dictation, conversation, command, was song.',
    ],
  ])('refuse %j', (options, message) => {
    expect(() => new Segmenter(options)).toThrow(new RangeError(message));
  });

  test.each([
    [{ startSample: 511, probability: 0 }, 'frame.startSample must be a whole number from 512 on'],
    [{ startSample: 512.5, probability: 0 }, 'frame.startSample must be a whole number'],
    [{ startSample: 512, probability: NaN }, 'frame.probability must be from 0 to 1, was NaN.'],
    [{ startSample: 512, probability: 1.1 }, 'frame.probability must be from 0 to 1, was 1.1.'],
  ])('do not take a frame like %j', (wrong, message) => {
    const segmenter = new Segmenter();
    segmenter.push({ startSample: 0, probability: 0 });
    expect(() => segmenter.push(wrong)).toThrow(message);
  });
});
