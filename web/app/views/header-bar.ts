import { h, icon } from '../dom/element.ts';
import { ActivityMarks } from './activity-marks.ts';
import { SourcePicker } from './source-picker.ts';
import { StatusChips } from './status-chips.ts';
import { View } from './view.ts';

const brandPath = 'M2 11h2M6 6v10M10 2v18M14 7v8M18 9v4M21 11h-1';

/** The status line that never scrolls away: source, Start and Stop, how it runs. */
export class HeaderBar extends View {
  protected mount(signal: AbortSignal): void {
    this.append(
      h(
        'header',
        {},
        h('h1', { class: 'brand' }, icon(22, brandPath), h('span', {}, 'Quanta')),
        h(
          'div',
          { class: 'source' },
          new SourcePicker(this.page),
          ...this.#makeButtons(signal),
          new ActivityMarks(this.page),
        ),
        new StatusChips(this.page),
      ),
    );
  }

  #makeButtons(signal: AbortSignal): HTMLButtonElement[] {
    const { controller, store } = this.page;
    const start = h('button', { class: 'go', 'data-testid': 'start', type: 'button' }, 'Start');
    const stop = h('button', { class: 'go', 'data-testid': 'stop', type: 'button' }, 'Stop');
    start.addEventListener('click', () => void controller.start());
    stop.addEventListener('click', () => void controller.stop());
    for (const button of [start, stop]) button.setAttribute('aria-keyshortcuts', 'Space');
    store.watch(({ phase, session }) => {
      const open = phase === 'starting' || session !== null;
      swap(open ? start : stop, open ? stop : start);
    }, signal);
    return [start, stop];
  }
}

// The focus goes along, else a keyboard would fall back to the top of the page.
function swap(from: HTMLButtonElement, to: HTMLButtonElement): void {
  if (from.hidden === true && to.hidden === false) return;
  const focused = document.activeElement === from;
  to.hidden = false;
  from.hidden = true;
  if (focused) to.focus();
}
