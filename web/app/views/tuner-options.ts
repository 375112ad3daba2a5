import { fillCard } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { field, toggle } from '../dom/field.ts';
import { numberField, setNumber } from '../dom/number-field.ts';
import { noteNames } from '../model/note.ts';
import { limits } from '../model/setup.ts';
import { temperaments } from '../model/temperament.ts';
import { temperamentNames } from '../model/tuning.ts';
import { analysisFields, choiceField, type SetupControl } from './analysis-fields.ts';
import { View } from './view.ts';

/** What the tuner tunes to. */
export class TunerOptions extends View {
  protected mount(signal: AbortSignal): void {
    const names = temperaments.map((value) => ({ value, label: temperamentNames[value] }));
    const roots = noteNames.map((label, root) => ({ value: String(root), label }));
    const temperament = choiceField(
      this.page,
      'Temperament',
      'temperament',
      'temperament',
      names,
      String,
    );
    temperament.element.classList.add('wide');
    const root = choiceField(
      this.page,
      'Root',
      'temperament-root',
      'temperamentRoot',
      roots,
      Number,
    );
    const fields = [temperament, this.#makeReference(), root, ...analysisFields(this.page)];
    const rootSelect = root.element.querySelector('select');
    const stretch = this.#makeStretch();
    fillCard(
      this,
      'Tuning',
      '',
      h('div', { class: 'fields' }, ...fields.map(({ element }) => element)),
      stretch.element,
    );
    this.page.store.watch(({ setup }) => {
      for (const { sync } of [...fields, stretch]) sync(setup);
      // Equal steps are the same from every root.
      if (rootSelect !== null) rootSelect.disabled = setup.temperament === 'equal';
    }, signal);
  }

  #makeReference(): SetupControl {
    const number = numberField(
      'reference',
      limits.referenceHz,
      (referenceHz) => void this.page.controller.change({ referenceHz }),
    );
    return {
      element: field('A4, Hz', number),
      sync: ({ referenceHz }) => setNumber(number, referenceHz),
    };
  }

  #makeStretch(): SetupControl {
    const help = 'Octaves as wide as the string’s inharmonicity makes them.';
    const { element, input } = toggle('Stretch', 'stretch', help);
    input.addEventListener(
      'change',
      () => void this.page.controller.change({ stretched: input.checked }),
    );
    return { element, sync: ({ stretched }) => (input.checked = stretched) };
  }
}
