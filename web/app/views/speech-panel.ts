import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { field, select } from '../dom/field.ts';
import { numberField, setNumber } from '../dom/number-field.ts';
import { formatBytes } from '../format.ts';
import { isMeasuring } from '../model/page-state.ts';
import type { VoiceDesk, VoiceSettings, VoiceState } from '../model/voice-desk.ts';
import { phaseInWords, progressInWords } from '../model/voice-words.ts';
import { type Page, View } from './view.ts';

const detectors = [
  { value: 'engine', label: 'On the audio thread' },
  { value: 'worker', label: 'In a Worker' },
  { value: 'page', label: 'On the page' },
  { value: 'onnx', label: 'ONNX Runtime, in a Worker' },
] as const;
const presets = [
  { value: 'dictation', label: 'Dictation: long pauses' },
  { value: 'conversation', label: 'Conversation' },
  { value: 'command', label: 'Commands: short pauses' },
] as const;

/** What listens, and how: models, voice detection, and how far the loading is. */
export class SpeechPanel extends View {
  readonly #desk: VoiceDesk;

  constructor(page: Page, desk: VoiceDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const button = h('button', { type: 'button', class: 'go', 'data-testid': 'voice-toggle' });
    button.addEventListener('click', () => this.#toggle(), { signal });
    const bar = h('progress', { max: 1, 'aria-label': 'Loading of the model' });
    const bytes = h('span', { class: 'num', 'data-testid': 'voice-bytes' });
    const words = h('p', { class: 'aside', role: 'status', 'data-testid': 'voice-status' });
    const fields = h('div', { class: 'fields' }, ...this.#makeFields(signal));
    const loading = h('div', { class: 'loading' }, bar, bytes);
    const privacy = h('p', { class: 'note' }, 'Sound and text stay on this machine.');
    fillCard(this, 'Speech', words, fields, h('div', { class: 'run' }, button, loading), privacy);
    const show = (): void => {
      const { state } = this.#desk.store;
      const runs = isMeasuring(this.page.store.state);
      showRun(state, runs, button, words);
      loading.hidden = state.phase !== 'loading';
      const { loadedBytes, totalBytes } = state.progress ?? { loadedBytes: 0, totalBytes: 0 };
      setAttributes(bar, { value: totalBytes === 0 ? undefined : loadedBytes / totalBytes });
      setText(bytes, progressInWords(state.progress));
    };
    this.#desk.store.watch(show, signal);
    this.page.store.watch(show, signal);
  }

  #toggle(): void {
    if (this.#desk.store.state.phase === 'idle') void this.#desk.start();
    else void this.#desk.stop();
  }

  #makeFields(signal: AbortSignal): HTMLElement[] {
    const choose = <Name extends 'model' | 'detector' | 'preset'>(
      name: Name,
      choices: readonly { readonly value: VoiceSettings[Name]; readonly label: string }[],
    ): HTMLSelectElement => {
      const control = select(choices, { 'data-testid': `voice-${name}` });
      const find = (): VoiceSettings[Name] | undefined =>
        choices.find(({ value }) => value === control.value)?.value;
      control.addEventListener('change', () => {
        const value = find();
        if (value !== undefined) this.#desk.change({ [name]: value });
      });
      this.#desk.store.watch(({ settings }) => (control.value = settings[name]), signal);
      return control;
    };
    const range = { min: 0.05, max: 0.95, step: 0.05 };
    const threshold = numberField('voice-threshold', range, (value) =>
      this.#desk.change({ threshold: value }),
    );
    this.#desk.store.watch(({ settings }) => setNumber(threshold, settings.threshold), signal);
    const offered = detectors.filter(({ value }) => this.#desk.detectors.includes(value));
    const detector = field('Speech is found', choose('detector', offered));
    return [
      field('Written down by Moonshine', choose('model', modelChoices(this.#desk))),
      ...(offered.length > 1 ? [detector] : []),
      field('For', choose('preset', presets)),
      field('Threshold', threshold),
    ];
  }
}

function modelChoices(
  desk: VoiceDesk,
): readonly { readonly value: VoiceSettings['model']; readonly label: string }[] {
  const sized = (name: string, model: 'moonshine-tiny' | 'moonshine-base'): string =>
    `${name}, ${formatBytes(desk.bytesOf(model))}`;
  return [
    { value: 'moonshine-tiny', label: sized('Tiny model', 'moonshine-tiny') },
    { value: 'moonshine-base', label: sized('Base model', 'moonshine-base') },
    { value: 'none', label: 'Not at all: only find it' },
  ];
}

function showRun(
  state: VoiceState,
  runs: boolean,
  button: HTMLButtonElement,
  words: HTMLElement,
): void {
  const labels = { idle: 'Listen', loading: 'Cancel', listening: 'Stop listening' };
  setText(button, labels[state.phase]);
  button.disabled = !runs;
  setText(words, runs ? phaseInWords(state) : 'Press Start first: the audio has to run.');
}
