import { h, setAttributes, setText } from '../dom/element.ts';
import { formatCount } from '../format.ts';
import { reasonInShort } from '../model/engine-notice.ts';
import type { PageState } from '../model/page-state.ts';
import { View } from './view.ts';

/** How it runs, in three chips: engine, isolation, rate and quantum. */
export class StatusChips extends View {
  protected mount(signal: AbortSignal): void {
    this.append(this.#makeEngine(signal), makeIsolation(), this.#makeRate(signal));
  }

  #makeEngine(signal: AbortSignal): HTMLElement {
    const status = h('b', { 'data-testid': 'wasm-status' });
    const reason = h('span', { 'data-testid': 'wasm-reason' });
    const chip = h(
      'span',
      { class: 'chip engine', title: 'WebAssembly engine' },
      dot(),
      status,
      reason,
    );
    this.page.store.watch((state) => {
      const cause = state.engine?.reason ?? null;
      setText(status, engineWord(state));
      setText(reason, cause === null ? '' : reasonInShort(cause));
      setAttributes(reason, { hidden: cause === null, 'data-reason': cause ?? undefined });
      setAttributes(chip, { 'data-tone': engineTone(state) });
    }, signal);
    return chip;
  }

  #makeRate(signal: AbortSignal): HTMLElement {
    const rate = h('b', { class: 'num', 'data-testid': 'rate' });
    const quantum = h('b', { class: 'num', 'data-testid': 'quantum-frames' });
    const chip = h('span', { class: 'chip rate', title: 'Sample rate and frames per quantum' });
    const unit = h('span');
    chip.append(rate, unit, quantum);
    this.page.store.watch(({ session, setup }) => {
      const hz = session?.sampleRate ?? setup.sampleRateHz;
      setText(rate, hz === null ? 'device' : formatCount(hz));
      setText(unit, hz === null ? ' rate · ' : ' Hz · ');
      setText(quantum, String(session?.quantumFrames ?? setup.quantumFrames));
    }, signal);
    return chip;
  }
}

function engineWord({ phase, engine }: PageState): string {
  return engine?.status ?? (phase === 'starting' ? 'starting' : 'idle');
}

function engineTone({ engine }: PageState): string {
  if (engine === null) return 'none';
  if (engine.status === 'active') return 'good';
  return engine.engine === 'none' ? 'bad' : 'warn';
}

function makeIsolation(): HTMLElement {
  const isolated = globalThis.crossOriginIsolated;
  const attributes = {
    class: 'chip isolation',
    title: 'Cross-origin isolation: shared memory with the audio thread',
    'data-testid': 'isolation',
    'data-isolated': String(isolated),
    'data-tone': isolated ? 'good' : 'warn',
  };
  return h('span', attributes, ...(isolated ? ['isolated'] : [dot(), 'not isolated']));
}

function dot(): HTMLElement {
  return h('i', { class: 'dot', 'aria-hidden': 'true' });
}
