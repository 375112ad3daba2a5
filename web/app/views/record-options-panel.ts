import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { type Choice, field, select, setChoices } from '../dom/field.ts';
import { slider } from '../dom/number-field.ts';
import { formatFixed } from '../format.ts';
import type { RecordDesk, RecordState, TakeSource } from '../model/record-desk.ts';
import {
  bitrates,
  estimateInWords,
  formatLabel,
  hasBitrate,
  missingFormats,
  sourceChoices,
  takeFormats,
} from '../model/record-words.ts';
import { type Page, View } from './view.ts';

const mostPreRollSec = 5;

/** What is recorded, and how. */
export class RecordOptionsPanel extends View {
  readonly #desk: RecordDesk;

  constructor(page: Page, desk: RecordDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const estimate = h('p', { class: 'note', 'data-testid': 'record-estimate' });
    const source = this.#makeSource(signal);
    const format = this.#makeFormat(signal);
    const fields = h('div', { class: 'record-fields' }, source, ...format);
    fields.append(this.#makePreRoll(signal));
    fillCard(this, 'What and how', '', fields, estimate, this.#makeMissing(signal));
    this.#desk.store.watch((state) => {
      setText(estimate, estimateInWords(state));
      for (const control of fields.querySelectorAll('select, input')) {
        setAttributes(control, { disabled: state.phase !== 'idle' });
      }
    }, signal);
  }

  #makeSource(signal: AbortSignal): HTMLElement {
    const control = select([], { 'data-testid': 'record-source' });
    control.addEventListener('change', () => {
      this.#desk.change({ source: sourceOf(control.value) });
    });
    let shown = '';
    this.#desk.store.watch((state) => {
      const choices = sourceChoices(state);
      const wanted = JSON.stringify(choices);
      if (wanted !== shown) setChoices(control, choices);
      shown = wanted;
      control.value = String(state.settings.source);
    }, signal);
    return field('Record', control);
  }

  #makeFormat(signal: AbortSignal): readonly HTMLElement[] {
    const choices = takeFormats.map((value) => ({ value, label: formatLabel(value) }));
    const control = select(choices, { 'data-testid': 'record-format' });
    control.addEventListener('change', () => {
      const format = takeFormats.find((each) => each === control.value);
      if (format !== undefined) this.#desk.change({ format });
    });
    const rates = bitrates.map(bitrateChoice);
    const bitrate = select(rates, { 'data-testid': 'record-bitrate' });
    bitrate.addEventListener('change', () => {
      this.#desk.change({ bitrateKbps: Number(bitrate.value) });
    });
    const bitrateField = field('Bitrate', bitrate);
    this.#desk.store.watch(({ settings, formats }) => {
      for (const option of control.options) option.disabled = isMissing(formats, option.value);
      control.value = settings.format;
      bitrate.value = String(settings.bitrateKbps);
      bitrateField.hidden = !hasBitrate(settings.format);
    }, signal);
    return [field('Format', control), bitrateField];
  }

  #makePreRoll(signal: AbortSignal): HTMLElement {
    const words = h('output', { class: 'num' });
    const range = { min: 0, max: mostPreRollSec, step: 0.5, scale: 'linear' } as const;
    const control = slider('Pre-roll', 'record-pre-roll', range, (preRollSec) => {
      this.#desk.change({ preRollSec });
    });
    control.element.addEventListener('input', () => {
      setText(words, preRollWords(control.element.valueAsNumber));
    });
    this.#desk.store.watch(({ settings }) => {
      control.set(settings.preRollSec);
      setAttributes(control.element, { 'aria-valuetext': preRollWords(settings.preRollSec) });
      setText(words, preRollWords(settings.preRollSec));
    }, signal);
    const made = field('Pre-roll: begin in the past', control.element);
    made.classList.add('pre-roll');
    made.append(words);
    return made;
  }

  #makeMissing(signal: AbortSignal): HTMLElement {
    const list = h('ul', { 'data-testid': 'record-missing' });
    const title = h('summary', {}, 'What this browser cannot write');
    const details = h('details', { class: 'record-missing note' }, title, list);
    this.#desk.store.watch(({ formats }) => {
      const missing = missingFormats(formats);
      details.hidden = missing.length === 0;
      if (list.dataset['shown'] === missing.join()) return;
      list.dataset['shown'] = missing.join();
      list.replaceChildren(...missing.map((words) => h('li', {}, words)));
    }, signal);
    return details;
  }
}

function sourceOf(value: string): TakeSource {
  return value === 'mix' || value === 'inputs' ? value : Number(value);
}

const bitrateChoice = (kbps: number): Choice => ({
  value: String(kbps),
  label: `${kbps} kbit/s`,
});

const isMissing = (formats: RecordState['formats'], value: string): boolean =>
  formats?.find(({ format }) => format === value)?.isSupported === false;

const preRollWords = (seconds: number): string =>
  seconds === 0 ? 'none' : `${formatFixed(seconds, 1)} s before`;
