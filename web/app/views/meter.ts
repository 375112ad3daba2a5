import { h, setAttributes } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import { meterFloorDb, meterPosition } from '../draw/meter-scale.ts';
import { formatDb } from '../format.ts';

/** A bar with its figure. */
export interface Meter {
  readonly element: HTMLElement;
  /** Shows a level; null shows that there is none. The bar moves each time, the text on request. */
  draw(db: number | null, text: boolean): void;
  /** Shows where the level was of late. */
  mark(db: number): void;
}

// At this level and above, a sample has reached full scale.
const fullScaleDb = -0.01;

/** Makes a meter. */
export function makeMeter(title: string, testId: string): Meter {
  const figure = readout(testId);
  const fill = h('i');
  const mark = h('u', { hidden: true });
  const bar = h('div', { class: 'bar', role: 'meter', 'aria-label': `${title} level` }, fill, mark);
  setAttributes(bar, { 'aria-valuemin': meterFloorDb, 'aria-valuemax': 0 });
  return {
    element: h('div', { class: 'meter' }, h('span', { class: 'name' }, title), bar, figure.element),
    draw(db, text) {
      fill.style.setProperty('--level', String(meterPosition(db ?? -Infinity)));
      if (!text) return;
      figure.set(db, formatDb);
      setAttributes(bar, describe(db));
      setAttributes(figure.element, { 'data-tone': (db ?? -1) >= fullScaleDb ? 'bad' : undefined });
    },
    mark(db) {
      mark.hidden = db <= meterFloorDb;
      mark.style.setProperty('--level', String(meterPosition(db)));
      setAttributes(mark, { 'data-tone': db >= fullScaleDb ? 'bad' : undefined });
    },
  };
}

function describe(db: number | null): Record<string, string | number> {
  if (db === null) return { 'aria-valuenow': meterFloorDb, 'aria-valuetext': 'not measured' };
  const shown = Math.min(0, Math.max(meterFloorDb, db));
  return { 'aria-valuenow': shown.toFixed(1), 'aria-valuetext': `${formatDb(db)} dBFS` };
}
