import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { field, select } from '../dom/field.ts';
import { textField } from '../dom/text-field.ts';
import type { BroadcastDesk, BroadcastFormat } from '../model/broadcast-desk.ts';
import {
  broadcastBitrates,
  broadcastLabels,
  isSending,
  missingFormatInWords,
} from '../model/broadcast-words.ts';
import { type Page, View } from './view.ts';

const formats = Object.keys(broadcastLabels) as readonly BroadcastFormat[];

/** Where the mix is sent, as whom, and how it is coded. */
export class BroadcastPanel extends View {
  readonly #desk: BroadcastDesk;

  constructor(page: Page, desk: BroadcastDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const password = makePassword(signal);
    const address = this.#makeText('url', 'broadcast-url', signal);
    const user = this.#makeText('user', 'broadcast-user', signal);
    const missing = h('p', { class: 'note', 'data-testid': 'broadcast-missing' });
    const fields = h(
      'div',
      { class: 'broadcast-fields' },
      field('Server', address),
      field('User', user),
      field('Password', password),
      field('Format', this.#makeFormat(signal)),
      field('Bitrate', this.#makeBitrate(signal)),
    );
    fields.firstElementChild?.classList.add('wide');
    const button = h('button', { type: 'button', class: 'go', 'data-testid': 'broadcast-toggle' });
    button.addEventListener('click', () => this.#toggle(password.value));
    for (const input of [address, user, password]) {
      input.addEventListener('keydown', ({ key }) => {
        if (key === 'Enter' && !button.disabled && !this.#isSending) this.#toggle(password.value);
      });
    }
    const promise = 'The password stays in this page’s memory while it sends, and is never stored.';
    const run = h('div', { class: 'broadcast-run' }, button, h('p', { class: 'note' }, promise));
    fillCard(this, 'Broadcast', '', fields, missing, run);
    this.#desk.store.watch((state) => {
      setText(missing, missingFormatInWords(state.formats));
      setText(button, this.#isSending ? 'Stop broadcasting' : 'Broadcast');
      button.disabled = !this.#isSending && !state.isReady;
      for (const control of fields.querySelectorAll('input, select')) {
        setAttributes(control, { disabled: this.#isSending });
      }
    }, signal);
  }

  get #isSending(): boolean {
    return isSending(this.#desk.store.state.status.phase);
  }

  #toggle(password: string): void {
    if (this.#isSending) void this.#desk.stop();
    else void this.#desk.start(password);
  }

  #makeText(name: 'url' | 'user', testId: string, signal: AbortSignal): HTMLInputElement {
    const input = textField(testId);
    input.addEventListener('input', () => this.#desk.change({ [name]: input.value.trim() }));
    input.value = this.#desk.store.state.settings[name];
    this.#desk.store.watch(({ settings }) => {
      if (document.activeElement !== input) input.value = settings[name];
    }, signal);
    return input;
  }

  #makeFormat(signal: AbortSignal): HTMLSelectElement {
    const choices = formats.map((value) => ({ value, label: broadcastLabels[value] }));
    const control = select(choices, { 'data-testid': 'broadcast-format' });
    control.addEventListener('change', () => {
      const format = formats.find((each) => each === control.value);
      if (format !== undefined) this.#desk.change({ format });
    });
    this.#desk.store.watch(({ settings, formats: known }) => {
      for (const option of control.options) {
        const choice = known?.find(({ format }) => format === option.value);
        option.disabled = choice?.isSupported === false;
      }
      control.value = settings.format;
    }, signal);
    return control;
  }

  #makeBitrate(signal: AbortSignal): HTMLSelectElement {
    const choices = broadcastBitrates.map((kbps) => ({
      value: String(kbps),
      label: `${kbps} kbit/s`,
    }));
    const control = select(choices, { 'data-testid': 'broadcast-bitrate' });
    control.addEventListener('change', () => {
      this.#desk.change({ bitrateKbps: Number(control.value) });
    });
    this.#desk.store.watch(({ settings }) => {
      control.value = String(settings.bitrateKbps);
    }, signal);
    return control;
  }
}

// It is in the field and nowhere else, and gone with the view.
function makePassword(signal: AbortSignal): HTMLInputElement {
  const input = h('input', { type: 'password', autocomplete: 'off', spellcheck: 'false' });
  input.dataset['testid'] = 'broadcast-password';
  const forget = (): void => {
    input.value = '';
  };
  signal.addEventListener('abort', forget);
  addEventListener('pagehide', forget, { signal });
  return input;
}
