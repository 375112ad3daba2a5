import type { CaptureKind } from '../../lib/index.ts';
import { h, setText } from '../dom/element.ts';
import type { WaveformView } from '../draw/waveform-painter.ts';
import { fullScales, nextStep, spansMs } from '../draw/zoom.ts';
import { formatSpan } from '../format.ts';
import { kindOf } from '../model/setup.ts';
import { type Page, View } from './view.ts';

// A tone is looked at by its cycles, everything else by its course.
const firstSpanMs: Readonly<Record<CaptureKind, number>> = {
  oscillator: 20,
  microphone: Infinity,
  file: Infinity,
  display: Infinity,
};

/** How much time and how much amplitude the waveform shows. */
export class WaveformZoom extends View {
  #spanMs: number | null = null;
  #fullScale: number = fullScales[0];

  constructor(page: Page) {
    super(page);
    this.className = 'zoom';
  }

  /** What to draw. */
  get view(): WaveformView {
    return { spanMs: this.#span, fullScale: this.#fullScale };
  }

  protected mount(signal: AbortSignal): void {
    const span = h('output', { class: 'num', 'data-testid': 'span' });
    const scale = h('output', { class: 'num', 'data-testid': 'full-scale' });
    const show = (): void => {
      setText(span, this.#spanText);
      setText(scale, `±${this.#fullScale}`);
    };
    this.append(
      stepper('time', span, (direction) => {
        this.#spanMs = nextStep(spansMs, this.#span, direction);
        show();
      }),
      stepper('amplitude', scale, (direction) => {
        const towards = direction === 1 ? -1 : 1;
        this.#fullScale = nextStep(fullScales, this.#fullScale, towards);
        show();
      }),
    );
    this.page.store.watch(show, signal);
  }

  get #span(): number {
    return this.#spanMs ?? firstSpanMs[kindOf(this.page.store.state.setup.source)];
  }

  get #spanText(): string {
    const { session, setup } = this.page.store.state;
    const rateHz = session?.sampleRate ?? setup.sampleRateHz;
    if (this.#span < Infinity) return formatSpan(this.#span / 1000);
    if (session === null || rateHz === null) return 'all';
    return formatSpan(session.scope.capacityFrames / 2 / rateHz);
  }
}

function stepper(
  what: string,
  output: HTMLElement,
  onStep: (direction: 1 | -1) => void,
): HTMLElement {
  const less = h(
    'button',
    { type: 'button', 'aria-label': `Less ${what}`, 'data-testid': `less-${what}` },
    '−',
  );
  const more = h(
    'button',
    { type: 'button', 'aria-label': `More ${what}`, 'data-testid': `more-${what}` },
    '+',
  );
  less.addEventListener('click', () => onStep(-1));
  more.addEventListener('click', () => onStep(1));
  return h(
    'div',
    { class: 'stepper', role: 'group', 'aria-label': `Visible ${what}` },
    less,
    output,
    more,
  );
}
