import { arrange } from '../dom/arrange.ts';
import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { saveFile } from '../dom/save-file.ts';
import { formatClock } from '../format.ts';
import type { TranscriptLine } from '../model/transcript.ts';
import type { TranscriptFormat, VoiceDesk } from '../model/voice-desk.ts';
import {
  lostInWords,
  soundWords,
  transcriptFileName,
  transcriptFiles,
} from '../model/voice-words.ts';
import { type Page, View } from './view.ts';

const formats: readonly TranscriptFormat[] = ['text', 'srt', 'vtt', 'json'];
/** Nearer than this to its foot, the list follows what comes. */
const footPx = 40;

/** What was said: live as a caption, line by line, as files, and to hear again. */
export class TranscriptPanel extends View {
  readonly #desk: VoiceDesk;
  readonly #caption = h('p', { class: 'caption', 'aria-hidden': 'true', 'data-testid': 'caption' });
  readonly #list = h('ol', { class: 'lines', 'aria-label': 'Transcript', tabindex: 0 });
  readonly #told = h('p', { class: 'unseen', 'aria-live': 'polite', 'data-testid': 'said' });
  readonly #words = h('p', { class: 'note', role: 'status', 'data-testid': 'transcript-status' });
  #rows = new Map<string, HTMLElement>();
  #playing: AbortController | null = null;

  constructor(page: Page, desk: VoiceDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    this.#rows = new Map();
    this.#list.replaceChildren();
    const tools = h('div', { class: 'tools' }, ...this.#makeTools(signal));
    fillCard(this, 'Transcript', tools, this.#caption, this.#list, this.#words, this.#told);
    this.#desk.transcript.watch(() => this.#show(), signal);
    signal.addEventListener('abort', () => this.#playing?.abort());
    this.#show();
  }

  #makeTools(signal: AbortSignal): HTMLElement[] {
    const copy = h('button', { type: 'button', 'data-testid': 'transcript-copy' }, 'Copy');
    copy.addEventListener('click', () => void this.#copy(), { signal });
    const files = formats.map((format) => {
      const { label } = transcriptFiles[format];
      const save = h('button', { type: 'button', 'data-testid': `transcript-${format}` }, label);
      setAttributes(save, { 'aria-label': `Save as ${label}`, title: `Save as ${label}` });
      save.addEventListener('click', () => this.#save(format), { signal });
      return save;
    });
    const clear = h('button', { type: 'button', 'data-testid': 'transcript-clear' }, 'Clear');
    clear.addEventListener('click', () => this.#desk.transcript.clear(), { signal });
    const show = (): void => {
      const isEmpty = this.#desk.transcript.spoken.length === 0;
      for (const button of [copy, ...files]) button.disabled = isEmpty;
      clear.disabled = this.#desk.transcript.lines.length === 0;
    };
    this.#desk.transcript.watch(show, signal);
    show();
    return [copy, ...files, clear];
  }

  #show(): void {
    const { lines } = this.#desk.transcript;
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    const follows = scrollHeight - scrollTop - clientHeight < footPx;
    const rows = new Map(lines.map((line) => [keyOf(line), this.#rowOf(line)]));
    this.#rows = rows;
    arrange(this.#list, [...rows.values()]);
    if (follows) this.#list.scrollTop = this.#list.scrollHeight;
    const last = lines.at(-1);
    this.#caption.dataset['kind'] = last?.kind ?? 'none';
    setText(this.#caption, last === undefined ? 'What is said appears here.' : textOf(last));
    if (last !== undefined && last.kind !== 'partial') setText(this.#told, textOf(last));
  }

  // A row that is as it was stays, with the focus that may be in it.
  #rowOf(line: TranscriptLine): HTMLElement {
    const known = this.#rows.get(keyOf(line));
    const isSame = known?.dataset['text'] === textOf(line) && known.dataset['kind'] === line.kind;
    if (known !== undefined && isSame) return known;
    const time = h('time', { class: 'num' }, formatClock(line.startMs / 1000).slice(0, -2));
    const text = h('span', { class: 'text' }, textOf(line));
    const row = h('li', { 'data-kind': line.kind, 'data-text': textOf(line) });
    if (line.kind !== 'final') row.append(h('span', { class: 'line' }, time, text));
    else row.append(this.#makePlay(line, time, text));
    return row;
  }

  #makePlay(line: TranscriptLine, ...content: readonly HTMLElement[]): HTMLElement {
    const button = h('button', { type: 'button', class: 'line', title: 'Hear it' }, ...content);
    button.addEventListener('click', () => void this.#play(line, button));
    return button;
  }

  async #play({ startSample, endSample }: TranscriptLine, button: HTMLElement): Promise<void> {
    const wasPlaying = button.dataset['playing'] !== undefined;
    this.#playing?.abort();
    if (wasPlaying) return;
    const { samples, isWhole } = this.#desk.sound(startSample, endSample);
    setText(this.#words, isWhole ? '' : samples.length === 0 ? soundWords.gone : soundWords.part);
    if (samples.length === 0) return;
    const playing = (this.#playing = new AbortController());
    setAttributes(button, { 'data-playing': true });
    await this.#desk.play(samples, playing.signal);
    setAttributes(button, { 'data-playing': false });
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#desk.transcriptIn('text'));
      setText(this.#words, 'Copied.');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setText(this.#words, `The browser did not allow the copy: ${reason}`);
    }
  }

  #save(format: TranscriptFormat): void {
    const { type } = transcriptFiles[format];
    const file = new Blob([this.#desk.transcriptIn(format)], { type });
    saveFile(file, transcriptFileName(format, new Date()));
  }
}

const keyOf = ({ kind, startSample }: TranscriptLine): string =>
  `${kind === 'skipped' ? 'lost' : 'said'} ${startSample}`;

const textOf = (line: TranscriptLine): string =>
  line.kind === 'skipped' ? lostInWords(line) : line.text;
