import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { select } from '../dom/field.ts';
import { Theme } from '../draw/palette.ts';
import { PixelCanvas } from '../draw/pixel-canvas.ts';
import { VoiceStripPainter } from '../draw/voice-strip.ts';
import type { VoiceDesk } from '../model/voice-desk.ts';
import { trackInWords } from '../model/voice-words.ts';
import { SpeakerList } from './speaker-list.ts';
import { type Page, View } from './view.ts';

const spans = [
  { value: '10', label: 'Last 10 s' },
  { value: '30', label: 'Last 30 s' },
];
const twinIntervalMs = 4000;

/** The voice, the probability that it is speech, and the stretches that were found. */
export class VoiceStripPanel extends View {
  readonly #desk: VoiceDesk;

  constructor(page: Page, desk: VoiceDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const { track, store } = this.#desk;
    const span = select(spans, { 'aria-label': 'Stretch of time', 'data-testid': 'voice-span' });
    const twin = h('p', { class: 'unseen', 'data-testid': 'voice-text' });
    const theme = new Theme(signal);
    const label = 'The voice, the probability of speech with its threshold, and what was found';
    const speakers = new SpeakerList();
    const draw = (): void => {
      const { threshold } = store.state.settings;
      painter.draw({ track, spanSec: Number(span.value), threshold }, theme.palette);
      speakers.show(this.#desk.speakers(), threshold);
    };
    const canvas = new PixelCanvas('voice-strip', label, draw, signal);
    const painter = new VoiceStripPainter(canvas);
    const tools = h('div', { class: 'tools' }, makeKey(), span);
    const strip = h('div', { class: 'strip' }, canvas.element);
    fillCard(this, 'Voice', tools, strip, speakers.element, twin);
    span.addEventListener('change', draw, { signal });
    const show = (): void => {
      draw();
      setText(twin, trackInWords(track));
    };
    store.watch(show, signal);
    let toldMs = -Infinity;
    this.page.frames.add(({ nowMs }) => {
      draw();
      if (nowMs - toldMs < twinIntervalMs) return;
      toldMs = nowMs;
      setText(twin, trackInWords(track));
    }, signal);
  }
}

const makeKey = (): HTMLElement =>
  h(
    'p',
    { class: 'key', 'aria-hidden': 'true' },
    h('span', { class: 'voice' }, 'voice'),
    h('span', { class: 'bound' }, 'probability of speech'),
  );
