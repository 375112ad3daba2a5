import { type MeterReading, type StripParameter, toDb } from '../../lib/index.ts';
import { h } from '../dom/element.ts';
import {
  parameterChoice,
  parameterField,
  parameterSwitch,
  type ParameterControl,
} from '../dom/parameter-field.ts';
import { readout } from '../dom/readout.ts';
import { formatMeter } from '../format.ts';
import { effectGroups, keyChoices, type ParameterGroup } from '../model/parameter-groups.ts';
import type { ParameterLink } from '../model/parameter-link.ts';

/** Gives the link of a strip's parameter. */
export type Links = (name: StripParameter) => ParameterLink;

/** A strip's effects, on a sheet of their own. */
export interface EffectSheet {
  readonly element: HTMLDialogElement;
  open(): void;
  /** Shows what is in force and what the dynamics do now. */
  draw(reading: MeterReading): void;
}

/** Makes the sheet from the parameter table. @param title Names the strip of the input. */
export function makeEffectSheet(title: string, input: number, links: Links): EffectSheet {
  const sections = effectGroups.map((group) => makeSection(group, input, links));
  const close = h('button', { type: 'button', 'data-testid': 'close-effects' }, 'Close');
  const reset = h('button', { type: 'button', 'data-testid': 'reset-effects' }, 'Reset all');
  const element = h(
    'dialog',
    { class: 'sheet', 'aria-label': title, 'data-testid': 'effects' },
    h('div', { class: 'sheet-head' }, h('h2', {}, title), reset, close),
    h(
      'p',
      { class: 'note' },
      'In the order in which the sound passes them. A double click on a slider resets it.',
    ),
    h('div', { class: 'effects' }, ...sections.map((section) => section.element)),
  );
  close.addEventListener('click', () => element.close());
  reset.addEventListener('click', () => {
    for (const name of effectGroups.flatMap(namesOf)) links(name).reset();
  });
  return {
    element,
    open: () => element.showModal(),
    draw(reading) {
      if (!element.open) return;
      for (const section of sections) section.draw(reading);
    },
  };
}

function namesOf({ power, parameters }: ParameterGroup): StripParameter[] {
  const names = parameters.map(({ name }) => name);
  return power === null ? names : [power, ...names];
}

interface Section {
  readonly element: HTMLElement;
  draw(reading: MeterReading): void;
}

function makeSection(
  { id, title, power, parameters }: ParameterGroup,
  input: number,
  links: Links,
): Section {
  const fields = parameters.map(({ name, label }) => {
    const names = { full: `${title} ${label}`, short: label, testId: name };
    if (name !== 'compressorKey') return parameterField(links(name), names);
    return parameterChoice(links(name), names, keyChoices(input, links(name)));
  });
  const controls: ParameterControl[] = [...fields];
  const head = h('div', { class: 'effect-head' }, h('h3', {}, title));
  if (power !== null) {
    const switched = parameterSwitch(links(power), 'On', power);
    switched.element.querySelector('input')?.setAttribute('aria-label', `${title} on`);
    controls.push(switched);
    head.append(switched.element);
  }
  const doing = makeDoing(id);
  if (doing !== undefined) head.append(doing.element);
  return {
    element: h('section', { class: 'effect' }, head, ...fields.map(({ element }) => element)),
    draw(reading) {
      for (const control of controls) control.sync();
      doing?.draw(reading);
    },
  };
}

// What an effect takes away at this moment.
const doings: Readonly<Record<string, { title: string; db: (reading: MeterReading) => number }>> = {
  gate: { title: 'Gain', db: ({ gateGain }) => toDb(gateGain) },
  compressor: { title: 'Reduction', db: ({ reductionDb }) => Math.abs(reductionDb) },
};

function makeDoing(id: string): Section | undefined {
  const doing = doings[id];
  if (doing === undefined) return undefined;
  const figure = readout(`${id}-now`);
  return {
    element: h('span', { class: 'doing' }, `${doing.title} `, figure.element, ' dB'),
    draw: (reading) => figure.set(doing.db(reading), formatMeter),
  };
}
