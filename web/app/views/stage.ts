import { h } from '../dom/element.ts';
import type { PageState } from '../model/page-state.ts';
import { startPlan, waitingWords } from '../model/start-plan.ts';
import { makeFailureCard } from './failure-card.ts';
import { type Page, View } from './view.ts';

/** What stands over the waveform while there is none: what will happen, what it waits for, what failed. */
export class Stage extends View {
  protected mount(signal: AbortSignal): void {
    this.page.store.watch((state) => this.#show(state), signal);
  }

  #show(state: PageState): void {
    const wanted = fingerprint(state);
    if (this.dataset['shown'] === wanted) return;
    this.dataset['shown'] = wanted;
    this.dataset['phase'] = state.phase;
    this.replaceChildren(...contentOf(state, this.page));
  }
}

function contentOf(state: PageState, { controller }: Page): Node[] {
  const { phase, failure } = state;
  if (failure !== null) {
    return [makeFailureCard(failure, () => void controller.perform(failure.action))];
  }
  if (phase === 'ready') return [makePlan(state)];
  if (phase === 'starting' || phase === 'switching') return [makeWaiting(state)];
  return [];
}

function makePlan({ setup, file }: PageState): HTMLElement {
  const { title, steps } = startPlan(setup, file);
  return h(
    'div',
    { class: 'plan' },
    h('h3', {}, title),
    h('ol', {}, ...steps.map((step) => h('li', {}, step))),
    h('p', { class: 'keys' }, 'Press ', h('b', {}, 'Start'), makeKeyHint(), '.'),
  );
}

function makeKeyHint(): HTMLElement {
  return h('span', { class: 'hint' }, ' or the ', h('kbd', {}, 'Space'), ' key');
}

function makeWaiting({ step, setup }: PageState): HTMLElement {
  const { title, text } = waitingWords(step, setup);
  return h(
    'div',
    { class: 'waiting', role: 'status' },
    h('div', { class: 'progress', 'aria-hidden': 'true' }, h('i')),
    h('h3', {}, title),
    h('p', {}, text),
  );
}

function fingerprint({ phase, step, failure, setup, file }: PageState): string {
  return JSON.stringify([phase, step, failure, setup.source, setup.monitor, file?.name]);
}
