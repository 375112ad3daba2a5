import { h, setAttributes } from '../dom/element.ts';
import { type ParameterControl, showPosition } from '../dom/parameter-field.ts';
import { readout } from '../dom/readout.ts';
import { faderDb, faderMarksDb, faderPosition, faderShutDb } from '../draw/fader-scale.ts';
import { formatFixed } from '../format.ts';
import { gainInWords } from '../model/parameter-groups.ts';
import type { ParameterLink } from '../model/parameter-link.ts';

// What a key adds: a tap is a fine step, a page a coarse one.
const keyStepsDb: Readonly<Record<string, number>> = {
  ArrowUp: 0.5,
  ArrowRight: 0.5,
  ArrowDown: -0.5,
  ArrowLeft: -0.5,
  PageUp: 6,
  PageDown: -6,
};

/** A fader with its scale in decibels, and its gain as a figure. */
export interface Fader extends ParameterControl {
  readonly figure: HTMLElement;
}

/** Makes a fader: upright on a desktop, lying on a phone. */
export function makeFader(link: ParameterLink, label: string, testId: string): Fader {
  const input = h('input', {
    type: 'range',
    min: 0,
    max: 1,
    step: 'any',
    'aria-label': label,
    'data-testid': testId,
  });
  const figure = readout(`${testId}-db`);
  input.addEventListener('input', () => link.set(faderDb(input.valueAsNumber)));
  input.addEventListener('dblclick', () => link.reset());
  input.addEventListener('keydown', (event) => {
    const stepDb = keyStepsDb[event.key];
    if (stepDb === undefined) return;
    event.preventDefault();
    // From where the fader stands: a held key is faster than the engine's answers.
    const db = faderDb(input.valueAsNumber) + stepDb;
    showPosition(input, faderPosition(db));
    link.set(db);
  });
  return {
    element: h('div', { class: 'fader' }, input, makeScale()),
    figure: figure.element,
    sync() {
      const db = link.inForce;
      figure.set(db, (value) => gainInWords(value, faderShutDb));
      if (!link.settled) return;
      showPosition(input, faderPosition(db));
      setAttributes(input, { 'aria-valuetext': gainInWords(db, faderShutDb) });
    },
  };
}

function makeScale(): HTMLElement {
  const marks = faderMarksDb.map((db) => {
    const mark = h('span', {}, formatFixed(db, 0));
    mark.style.setProperty('--at', String(faderPosition(db)));
    return mark;
  });
  return h('div', { class: 'marks num', 'aria-hidden': 'true' }, h('div', {}, ...marks));
}
