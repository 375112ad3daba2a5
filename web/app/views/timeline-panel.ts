import { type Glitch, glitchKinds, type GlitchSnapshot, type Session } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { select } from '../dom/field.ts';
import { PlotBox } from '../dom/plot-box.ts';
import { glitchAt, lanePlot, type Lanes, type Span } from '../draw/glitch-lanes.ts';
import { countInWords, glitchInWords, glitchTime, glitchTitles } from '../model/glitch-words.ts';
import { isMeasuring } from '../model/page-state.ts';
import { View } from './view.ts';

const recentMs = 60_000;
const drawMs = 250;
const listed = 12;
const spans = [
  { value: 'recent', label: 'Last minute' },
  { value: 'all', label: 'Since the start' },
];
const calmWords = 'Point at a mark to read it, or step through them with the arrows.';

/** What went wrong, and when: the audio thread's glitches beside the page's long tasks. */
export class TimelinePanel extends View {
  readonly #span = select(spans, {
    'aria-label': 'Stretch of time',
    'data-testid': 'timeline-span',
  });
  readonly #detail = h('p', {
    class: 'detail',
    'aria-live': 'polite',
    'data-testid': 'glitch-detail',
  });
  readonly #rows = glitchKinds.map((kind) => {
    const count = h('span', { class: 'num', 'data-testid': `glitch-count-${kind}` });
    return { kind, count, element: h('li', {}, h('span', {}, glitchTitles[kind]), count) };
  });
  readonly #list = h('ol', { class: 'glitch-list', 'data-testid': 'glitch-list' });
  #snapshot: GlitchSnapshot | null = null;
  #session: Session | null = null;
  #chosen: Glitch | null = null;
  #drawnMs = -Infinity;
  #listedTotal = -1;

  protected mount(signal: AbortSignal): void {
    const plot = new PlotBox('timeline-plot', () => this.#draw(plot), signal);
    const labels = h('ul', { class: 'lane-labels' }, ...this.#rows.map(({ element }) => element));
    const lanes = h('div', { class: 'lanes' }, labels, plot.element);
    const twin = h('details', {}, h('summary', {}, 'The newest ones as a list'), this.#list);
    const tools = h('div', { class: 'tools' }, ...this.#makeSteps(plot, signal), this.#span);
    fillCard(this, 'Glitches', tools, lanes, this.#detail, twin);
    this.#followPointer(plot, signal);
    this.#span.addEventListener('change', () => this.#draw(plot), { signal });
    this.page.frames.add(({ session, nowMs }) => {
      if (nowMs - this.#drawnMs < drawMs) return;
      this.#drawnMs = nowMs;
      this.#look(session);
      this.#draw(plot);
    }, signal);
    this.page.store.watch((state) => {
      this.classList.toggle('stale', !isMeasuring(state));
      this.#draw(plot);
    }, signal);
  }

  #look(session: Session): void {
    if (session !== this.#session) this.#chosen = null;
    this.#session = session;
    this.#snapshot = session.glitches.snapshot();
    const { counts, unavailable, total } = this.#snapshot;
    for (const { kind, count, element } of this.#rows) {
      const reason = unavailable[kind];
      setText(count, reason === undefined ? countInWords(counts[kind]) : 'not counted here');
      setAttributes(element, { title: reason, 'data-some': counts[kind].events > 0 });
      count.dataset['value'] = String(counts[kind].events);
    }
    if (total === this.#listedTotal) return;
    this.#listedTotal = total;
    this.#fillList(this.#snapshot.events);
  }

  #fillList(events: readonly Glitch[]): void {
    const newest = events.slice(-listed).toReversed();
    this.#list.replaceChildren(
      ...newest.map((event) =>
        h(
          'li',
          { 'data-kind': event.kind },
          h('time', {}, glitchTime(event)),
          glitchInWords(event),
        ),
      ),
    );
    if (newest.length === 0) this.#list.replaceChildren(h('li', {}, 'Nothing went wrong.'));
  }

  #draw(plot: PlotBox): void {
    const lanes = this.#lanes(plot);
    if (lanes === null) return;
    plot.show(lanePlot({ ...lanes, chosen: this.#chosen }));
    setText(this.#detail, this.#chosen === null ? this.#restWords() : detailOf(this.#chosen));
  }

  #restWords(): string {
    if (this.#snapshot === null) return 'Press Start: what goes wrong is listed here.';
    const { total, forgotten } = this.#snapshot;
    if (total === 0) return 'Nothing went wrong since the start.';
    return forgotten === 0 ? calmWords : `${calmWords} The oldest ${forgotten} are only counted.`;
  }

  #lanes(plot: PlotBox): Omit<Lanes, 'chosen'> | null {
    if (plot.width === 0) return null;
    const { events = [] } = this.#snapshot ?? {};
    return { kinds: glitchKinds, events, span: this.#shownSpan(), width: plot.width };
  }

  #shownSpan(): Span {
    if (this.#snapshot === null) return { fromMs: -recentMs, toMs: 0 };
    const { fromPageMs, toPageMs } = this.#snapshot;
    const all = this.#span.value === 'all';
    return { fromMs: all ? fromPageMs : toPageMs - recentMs, toMs: toPageMs };
  }

  #followPointer(plot: PlotBox, signal: AbortSignal): void {
    const point = (event: PointerEvent): void => {
      const lanes = this.#lanes(plot);
      const svg = plot.element.firstElementChild;
      if (lanes === null || svg === null) return;
      const { left, top, width } = svg.getBoundingClientRect();
      const scale = lanes.width / width;
      const found = glitchAt(lanes, (event.clientX - left) * scale, (event.clientY - top) * scale);
      if (found !== null) this.#choose(found, plot);
    };
    plot.element.addEventListener('pointermove', point, { signal });
    plot.element.addEventListener('pointerdown', point, { signal });
  }

  #makeSteps(plot: PlotBox, signal: AbortSignal): HTMLElement[] {
    const make = (text: string, label: string, by: number): HTMLElement => {
      const name = by < 0 ? 'glitch-earlier' : 'glitch-later';
      const button = h('button', { type: 'button', class: 'step', 'data-testid': name }, text);
      setAttributes(button, { 'aria-label': label, title: label });
      button.addEventListener('click', () => this.#step(by, plot), { signal });
      return button;
    };
    return [make('‹', 'Earlier glitch', -1), make('›', 'Later glitch', 1)];
  }

  // From the newest one of this moment, not of the last drawing.
  #step(by: number, plot: PlotBox): void {
    if (this.#session !== null) this.#look(this.#session);
    const events = (this.#snapshot?.events ?? []).toSorted((a, b) => a.pageMs - b.pageMs);
    const now = events.findIndex(({ id }) => id === this.#chosen?.id);
    const next = now < 0 ? events.length - 1 : Math.min(Math.max(now + by, 0), events.length - 1);
    const glitch = events[next];
    if (glitch !== undefined) this.#choose(glitch, plot);
  }

  #choose(glitch: Glitch, plot: PlotBox): void {
    this.#chosen = glitch;
    this.#draw(plot);
  }
}

function detailOf(glitch: Glitch): string {
  return `${glitchTime(glitch)} · ${glitchInWords(glitch)}`;
}
