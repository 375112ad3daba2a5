import { describe, expect, test } from 'vitest';
import { AudioBus } from '../../web/lib/bus/audio-bus.ts';
import { BusHistory } from '../../web/lib/bus/bus-history.ts';

const chunkFrames = 8;

/** A bus of four chunks whose samples are their own numbers. */
function open() {
  const bus = AudioBus.create({ capacityChunks: 4, chunkFrames, sampleRate: 4000 });
  const speak = (chunks: number, timeMs?: number): void => {
    for (let count = 0; count < chunks; count += 1) {
      const first = bus.published * chunkFrames;
      bus.publish(
        Float32Array.from({ length: chunkFrames }, (_, i) => first + i),
        timeMs,
      );
    }
  };
  return { bus, speak, history: new BusHistory(bus.address) };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

describe('the sound that a bus holds', () => {
  test('is read by the numbers of its samples, across chunks and the end of the ring', () => {
    const { speak, history } = open();
    speak(6);
    expect([history.startSample, history.endSample]).toEqual([16, 48]);
    expect([...history.read(19, 37)]).toEqual(range(19, 37));
    expect([...history.read(20, 20)]).toEqual([]);
  });

  test('is without what is overwritten, and without what is not there yet', () => {
    const { speak, history } = open();
    speak(6);
    expect([...history.read(3, 19)]).toEqual([16, 17, 18]);
    expect([...history.read(3, 9)]).toEqual([]);
    expect([...history.read(44, 90)]).toEqual(range(44, 48));
  });

  test('is none on a bus without any', () => {
    const { history } = open();
    expect([...history.read(0, 8)]).toEqual([]);
    expect(history.timeMs(4)).toBe(0);
  });

  test('refuses a stretch that ends before it begins', () => {
    const { history } = open();
    expect(() => history.read(9, 8)).toThrow(
      'read.endSample must be from startSample (9) on, was 8.',
    );
  });

  test('has the times of its chunks, gaps included, and of what is gone as if there were none', () => {
    const { speak, history } = open();
    speak(3);
    speak(1, 1000);
    speak(1, 1002);
    expect([8, 20, 26, 36].map((sample) => history.timeMs(sample))).toEqual([2, 5, 1000.5, 1003]);
    expect(history.timeMs(4)).toBe(1002 - 8 + 1);
    expect(history.timeMs(48)).toBe(1002 + 4);
  });
});
