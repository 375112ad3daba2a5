import { h, setAttributes, setText } from '../dom/element.ts';
import type { Speaker } from '../model/speakers.ts';

/** Who of several inputs speaks: a bar for each, and a word that is not only colour. */
export class SpeakerList {
  readonly element: HTMLElement = h('ul', {
    class: 'speakers',
    'aria-label': 'Who speaks',
    'data-testid': 'speakers',
    hidden: true,
  });
  #rows: readonly Row[] = [];

  show(speakers: readonly Speaker[], threshold: number): void {
    this.element.hidden = speakers.length === 0;
    if (speakers.map(nameOf).join('\n') !== this.#rows.map(({ name }) => name).join('\n')) {
      this.#rows = speakers.map((speaker) => new Row(nameOf(speaker)));
      this.element.replaceChildren(...this.#rows.map(({ element }) => element));
    }
    for (const [i, { probability }] of speakers.entries()) {
      this.#rows[i]?.show(probability, threshold);
    }
  }
}

class Row {
  readonly name: string;
  readonly element: HTMLElement;
  readonly #bar: HTMLMeterElement = h('meter', { min: 0, max: 1 });
  readonly #word = h('span', { class: 'word' });

  constructor(name: string) {
    this.name = name;
    setAttributes(this.#bar, { 'aria-label': `Probability of speech, ${name}` });
    this.element = h(
      'li',
      {},
      h('span', { class: 'who', title: name }, name),
      this.#bar,
      this.#word,
    );
  }

  show(probability: number, threshold: number): void {
    const speaks = probability >= threshold;
    this.#bar.value = probability;
    this.element.dataset['speaks'] = String(speaks);
    setText(this.#word, speaks ? 'speaks' : 'silent');
  }
}

const nameOf = ({ input, label }: Speaker): string => `${input + 1}: ${label}`;
