import { h } from '../dom/element.ts';
import { field, select, toggle } from '../dom/field.ts';
import { numberField, setNumber, slider } from '../dom/number-field.ts';
import { limits, type Setup, type Waveform, waveforms } from '../model/setup.ts';
import { View } from './view.ts';

type Sync = (setup: Setup) => void;

const names: Readonly<Record<Waveform, string>> = {
  sine: 'Sine',
  square: 'Square',
  sawtooth: 'Sawtooth',
  triangle: 'Triangle',
};

// The slider covers what people hear; the field beside it takes more.
const heardHz = { min: 20, max: 20_000, scale: 'log' } as const;
const usefulDb = { min: -60, max: 0, step: 1, scale: 'linear' } as const;

/** The test tone: frequency, shape, level and sweep. */
export class OscillatorOptionsView extends View {
  protected mount(signal: AbortSignal): void {
    const parts = [this.#makeFrequency(), this.#makeLevel(), this.#makeShape(), this.#makeSweep()];
    this.append(...parts.map(([element]) => element));
    this.page.store.watch(({ setup }) => {
      for (const [, sync] of parts) sync(setup);
    }, signal);
  }

  #makeFrequency(): [HTMLElement, Sync] {
    const change = (frequencyHz: number): void => this.#change({ frequencyHz });
    const number = numberField('osc-frequency', limits.frequencyHz, change);
    const range = slider('Frequency, Hz', 'osc-frequency-slider', heardHz, change);
    return [
      field('Frequency, Hz', number, range.element),
      ({ frequencyHz }) => {
        setNumber(number, frequencyHz);
        range.set(frequencyHz);
      },
    ];
  }

  #makeLevel(): [HTMLElement, Sync] {
    const change = (levelDb: number): void => this.#change({ levelDb });
    const number = numberField('osc-level', limits.levelDb, change);
    const range = slider('Peak level, dBFS', 'osc-level-slider', usefulDb, change);
    return [
      field('Peak level, dBFS', number, range.element),
      ({ levelDb }) => {
        setNumber(number, levelDb);
        range.set(levelDb);
      },
    ];
  }

  #makeShape(): [HTMLElement, Sync] {
    const choices = waveforms.map((value) => ({ value, label: names[value] }));
    const shape = select(choices, { 'data-testid': 'osc-waveform' });
    shape.addEventListener('change', () => this.#change({ waveform: shape.value as Waveform }));
    return [field('Waveform', shape), ({ waveform }) => (shape.value = waveform)];
  }

  #makeSweep(): [HTMLElement, Sync] {
    const sweep = toggle('Sweep', 'osc-sweep');
    const to = numberField('osc-sweep-to', limits.sweepToHz, (sweepToHz) =>
      this.#change({ sweepToHz }),
    );
    const time = numberField('osc-sweep-seconds', limits.sweepSec, (sweepSec) =>
      this.#change({ sweepSec }),
    );
    sweep.input.addEventListener('change', () => this.#change({ sweep: sweep.input.checked }));
    return [
      h('div', { class: 'sweep' }, sweep.element, field('up to, Hz', to), field('in, s', time)),
      (setup) => {
        sweep.input.checked = setup.sweep;
        setNumber(to, setup.sweepToHz);
        setNumber(time, setup.sweepSec);
        for (const input of [to, time]) input.disabled = !setup.sweep;
      },
    ];
  }

  #change(patch: Partial<Setup>): void {
    void this.page.controller.change(patch);
  }
}
