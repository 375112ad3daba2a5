import { type MeterReading, toDb } from '../../lib/index.ts';
import { h, setAttributes } from '../dom/element.ts';
import { meterFloorDb, meterMarksDb, meterPosition } from '../draw/meter-scale.ts';
import { PeakHold } from '../draw/peak-hold.ts';
import { formatFixed, formatMeter } from '../format.ts';

// At this level and above, a sample has reached full scale.
const fullScaleDb = -0.01;

/** Two bars, left and right, each with the highest peak of late. */
export interface StereoMeter {
  readonly element: HTMLElement;
  /** The bars move each time, what is read out on request. */
  draw(reading: MeterReading, nowMs: number, text: boolean): void;
}

/** Makes the meter of a strip. */
export function makeStereoMeter(label: string): StereoMeter {
  const left = makeChannel();
  const right = makeChannel();
  const element = h(
    'div',
    { class: 'stereo-meter', role: 'meter', 'aria-label': label },
    left.element,
    right.element,
    makeScale(),
  );
  setAttributes(element, { 'aria-valuemin': meterFloorDb, 'aria-valuemax': 0 });
  return {
    element,
    draw(reading, nowMs, text) {
      left.draw(toDb(reading.peakLeft), toDb(reading.rmsLeft), nowMs);
      right.draw(toDb(reading.peakRight), toDb(reading.rmsRight), nowMs);
      if (text) describe(element, peakDbOf(reading));
    },
  };
}

/** The louder channel's peak in dBFS. */
export function peakDbOf({ peakLeft, peakRight }: MeterReading): number {
  return toDb(Math.max(peakLeft, peakRight));
}

/** The power of both channels in dBFS. */
export function rmsDbOf({ rmsLeft, rmsRight }: MeterReading): number {
  return toDb(Math.sqrt((rmsLeft ** 2 + rmsRight ** 2) / 2));
}

function makeScale(): HTMLElement {
  const marks = meterMarksDb.map((db) => {
    const mark = h('span', {}, formatFixed(db, 0));
    mark.style.setProperty('--at', String(meterPosition(db)));
    return mark;
  });
  return h('div', { class: 'marks num', 'aria-hidden': 'true' }, h('div', {}, ...marks));
}

interface Channel {
  readonly element: HTMLElement;
  draw(peakDb: number, rmsDb: number, nowMs: number): void;
}

// The peak is the pale bar, the RMS the full one in front of it.
function makeChannel(): Channel {
  const hold = new PeakHold();
  const peak = h('i', { class: 'peak' });
  const rms = h('i');
  const mark = h('u', { hidden: true });
  return {
    element: h('div', { class: 'bar' }, peak, rms, mark),
    draw(peakDb, rmsDb, nowMs) {
      const heldDb = hold.update(peakDb, nowMs);
      setLevel(peak, peakDb);
      setLevel(rms, rmsDb);
      setLevel(mark, heldDb);
      mark.hidden = heldDb <= meterFloorDb;
      setAttributes(mark, { 'data-tone': heldDb >= fullScaleDb ? 'bad' : undefined });
    },
  };
}

// A thousandth is less than a pixel: steady levels cost no layout.
function setLevel(element: HTMLElement, db: number): void {
  const level = meterPosition(db).toFixed(3);
  if (element.dataset['level'] === level) return;
  element.dataset['level'] = level;
  element.style.setProperty('--level', level);
}

function describe(element: HTMLElement, db: number): void {
  const shown = Math.min(0, Math.max(meterFloorDb, db));
  setAttributes(element, {
    'aria-valuenow': shown.toFixed(1),
    'aria-valuetext': `${formatMeter(db)} dBFS`,
  });
}
