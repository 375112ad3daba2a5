import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { field } from '../dom/field.ts';
import { textField } from '../dom/text-field.ts';
import type { BroadcastDesk, BroadcastState } from '../model/broadcast-desk.ts';
import { isSending } from '../model/broadcast-words.ts';
import { type Page, View } from './view.ts';

/** What players show of the broadcast: title and artist. */
export class SongPanel extends View {
  readonly #desk: BroadcastDesk;

  constructor(page: Page, desk: BroadcastDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const words = h('p', { class: 'aside', role: 'status', 'data-testid': 'song-status' });
    const button = h('button', { type: 'button', 'data-testid': 'song-tell' }, 'Update now');
    button.addEventListener('click', () => this.#desk.tell());
    const inputs = [this.#makeText('title', signal), this.#makeText('artist', signal)] as const;
    for (const input of inputs) {
      input.addEventListener('keydown', ({ key }) => {
        if (key === 'Enter' && !button.disabled) this.#desk.tell();
      });
    }
    const [title, artist] = inputs;
    const fields = h('div', { class: 'song-fields' }, field('Title', title));
    fields.append(field('Artist', artist), button);
    fillCard(this, 'Now playing', words, fields);
    this.#desk.store.watch((state) => {
      setText(words, songInWords(state));
      button.disabled = !isSending(state.status.phase) || state.isTold;
    }, signal);
  }

  #makeText(name: 'title' | 'artist', signal: AbortSignal): HTMLInputElement {
    const input = textField(`song-${name}`);
    input.addEventListener('input', () => this.#desk.change({ [name]: input.value }));
    input.value = this.#desk.store.state.settings[name];
    this.#desk.store.watch(({ settings }) => {
      if (document.activeElement !== input) input.value = settings[name];
    }, signal);
    return input;
  }
}

function songInWords({ status, isTold }: BroadcastState): string {
  if (!isSending(status.phase)) return 'Sent when the broadcast begins.';
  return isTold ? 'Listeners are told.' : 'Not told yet: press “Update now”.';
}
