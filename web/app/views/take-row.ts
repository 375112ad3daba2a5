import { h, setAttributes, setText } from '../dom/element.ts';
import { saveAs } from '../dom/save-as.ts';
import type { RecordDesk, TakeEntry } from '../model/record-desk.ts';
import { dateInWords, dropoutsInWords, takeFacts } from '../model/record-words.ts';
import { TakePlayer } from './take-player.ts';

const longestName = 120;

/** A recording in the list. */
export class TakeRow {
  readonly element: HTMLElement;
  readonly #desk: RecordDesk;
  readonly #id: string;
  readonly #title = h('span', { class: 'take-name' });
  readonly #facts = h('p', { class: 'take-facts' });
  readonly #lost = h('p', { class: 'take-lost', 'data-tone': 'warn', 'data-testid': 'take-lost' });
  readonly #head = h('div', { class: 'take-head' });
  readonly #said = h('p', { class: 'note', role: 'status', 'data-testid': 'take-said' });
  readonly #recovered = h('span', { class: 'take-flag', 'data-testid': 'take-recovered' });
  readonly #actions: HTMLElement;
  readonly #rename: HTMLButtonElement;
  readonly #remove: HTMLButtonElement;
  readonly #player: TakePlayer;
  #take: TakeEntry | null = null;

  /** @param onPlay Told before it is heard. */
  constructor(desk: RecordDesk, id: string, onPlay: () => void) {
    this.#desk = desk;
    this.#id = id;
    this.#player = new TakePlayer(desk, id, onPlay);
    this.#rename = action('Rename', 'take-rename', () => this.#askName());
    this.#remove = action('Delete', 'take-delete', () => this.#askDelete());
    const save = action('Save', 'take-save', () => void this.#save());
    const details = action('Details', 'take-details', () => void this.#saveDetails());
    details.title = 'Save what is known of it, as JSON: format, length, what was lost';
    this.#actions = h('div', { class: 'take-actions' }, save, this.#rename, details, this.#remove);
    setText(this.#recovered, 'recovered');
    const words = h('div', { class: 'take-words' }, this.#head, this.#facts, this.#lost);
    this.element = h(
      'li',
      { class: 'take', 'data-testid': 'take', 'data-id': id },
      this.#player.button,
      words,
      this.#actions,
      this.#player.element,
      this.#said,
    );
    this.#showName();
  }

  /** Shows what it is now. */
  show(take: TakeEntry): void {
    this.#take = take;
    setText(this.#title, take.name);
    setAttributes(this.#title, { title: take.name });
    setText(this.#facts, [...takeFacts(take), dateInWords(take.createdAtMs)].join(' · '));
    const { dropouts, sampleRateHz } = take;
    this.#lost.hidden = dropouts.length === 0;
    setText(this.#lost, dropoutsInWords(dropouts, sampleRateHz));
    this.#recovered.hidden = !take.isRecovered;
    this.#player.show(take);
    for (const button of this.#actions.querySelectorAll('button')) {
      setAttributes(button, { 'aria-label': `${button.textContent}: ${take.name}` });
    }
  }

  /** Is not heard any more. */
  hush(): void {
    this.#player.hush();
  }

  /** Gives back what it took. */
  close(): void {
    this.#player.close();
  }

  #showName(): void {
    this.#head.replaceChildren(this.#title, this.#recovered);
    this.#actions.hidden = false;
  }

  #askName(): void {
    const input = h('input', { type: 'text', maxlength: longestName, 'aria-label': 'New name' });
    input.dataset['testid'] = 'take-name-field';
    input.value = this.#take?.name ?? '';
    const end = (): void => {
      this.#showName();
      this.#rename.focus();
    };
    const keep = (): void => {
      const name = input.value.trim();
      if (name !== '' && name !== this.#take?.name) void this.#desk.rename(this.#id, name);
      end();
    };
    input.addEventListener('keydown', (event) => {
      const act = { Enter: keep, Escape: end }[event.key];
      // The button that has the focus then would be pressed by the same key.
      if (act !== undefined) event.preventDefault();
      act?.();
    });
    const ok = action('Rename', 'take-name-keep', keep);
    this.#head.replaceChildren(input, ok, action('Cancel', 'take-name-cancel', end));
    this.#actions.hidden = true;
    input.select();
    input.focus();
  }

  #askDelete(): void {
    const question = h('span', { class: 'take-question' }, `Delete “${this.#take?.name ?? ''}”?`);
    const end = (): void => {
      this.#showName();
      this.#remove.focus();
    };
    const yes = action('Delete for good', 'take-delete-yes', () => {
      this.#player.hush();
      void this.#desk.remove(this.#id);
    });
    yes.classList.add('take-danger');
    const no = action('Keep', 'take-delete-no', end);
    const group = h('div', { class: 'take-ask', role: 'group' }, question, yes, no);
    setAttributes(group, { 'aria-label': question.textContent });
    group.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') end();
    });
    this.#head.replaceChildren(group);
    this.#actions.hidden = true;
    no.focus();
  }

  async #save(): Promise<void> {
    const file = await this.#desk.file(this.#id);
    if (file !== null) await this.#hand(file);
  }

  async #saveDetails(): Promise<void> {
    const file = await this.#desk.details(this.#id);
    if (file !== null) await this.#hand(file);
  }

  async #hand(file: File): Promise<void> {
    setText(this.#said, '');
    try {
      const isSaved = await saveAs(file, file.name);
      setText(this.#said, isSaved ? `Saved as ${file.name}.` : '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setText(this.#said, `It was not saved: ${reason}. The recording is still here.`);
    }
  }
}

function action(label: string, testId: string, onPress: () => void): HTMLButtonElement {
  const button = h('button', { type: 'button', 'data-testid': testId }, label);
  button.addEventListener('click', onPress);
  return button;
}
