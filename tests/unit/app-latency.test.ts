import { describe, expect, test } from 'vitest';
import {
  checkFigures,
  delayFigures,
  framesInWords,
  latencyAdvice,
  latencyFigures,
} from '../../web/app/model/latency-words.ts';
import type { LatencyReading } from '../../web/lib/index.ts';

const reading: LatencyReading = {
  ...{ found: true, frames: 592.5731, ms: 12.3452729, uncertaintyFrames: 0.0123 },
  ...{ snrDb: 23.46, inverted: false },
};

describe('a figure in frames', () => {
  test.each([
    [592.5731, 0.0123, '592.573 ± 0.012 frames'],
    [592.5731, 0.5, '592.57 ± 0.50 frames'],
    [592.5731, 31, '593 ± 31 frames'],
    [592.5731, 3e-7, '592.57310 ± < 0.00001 frames'],
    [-0.000_001, 0.001, '0.0000 ± 0.0010 frames'],
  ])('%d with an uncertainty of %d has as many decimals as it is worth', (frames, bar, words) => {
    expect(framesInWords(frames, bar)).toBe(words);
  });
});

describe('the figures', () => {
  test('of a round trip', () => {
    expect(latencyFigures(reading, 25.6).map(({ name, value }) => [name, value])).toEqual([
      ['Round trip', '12.345 ms'],
      ['In frames', '592.573 ± 0.012 frames'],
      ['Sequence above all else', '23.5 dB'],
      ['Polarity', 'the same'],
      ['The browser’s word for the way out', '25.6 ms'],
    ]);
  });

  test('of a delay', () => {
    const { snrDb: _, ...delay } = { ...reading, frames: -48, ms: -1, inverted: true };
    const figures = delayFigures({ ...delay, coherence: 0.5 });
    expect(figures.map(({ value }) => value)).toEqual([
      '−1.000 ms',
      '−48.000 ± 0.012 frames',
      '50.0 %',
      'inverted',
    ]);
  });

  test('of a loop that is known', () => {
    const [known, , error] = checkFigures({ ...reading, frames: 1000.5002 }, 1000.5);
    expect(known!.value).toBe('1000.5 frames');
    expect(error!.value).toBe('0.00020 frames');
    expect(error!.number).toBeCloseTo(0.0002, 9);
  });
});

describe('the advice', () => {
  const microphone = { monitor: false, source: 'microphone' } as const;

  test('is none where nothing is in the way', () => {
    expect(latencyAdvice(microphone, null)).toBe('');
    expect(latencyAdvice(microphone, { echoCancellation: false })).toBe('');
  });

  test('warns of feedback before all else', () => {
    const words = latencyAdvice({ ...microphone, monitor: true }, { echoCancellation: true });
    expect(words).toContain('howl');
  });

  test('names what takes the sequence away', () => {
    expect(latencyAdvice(microphone, { echoCancellation: true })).toContain('echoes');
    expect(latencyAdvice(microphone, { noiseSuppression: true })).toContain('noise');
    expect(latencyAdvice({ ...microphone, source: 'oscillator' }, null)).toContain('hears nothing');
  });
});
