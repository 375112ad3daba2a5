import { QuantaError, type Session } from '../../lib/index.ts';
import { h, setText } from '../dom/element.ts';
import type { MeasuredFigure } from '../model/latency-words.ts';

/** What is measured, and how it is told. */
export interface MeasurementPlan {
  readonly testId: string;
  /** What the button says. */
  readonly action: string;
  /** What is said when nothing was found. */
  readonly notFound: string;
  /** Resolves with the figures; null: nothing was found. */
  readonly measure: (signal: AbortSignal) => Promise<readonly MeasuredFigure[] | null>;
}

type State = 'idle' | 'measuring' | 'found' | 'not-found' | 'cancelled' | 'failed';

/** A button that measures, another that ends it, and what came out. */
export class Measurement {
  readonly element: HTMLElement;
  readonly #plan: MeasurementPlan;
  readonly #button: HTMLButtonElement;
  readonly #result = h('div', { class: 'result', 'aria-live': 'polite' });
  #run: AbortController | null = null;

  constructor(plan: MeasurementPlan) {
    this.#plan = plan;
    this.#button = h(
      'button',
      { type: 'button', class: 'go', 'data-testid': plan.testId },
      plan.action,
    );
    this.#button.addEventListener('click', () => void this.#toggle());
    this.element = h('div', { class: 'measurement' }, this.#button, this.#result);
    this.#show('idle');
  }

  /** Ends what is under way, because there is nobody left to see it. */
  close(): void {
    this.#run?.abort();
    this.#run = null;
  }

  async #toggle(): Promise<void> {
    if (this.#run !== null) {
      this.close();
      this.#show('cancelled', words('Cancelled. Nothing was measured.'));
      return;
    }
    const run = (this.#run = new AbortController());
    this.#show('measuring', waiting());
    const show = await this.#outcome(run.signal);
    if (this.#run !== run) return;
    this.#run = null;
    show();
  }

  async #outcome(signal: AbortSignal): Promise<() => void> {
    try {
      const figures = await this.#plan.measure(signal);
      if (figures === null) return () => this.#show('not-found', words(this.#plan.notFound));
      return () => this.#show('found', list(figures));
    } catch (error) {
      return () => this.#show('failed', words(reasonOf(error)));
    }
  }

  #show(state: State, ...content: readonly Node[]): void {
    this.element.dataset['state'] = state;
    setText(this.#button, state === 'measuring' ? 'Cancel' : this.#plan.action);
    this.#result.replaceChildren(...content);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof QuantaError) return `${error.message} ${error.remedy}`;
  if (error instanceof RangeError) return 'That input has no source any more: choose another one.';
  return `The measurement failed: ${error instanceof Error ? error.message : String(error)}`;
}

const words = (text: string): HTMLElement => h('p', { class: 'said' }, text);

function waiting(): HTMLElement {
  const bar = h('div', { class: 'progress', 'aria-hidden': 'true' }, h('i'));
  return h('div', { class: 'listening' }, bar, h('p', {}, 'Listening …'));
}

function list(figures: readonly MeasuredFigure[]): HTMLElement {
  const rows = figures.map(({ name, value, testId, number }) =>
    h(
      'div',
      {},
      h('dt', {}, name),
      h('dd', { class: 'num', 'data-testid': testId, 'data-value': number }, value),
    ),
  );
  return h('dl', { class: 'rows' }, ...rows);
}

/** The inputs that can be listened to, as choices. */
export function inputChoices(session: Session): { value: string; label: string }[] {
  return session.sources.flatMap((source, input) =>
    source === null || !('node' in source)
      ? []
      : [{ value: String(input), label: `Input ${input + 1}: ${source.label}` }],
  );
}
