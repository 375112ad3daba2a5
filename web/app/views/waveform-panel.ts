import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import type { Frame } from '../draw/frame-loop.ts';
import { Theme } from '../draw/palette.ts';
import { PixelCanvas } from '../draw/pixel-canvas.ts';
import { WaveformPainter } from '../draw/waveform-painter.ts';
import { levelInWords } from '../model/level-words.ts';
import { isMeasuring } from '../model/page-state.ts';
import { Stage } from './stage.ts';
import { View } from './view.ts';
import { WaveformZoom } from './waveform-zoom.ts';

const twinIntervalMs = 4000;

/** The waveform of the last moments, drawn from the scope at display rate. */
export class WaveformPanel extends View {
  readonly #channels = h('span', { class: 'channels', 'data-testid': 'channels' });
  readonly #twin = h('p', {
    class: 'unseen',
    'aria-live': 'polite',
    'data-testid': 'waveform-text',
  });
  #toldMs = 0;

  protected mount(signal: AbortSignal): void {
    const zoom = new WaveformZoom(this.page);
    const rest = (): void => {
      if (!isMeasuring(this.page.store.state)) painter.clear();
    };
    const theme = new Theme(signal);
    const canvas = new PixelCanvas('waveform', 'Waveform of the input', rest, signal);
    const painter = new WaveformPainter(canvas);
    const aside = h('div', { class: 'tools' }, this.#channels, zoom);
    const scope = h('div', { class: 'scope' }, canvas.element, new Stage(this.page));
    fillCard(this, 'Waveform', aside, scope, this.#twin);
    this.page.frames.add((frame) => {
      painter.draw(frame.session, zoom.view, theme.palette);
      this.#describe(frame);
    }, signal);
    this.page.store.watch(rest, signal);
  }

  #describe({ snapshot, nowMs, text }: Frame): void {
    if (text) this.#showChannels(snapshot.channelCount);
    if (nowMs - this.#toldMs < twinIntervalMs) return;
    this.#toldMs = nowMs;
    setText(this.#twin, levelInWords(snapshot.level));
  }

  #showChannels(count: number): void {
    if (this.#channels.dataset['value'] === String(count)) return;
    this.#channels.dataset['value'] = String(count);
    const names = count === 2 ? ['left', 'right'] : [count === 1 ? 'mono' : 'no input'];
    this.#channels.replaceChildren(...names.map((name) => h('span', { class: name }, name)));
  }
}
