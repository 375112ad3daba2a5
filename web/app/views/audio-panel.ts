import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { type Choice, field, select, setChoices } from '../dom/field.ts';
import { formatCount, formatKhz } from '../format.ts';
import {
  type LatencyHint,
  latencyHints,
  quantumSizes,
  sampleRates,
  type Setup,
} from '../model/setup.ts';
import { setupToQuery } from '../model/setup-query.ts';
import { MonitorSwitch } from './monitor-switch.ts';
import { View } from './view.ts';

const hintNames: Readonly<Record<LatencyHint, string>> = {
  interactive: 'Shortest',
  balanced: 'Balanced',
  playback: 'Longest',
};

/** How the audio context is opened: settled before Start. */
export class AudioPanel extends View {
  protected mount(signal: AbortSignal): void {
    const when = h('span', { class: 'aside' });
    const rate = select([], { 'data-testid': 'sample-rate' });
    const quantum = select([], { 'data-testid': 'quantum' });
    const latency = select(hintChoices(), { 'data-testid': 'latency-hint' });
    const link = h('a', { class: 'link', 'data-testid': 'setup-link' }, 'Link to this set-up');
    rate.addEventListener('change', () =>
      this.#change({ sampleRateHz: Number(rate.value) || null }),
    );
    quantum.addEventListener('change', () =>
      this.#change({ quantumFrames: Number(quantum.value) }),
    );
    latency.addEventListener('change', () =>
      this.#change({ latencyHint: latency.value as LatencyHint }),
    );
    const fields = [
      field('Sample rate', rate),
      field('Quantum, frames', quantum),
      field('Latency', latency),
    ];
    fillCard(
      this,
      'Audio',
      when,
      h('div', { class: 'fields' }, ...fields),
      new MonitorSwitch(this.page),
      link,
    );
    this.page.store.watch(({ setup, session, phase }) => {
      setChoices(rate, rateChoices(setup));
      setChoices(quantum, quantumChoices(setup));
      rate.value = String(setup.sampleRateHz ?? 0);
      quantum.value = String(setup.quantumFrames);
      latency.value = setup.latencyHint;
      const open = session !== null || phase === 'starting';
      setText(when, open ? 'Stop to change' : '');
      for (const control of [rate, quantum, latency]) control.disabled = open;
      link.href = `?${setupToQuery(setup)}`;
    }, signal);
  }

  #change(patch: Partial<Setup>): void {
    void this.page.controller.change(patch);
  }
}

function hintChoices(): Choice[] {
  return latencyHints.map((value) => ({ value, label: hintNames[value] }));
}

function rateChoices({ sampleRateHz }: Setup): Choice[] {
  const rates = withCurrent(sampleRates, sampleRateHz);
  const choices = rates.map((hz) => ({ value: String(hz), label: formatKhz(hz) }));
  return [{ value: '0', label: 'Device default' }, ...choices];
}

function quantumChoices({ quantumFrames }: Setup): Choice[] {
  const sizes = withCurrent(quantumSizes, quantumFrames);
  return sizes.map((frames) => ({ value: String(frames), label: formatCount(frames) }));
}

// A link may bring a value that is not on the list.
function withCurrent(list: readonly number[], current: number | null): number[] {
  const all = current === null ? list : [...list, current];
  return [...new Set(all)].sort((one, other) => one - other);
}
