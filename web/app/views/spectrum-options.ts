import { fillCard } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { toggle } from '../dom/field.ts';
import { type AnalysisSetup, frequencyScales, spectrumRangesDb } from '../model/analysis-setup.ts';
import { analysisFields, choiceField, type SetupControl } from './analysis-fields.ts';
import { View } from './view.ts';

const scaleNames: Readonly<Record<AnalysisSetup['frequencyScale'], string>> = {
  log: 'Logarithmic',
  linear: 'Linear',
};

/** How the spectrum is made and shown. */
export class SpectrumOptions extends View {
  protected mount(signal: AbortSignal): void {
    const scales = frequencyScales.map((value) => ({ value, label: scaleNames[value] }));
    const ranges = spectrumRangesDb.map((db) => ({ value: String(db), label: `${db} dB` }));
    const fields = [
      ...analysisFields(this.page),
      choiceField(this.page, 'Frequency axis', 'frequency-scale', 'frequencyScale', scales, String),
      choiceField(this.page, 'Range', 'spectrum-range', 'spectrumRangeDb', ranges, Number),
    ];
    const switches = [
      this.#makeSwitch('peakHold', 'Peak hold', 'peak-hold', 'The highest level of every bin.'),
      this.#makeSwitch(
        'aWeighted',
        'A-weighting',
        'a-weighting',
        'After IEC 61672-1:2013, annex E.',
      ),
    ];
    fillCard(
      this,
      'Analysis',
      '',
      h('div', { class: 'fields' }, ...fields.map(({ element }) => element)),
      h('div', { class: 'switches' }, ...switches.map(({ element }) => element)),
    );
    this.page.store.watch(({ setup }) => {
      for (const { sync } of [...fields, ...switches]) sync(setup);
    }, signal);
  }

  #makeSwitch(
    key: 'peakHold' | 'aWeighted',
    label: string,
    testId: string,
    help: string,
  ): SetupControl {
    const { element, input } = toggle(label, testId, help);
    input.addEventListener(
      'change',
      () => void this.page.controller.change({ [key]: input.checked }),
    );
    return { element, sync: (setup) => (input.checked = setup[key]) };
  }
}
