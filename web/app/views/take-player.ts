import { h, setAttributes, setText } from '../dom/element.ts';
import { svgElement } from '../dom/svg.ts';
import { node } from '../draw/svg-node.ts';
import { outlinePath } from '../draw/take-columns.ts';
import { formatElapsed } from '../format.ts';
import type { RecordDesk, TakeEntry } from '../model/record-desk.ts';

const outlineWidth = 600;

/** Plays a take: a button, and a position over its waveform once it was pressed. */
export class TakePlayer {
  readonly button: HTMLButtonElement = h('button', { type: 'button', class: 'take-play' });
  readonly element: HTMLElement;
  readonly #desk: RecordDesk;
  readonly #id: string;
  readonly #onPlay: () => void;
  readonly #sound = new Audio();
  readonly #slider = h('input', { type: 'range', min: 0, step: 'any', value: 0 });
  readonly #outline = h('div', { class: 'take-outline', 'aria-hidden': 'true' });
  readonly #time = h('span', { class: 'num take-time', 'data-testid': 'take-time' });
  readonly #said = h('p', { class: 'note', role: 'status' });
  #take: TakeEntry | null = null;
  #url: string | null = null;

  /** @param onPlay Told before it is heard. */
  constructor(desk: RecordDesk, id: string, onPlay: () => void) {
    this.#desk = desk;
    this.#id = id;
    this.#onPlay = onPlay;
    const track = h('div', { class: 'take-track' }, this.#outline, this.#slider);
    this.element = h('div', { class: 'take-player', hidden: true }, track, this.#time, this.#said);
    setAttributes(this.button, { 'data-testid': 'take-play' });
    setAttributes(this.#slider, { 'aria-label': 'Position', 'data-testid': 'take-position' });
    this.button.addEventListener('click', () => void this.#toggle());
    this.#slider.addEventListener('input', () => {
      this.#sound.currentTime = this.#slider.valueAsNumber;
      this.#showTime(this.#slider.valueAsNumber);
    });
    for (const event of ['play', 'pause', 'ended'] as const) {
      this.#sound.addEventListener(event, () => this.#showButton());
    }
    this.#sound.addEventListener('timeupdate', () => this.#showTime(this.#sound.currentTime));
    this.#sound.addEventListener('error', () => this.#tellFailure());
    this.#showButton();
  }

  /** Shows what it is now. */
  show(take: TakeEntry): void {
    this.#take = take;
    setAttributes(this.#slider, { max: this.#lengthSec });
    setAttributes(this.#slider, { 'aria-label': `Position in ${take.name}` });
    this.#showButton();
    this.#showTime(this.#sound.currentTime);
  }

  /** Is not heard any more; the position stays. */
  hush(): void {
    this.#sound.pause();
  }

  /** Gives its sound back. */
  close(): void {
    this.#sound.pause();
    this.#sound.removeAttribute('src');
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }

  get #lengthSec(): number {
    return this.#take === null ? 0 : this.#take.frames / this.#take.sampleRateHz;
  }

  async #toggle(): Promise<void> {
    if (this.#sound.paused) await this.#play();
    else this.hush();
  }

  async #play(): Promise<void> {
    this.#onPlay();
    if (this.#url === null && !(await this.#load())) return;
    try {
      await this.#sound.play();
    } catch (error) {
      // Paused before it began: nothing to tell. What cannot be played, the element’s own event tells.
      if (!(error instanceof DOMException)) throw error;
      if (error.name === 'NotAllowedError') setText(this.#said, 'Press play once more.');
    }
  }

  async #load(): Promise<boolean> {
    const file = await this.#desk.file(this.#id);
    if (file === null) return false;
    this.#url = URL.createObjectURL(file);
    this.#sound.src = this.#url;
    this.element.hidden = false;
    void this.#drawOutline();
    return true;
  }

  async #drawOutline(): Promise<void> {
    const overview = await this.#desk.overviewOf(this.#id);
    if (overview === null || this.#take === null) return;
    const d = outlinePath(overview, this.#take.frames, outlineWidth);
    const box = { viewBox: `0 0 ${outlineWidth} 2`, preserveAspectRatio: 'none' };
    this.#outline.replaceChildren(svgElement(node('svg', box, node('path', { d }))));
  }

  #showButton(): void {
    const isPlaying = !this.#sound.paused;
    setText(this.button, isPlaying ? '❚❚' : '▶');
    setAttributes(this.button, {
      'aria-label': `${isPlaying ? 'Pause' : 'Play'}: ${this.#take?.name ?? ''}`,
      'data-playing': isPlaying,
    });
  }

  #showTime(atSec: number): void {
    this.#slider.value = String(atSec);
    const words = `${formatElapsed(atSec)} of ${formatElapsed(this.#lengthSec)}`;
    setAttributes(this.#slider, { 'aria-valuetext': words });
    const share = this.#lengthSec === 0 ? 0 : Math.min(1, atSec / this.#lengthSec);
    this.element.style.setProperty('--played', String(share));
    setText(this.#time, `${formatElapsed(atSec)} / ${formatElapsed(this.#lengthSec)}`);
  }

  #tellFailure(): void {
    this.element.hidden = false;
    setText(this.#said, 'This browser cannot play this format. Save it, and play it elsewhere.');
  }
}
