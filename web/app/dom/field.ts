/** Labelled form controls. */
import { type Attributes, h } from './element.ts';

let fieldCount = 0;

/** A control under its label, and perhaps another form of the same control under that. */
export function field(label: string, control: HTMLElement, ...more: readonly Node[]): HTMLElement {
  fieldCount += 1;
  control.id = `field-${fieldCount}`;
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), control, ...more);
}

/** One choice of a select. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A native select. */
export function select(choices: readonly Choice[], attributes: Attributes = {}): HTMLSelectElement {
  const element = h('select', attributes);
  setChoices(element, choices);
  return element;
}

/** Replaces the choices and keeps the chosen value, if it is still there. */
export function setChoices(element: HTMLSelectElement, choices: readonly Choice[]): void {
  const { value } = element;
  element.replaceChildren(
    ...choices.map((choice) => h('option', { value: choice.value }, choice.label)),
  );
  if (choices.some((choice) => choice.value === value)) element.value = value;
}

/** A switch: a checkbox with its label beside it. */
export interface Toggle {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
}

/** Makes a switch. */
export function toggle(label: string, testId: string, help?: string): Toggle {
  const input = h('input', { type: 'checkbox', role: 'switch', 'data-testid': testId });
  const words = h('span', { class: 'words' }, label);
  if (help !== undefined) words.append(h('span', { class: 'help' }, help));
  return { element: h('label', { class: 'toggle' }, input, words), input };
}
