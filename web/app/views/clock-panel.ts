import type { TelemetrySnapshot } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { type Readout, readout } from '../dom/readout.ts';
import { formatClock, formatCount, formatFixed } from '../format.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

interface Row {
  readonly title: string;
  readonly readout: Readout;
  readonly value: (snapshot: TelemetrySnapshot) => number | null;
  readonly format: (value: number) => string;
}

/** What the counters say: the clock, the quanta, the samples that were no numbers. */
export class ClockPanel extends View {
  protected mount(signal: AbortSignal): void {
    const rows = makeRows();
    const list = h('dl', { class: 'rows' });
    for (const row of rows) {
      list.append(h('div', {}, h('dt', {}, row.title), h('dd', {}, row.readout.element)));
    }
    fillCard(this, 'Counters', '', list);
    this.page.frames.add(({ snapshot, text }) => {
      if (!text) return;
      for (const row of rows) row.readout.set(row.value(snapshot), row.format);
    }, signal);
    this.page.store.watch((state) => {
      this.classList.toggle('stale', !isMeasuring(state));
    }, signal);
  }
}

function makeRows(): Row[] {
  return [
    {
      title: 'Audio clock',
      readout: readout('audio-clock'),
      value: ({ audioClockSec }) => audioClockSec,
      format: formatClock,
    },
    {
      title: 'Quanta',
      readout: readout('quanta-count'),
      value: ({ quanta }) => quanta,
      format: formatCount,
    },
    {
      title: 'Audio clock ÷ page clock',
      readout: readout('clock-ratio'),
      value: ({ clockRatio }) => clockRatio,
      format: (ratio) => formatFixed(ratio, 4),
    },
    {
      title: 'Output underruns',
      readout: readout('underruns'),
      value: ({ underruns }) => underruns?.events ?? null,
      format: formatCount,
    },
    {
      title: 'NaN and infinite samples',
      readout: readout('bad-samples'),
      value: ({ badSamples }) => badSamples,
      format: formatCount,
    },
  ];
}
