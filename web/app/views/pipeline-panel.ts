import type { PipelineStatus, Session, TelemetrySnapshot } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import { formatCount, formatFixed, noFigure } from '../format.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

const columns = ['Listener', 'Lag, ms', 'Hand-off, ms', 'Inference, ms', 'Delivered', 'Dropped'];

/** Who follows the bus, how far behind, and how the audio clock runs. */
export class PipelinePanel extends View {
  protected mount(signal: AbortSignal): void {
    const clock = h('p', { class: 'aside num', 'data-testid': 'clock-drift' });
    const table = new ListenerTable();
    fillCard(this, 'Pipeline', clock, table.element);
    this.page.frames.add(({ session, snapshot, text }) => {
      if (!text) return;
      setText(clock, clockInWords(session, snapshot));
      table.show(session.telemetry.pipeline);
    }, signal);
    this.page.store.watch((state) => {
      if (isMeasuring(state)) return;
      setText(clock, '');
      table.show([]);
    }, signal);
  }
}

/** The clock in a line: drift with its interval, and the steps of the browser's clock. */
function clockInWords({ clock }: Session, snapshot: TelemetrySnapshot): string {
  const { driftPpm, driftPpmConfidence, clockStepsMs } = snapshot;
  const drift =
    driftPpm === null || driftPpmConfidence === null
      ? 'clock drift: measuring'
      : `clock drift ${formatFixed(driftPpm, 1)} ± ${formatFixed(driftPpmConfidence, 1)} ppm`;
  const { length } = clock.steps;
  const steps = length === 1 ? '1 step' : `${length} steps`;
  return length === 0
    ? `${drift} · no steps`
    : `${drift} · ${steps}, ${formatFixed(clockStepsMs, 1)} ms`;
}

interface Row {
  readonly element: HTMLElement;
  show(status: PipelineStatus): void;
}

/** A row for each listener; nobody: what would bring one. */
class ListenerTable {
  readonly element: HTMLElement;
  readonly #body = h('tbody');
  readonly #table: HTMLElement;
  readonly #empty: HTMLElement;
  #rows: Row[] = [];
  #shown: string | undefined;

  constructor() {
    const heads = columns.map((title) => h('th', { scope: 'col' }, title));
    this.#table = h('table', {}, h('thead', {}, h('tr', {}, ...heads)), this.#body);
    this.#empty = h(
      'p',
      { class: 'note', 'data-testid': 'pipeline-empty' },
      'Nobody listens yet. A model, a recorder or a program that follows the bus, such as ',
      h('code', {}, 'for await (const chunk of quanta.bus.listen())'),
      ', gets a row here.',
    );
    this.element = h(
      'div',
      { class: 'pipeline', tabindex: 0, role: 'region', 'aria-label': 'Listeners of the bus' },
      this.#table,
      this.#empty,
    );
  }

  show(listeners: readonly PipelineStatus[]): void {
    const wanted = JSON.stringify(listeners.map(({ name, epoch }) => [name, epoch]));
    if (wanted !== this.#shown) this.#fill(listeners);
    this.#shown = wanted;
    listeners.forEach((status, index) => this.#rows[index]?.show(status));
  }

  #fill(listeners: readonly PipelineStatus[]): void {
    this.#rows = listeners.map(makeRow);
    this.#body.replaceChildren(...this.#rows.map(({ element }) => element));
    this.#table.hidden = listeners.length === 0;
    this.#empty.hidden = listeners.length > 0;
  }
}

function makeRow({ name }: PipelineStatus): Row {
  const lag = readout('listener-lag');
  const handOff = readout('listener-hand-off');
  const inference = readout('listener-inference');
  const delivered = readout('listener-delivered');
  const dropped = readout('listener-dropped');
  const word = h('small');
  const loss = h('td', {}, dropped.element, ' ', word);
  const title = h('th', { scope: 'row' }, name === '' ? 'unnamed' : name);
  const figures = [lag, handOff, inference, delivered].map(({ element }) => h('td', {}, element));
  return {
    element: h('tr', { 'data-testid': 'listener' }, title, ...figures, loss),
    show(status) {
      lag.set(status.audioLagMs, oneDecimal);
      handOff.set(status.handOffMs, oneDecimal);
      inference.set(status.inferenceTimeMs, oneDecimal);
      delivered.set(status.deliveredChunks, formatCount);
      dropped.set(status.droppedChunks, formatCount);
      setText(word, status.droppedChunks === 0 ? 'none lost' : 'lost');
      setAttributes(loss, { 'data-tone': status.droppedChunks === 0 ? 'good' : 'bad' });
    },
  };
}

function oneDecimal(ms: number): string {
  return Number.isFinite(ms) ? formatFixed(ms, 1) : noFigure;
}
