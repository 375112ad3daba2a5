import { describe, expect, test } from 'vitest';
import { InputClassifier, type InputReading } from '../../web/lib/watchdog/classify.ts';

const rateHz = 48_000;
const healthy: InputReading = {
  input: 0,
  ended: false,
  openFrames: 10 * rateHz,
  absentFrames: 0,
  zeroFrames: 0,
  deliveredFrames: 480_000,
  rateHz: 44_100,
  openedRateHz: 44_100,
};

/** What is found when a device behaves like this in readings 50 ms apart. */
function watch(count: number, at: (frames: number, reading: number) => Partial<InputReading>) {
  const classifier = new InputClassifier(rateHz);
  return Array.from({ length: count }, (_, i) => {
    const frames = i * 2400;
    const openFrames = healthy.openFrames + frames;
    return classifier.classify({ ...healthy, openFrames, ...at(frames, i) })?.kind ?? null;
  });
}

describe('a microphone', () => {
  test('that delivers sound has no fault', () => {
    expect(watch(4, (frames) => ({ deliveredFrames: frames }))).toEqual([null, null, null, null]);
  });

  test('that delivers zeros for 100 ms is silent', () => {
    const found = watch(4, (frames) => ({ deliveredFrames: frames, zeroFrames: frames }));
    expect(found).toEqual([null, null, 'zeros', 'zeros']);
  });

  test('that delivers nothing more is dead', () => {
    const found = watch(4, (frames) => ({ deliveredFrames: 7, zeroFrames: frames }));
    expect(found).toEqual([null, null, null, 'no-frames']);
  });

  test('whose channel is gone is dead, whatever the browser counts', () => {
    const found = watch(4, (frames) => ({ deliveredFrames: null, absentFrames: frames }));
    expect(found).toEqual([null, null, null, 'no-frames']);
  });

  test('is taken for silent where the browser does not count its frames', () => {
    const found = watch(4, (frames) => ({ deliveredFrames: null, zeroFrames: frames }));
    expect(found).toEqual([null, null, 'zeros', 'zeros']);
  });

  test('that ended is told at once, with the silence since its last sound', () => {
    const classifier = new InputClassifier(rateHz);
    const fault = classifier.classify({ ...healthy, ended: true, zeroFrames: 960 });
    expect(fault).toEqual({ kind: 'track-ended', frames: 960 });
  });

  test('that ended in the middle of silence has been gone since it was last seen live', () => {
    const classifier = new InputClassifier(rateHz);
    const { openFrames } = healthy;
    expect(classifier.classify({ ...healthy, zeroFrames: 960 })).toBeNull();
    const later = { openFrames: openFrames + 240, zeroFrames: 1200 };
    const fault = classifier.classify({ ...healthy, ...later, ended: true });
    expect(fault).toEqual({ kind: 'track-ended', frames: 240 });
  });

  test('that runs at another rate is told at once', () => {
    expect(watch(1, () => ({ rateHz: 16_000 }))).toEqual(['rate-changed']);
  });

  test('whose rate nobody tells has not changed it', () => {
    expect(watch(1, () => ({ rateHz: null }))).toEqual([null]);
    expect(watch(1, () => ({ openedRateHz: null }))).toEqual([null]);
  });

  test('has half a second for its first sound, whatever the input had before', () => {
    const classifier = new InputClassifier(rateHz);
    const found = [0.1, 0.4, 0.6].map((sec) =>
      classifier.classify({
        ...healthy,
        openFrames: sec * rateHz,
        zeroFrames: 99 * rateHz,
        deliveredFrames: sec * rateHz,
      }),
    );
    expect(found).toEqual([null, null, { kind: 'zeros', frames: 0.6 * rateHz }]);
  });
});
