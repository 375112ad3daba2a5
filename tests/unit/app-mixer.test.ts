import { describe, expect, test } from 'vitest';
import { faderDb, faderPosition } from '../../web/app/draw/fader-scale.ts';
import { effectGroups, scaleOf, valueInWords } from '../../web/app/model/parameter-groups.ts';
import { type Parameter, ParameterLink } from '../../web/app/model/parameter-link.ts';
import { MixerError, stripParameterInfo } from '../../web/lib/index.ts';

describe('the fader', () => {
  test('covers the range of the gain, and every tenth of a decibel comes back', () => {
    const { min, max } = stripParameterInfo.gainDb;
    expect([faderPosition(min), faderPosition(max)]).toEqual([0, 1]);
    for (let tenth = min * 10; tenth <= max * 10; tenth += 1) {
      expect(faderDb(faderPosition(tenth / 10))).toBeCloseTo(tenth / 10, 9);
    }
  });

  test('rises all the way', () => {
    const levels = Array.from({ length: 101 }, (_, step) => faderDb(step / 100));
    expect(levels).toEqual(levels.toSorted((one, other) => one - other));
  });
});

describe('the effect sheet', () => {
  test('has every parameter but those of the strip itself, once', () => {
    const shown = effectGroups.flatMap(({ power, parameters }) => [
      ...(power === null ? [] : [power]),
      ...parameters.map(({ name }) => name),
    ]);
    const own = ['gainDb', 'pan', 'mute', 'solo'];
    expect(shown.toSorted()).toEqual(
      Object.keys(stripParameterInfo)
        .filter((name) => !own.includes(name))
        .toSorted(),
    );
  });

  test('names every parameter in words', () => {
    const labels = effectGroups.flatMap(({ parameters }) => parameters.map(({ label }) => label));
    for (const label of labels) expect(label).toMatch(/^([A-Z][a-z-]+( by)?|Q)$/);
  });

  test.each(Object.entries(stripParameterInfo))('%s is reached from end to end', (_name, info) => {
    const scale = scaleOf(info);
    expect([scale.toValue(0), scale.toValue(1)]).toEqual([info.min, info.max]);
    expect(scale.toPosition(scale.toValue(0.25))).toBeCloseTo(0.25, 2);
  });

  test('reads values without the noise of 32-bit floats', () => {
    expect(valueInWords(Math.fround(-5.3), stripParameterInfo.lowMidDb)).toBe('−5.30 dB');
    expect(valueInWords(2500, stripParameterInfo.lowMidHz)).toBe('2500 Hz');
  });
});

describe('a parameter', () => {
  interface Answer {
    readonly value: number;
    readonly resolve: () => void;
    readonly reject: (error: Error) => void;
  }

  function makeLink() {
    const answers: Answer[] = [];
    const told: string[] = [];
    const parameter: Parameter = {
      info: stripParameterInfo.gainDb,
      read: () => 0,
      write: (value) =>
        new Promise<void>((resolve, reject) => answers.push({ value, resolve, reject })),
    };
    return { link: new ParameterLink(parameter, (words) => told.push(words)), answers, told };
  }

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('is sent once at a time, and only the last wish waits', async () => {
    const { link, answers } = makeLink();
    for (const db of [-1, -2, -3]) link.set(db);
    expect(answers.map(({ value }) => value)).toEqual([-1]);
    expect(link.settled).toBe(false);
    answers[0]!.resolve();
    await turn();
    expect(answers.map(({ value }) => value)).toEqual([-1, -3]);
    answers[1]!.resolve();
    await turn();
    expect(link.settled).toBe(true);
  });

  test('stays in its range', () => {
    const { link, answers } = makeLink();
    link.set(100);
    expect(answers[0]!.value).toBe(stripParameterInfo.gainDb.max);
  });

  test('tells a refusal in words and goes on; a closed session is no news', async () => {
    const { link, answers, told } = makeLink();
    link.set(-1);
    answers[0]!.reject(new MixerError('queue-full', 'It is full.', 'Wait.'));
    await turn();
    link.set(-2);
    answers[1]!.reject(new MixerError('closed', 'It is closed.', 'Open it.'));
    await turn();
    expect(told).toEqual(['It is full. Wait.']);
    expect(link.settled).toBe(true);
  });
});
