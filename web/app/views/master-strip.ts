import { type MeterReading, type Mixer, toDb } from '../../lib/index.ts';
import { h } from '../dom/element.ts';
import { makeFigureList } from '../dom/figure-list.ts';
import { parameterField, parameterSwitch } from '../dom/parameter-field.ts';
import { formatFixed, formatMeter } from '../format.ts';
import {
  masterParameter,
  ParameterLink,
  tellRefusal,
  type TellRefusal,
} from '../model/parameter-link.ts';
import { makeFader } from './fader.ts';
import type { Strip } from './mixer-strip.ts';
import { makeStereoMeter, peakDbOf, rmsDbOf } from './stereo-meter.ts';

/** Makes the master: what all inputs together become. @param monitor Its switch. */
export function makeMasterStrip(mixer: Mixer, monitor: HTMLElement, tell: TellRefusal): Strip {
  const link = (name: Parameters<typeof masterParameter>[1]): ParameterLink =>
    new ParameterLink(masterParameter(mixer, name), tell);
  const fader = makeFader(link('gainDb'), 'Master gain', 'fader');
  const meter = makeStereoMeter('Master peak');
  const limiter = [
    parameterSwitch(link('limiterOn'), 'Limiter', 'limiterOn'),
    parameterField(link('limiterCeilingDb'), {
      full: 'Limiter ceiling',
      short: 'Ceiling',
      testId: 'limiterCeilingDb',
    }),
    parameterField(link('limiterReleaseMs'), {
      full: 'Limiter release',
      short: 'Release',
      testId: 'limiterReleaseMs',
    }),
  ];
  const figures = makeFigures();
  const element = h(
    'section',
    { class: 'card strip master', 'aria-label': 'Master', 'data-testid': 'strip-master' },
    h('header', { class: 'strip-head' }, h('h2', {}, 'Master')),
    h('div', { class: 'throw' }, fader.element, meter.element),
    h('p', { class: 'gain' }, fader.figure),
    h(
      'div',
      { class: 'master-side' },
      figures.element,
      makeReset(mixer, tell),
      h('div', { class: 'limiter' }, ...limiter.map((control) => control.element)),
      monitor,
    ),
  );
  return {
    element,
    draw(nowMs, text) {
      const reading = mixer.masterMeters;
      meter.draw(reading, nowMs, text);
      if (!text) return;
      for (const control of [fader, ...limiter]) control.sync();
      figures.draw(reading);
    },
  };
}

function makeReset(mixer: Mixer, tell: TellRefusal): HTMLElement {
  const reset = h('button', { type: 'button', 'data-testid': 'reset-meters' }, 'Reset meters');
  reset.title = 'Starts true peak, integrated loudness and range anew, for every input as well';
  reset.addEventListener('click', () => {
    mixer.send({ kind: 'reset-meters' }).catch((error: unknown) => tellRefusal(error, tell));
  });
  return reset;
}

function makeFigures(): { element: HTMLElement; draw(reading: MeterReading): void } {
  const lufs = (title: string, testId: string, value: (reading: MeterReading) => number) => ({
    ...{ title, testId, value },
    format: formatMeter,
  });
  return makeFigureList<MeterReading>('levels', [
    { title: 'Peak, dBFS', testId: 'master-peak', value: peakDbOf, format: formatMeter },
    { title: 'RMS, dBFS', testId: 'master-rms', value: rmsDbOf, format: formatMeter },
    lufs('True peak max, dBTP', 'master-true-peak', ({ truePeakLeft, truePeakRight }) =>
      toDb(Math.max(truePeakLeft, truePeakRight)),
    ),
    lufs('Momentary, LUFS', 'master-lufs-m', ({ momentaryLufs }) => momentaryLufs),
    lufs('Short-term, LUFS', 'master-lufs-s', ({ shortTermLufs }) => shortTermLufs),
    lufs('Integrated, LUFS', 'master-lufs-i', ({ integratedLufs }) => integratedLufs),
    {
      title: 'Range, LU',
      testId: 'master-lra',
      value: ({ loudnessRangeLu }) => loudnessRangeLu,
      format: (lu) => formatFixed(lu, 1),
    },
    {
      title: 'Limiter takes, dB',
      testId: 'master-reduction',
      value: ({ reductionDb }) => Math.abs(reductionDb),
      format: (db) => formatFixed(db, 1),
    },
  ]);
}
