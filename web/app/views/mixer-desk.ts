import type { InputSource, Mixer, Session } from '../../lib/index.ts';
import { h, setText } from '../dom/element.ts';
import type { Frame } from '../draw/frame-loop.ts';
import { tellRefusal } from '../model/parameter-link.ts';
import { AddInput } from './add-input.ts';
import { makeMasterStrip } from './master-strip.ts';
import { makeStrip, type Strip } from './mixer-strip.ts';
import { MonitorSwitch } from './monitor-switch.ts';
import type { Page } from './view.ts';

interface Place {
  source: InputSource | null;
  strip: Strip | null;
}

/** The strips of a session: one for each open source, and the master. */
export class MixerDesk {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #mixer: Mixer;
  readonly #places: readonly Place[];
  readonly #strips = h('div', { class: 'strips' });
  readonly #add: AddInput;
  readonly #master: Strip;
  readonly #words = h('p', { class: 'refusal', role: 'alert', 'data-testid': 'refusal' });
  readonly #tell = (words: string): void => setText(this.#words, words);

  /** @throws SessionError where the session has no mixer. */
  constructor(page: Page, { mixer, sources }: Session) {
    this.#page = page;
    this.#mixer = mixer;
    this.#places = sources.map(() => ({ source: null, strip: null }));
    this.#add = new AddInput(page);
    this.#master = makeMasterStrip(mixer, new MonitorSwitch(page), this.#tell);
    this.#strips.append(this.#add);
    this.element = h(
      'div',
      { class: 'desk' },
      this.#words,
      h('div', { class: 'desk-parts' }, this.#strips, this.#master.element),
    );
  }

  /** Moves the meters; with the text, follows the sources that come and go. */
  draw({ session, nowMs, text }: Frame): void {
    if (text) this.#follow(session.sources);
    for (const { strip } of this.#places) strip?.draw(nowMs, text);
    this.#master.draw(nowMs, text);
  }

  #follow(sources: readonly (InputSource | null)[]): void {
    this.#places.forEach((place, input) => {
      const source = sources[input] ?? null;
      if (source !== place.source) this.#fill(place, source);
    });
    this.#add.hidden = sources.every((source) => source !== null);
  }

  // In the order of the inputs, the place for the next one last.
  #fill(place: Place, source: InputSource | null): void {
    place.strip?.element.remove();
    place.source = source;
    place.strip = source === null ? null : this.#makeStrip(source);
    if (place.strip === null) return;
    const later = this.#places.slice(this.#places.indexOf(place) + 1);
    const next = later.find(({ strip }) => strip !== null)?.strip?.element ?? this.#add;
    next.before(place.strip.element);
  }

  #makeStrip(source: InputSource): Strip {
    const onRemove = (): void => {
      // The button that had the focus goes away with its strip.
      this.#add.focusFirst();
      this.#page.controller
        .removeSource(source.input)
        .catch((error: unknown) => tellRefusal(error, this.#tell));
    };
    return makeStrip({ mixer: this.#mixer, source, tell: this.#tell, onRemove });
  }
}
