/** Controls of one parameter: they show what is in force, and send what the person does. */
import type { ParameterLink } from '../model/parameter-link.ts';
import { plainNumber, scaleOf, valueInWords } from '../model/parameter-groups.ts';
import { h, setAttributes, setText } from './element.ts';
import { type Choice, select, toggle } from './field.ts';
import { numberField, setNumber } from './number-field.ts';

/** Something to set a parameter with. */
export interface ParameterControl {
  readonly element: HTMLElement;
  /** Shows what is in force. */
  sync(): void;
}

/** What a parameter is called, and where it is found by tests. */
export interface ParameterNames {
  /** Unseen, in full: `Gate threshold`. */
  readonly full: string;
  /** Seen, beside its fellows: `Threshold`. */
  readonly short: string;
  readonly testId: string;
}

/** A slider with a number field, its unit, and the way back to the initial value. */
export function parameterField(link: ParameterLink, names: ParameterNames): ParameterControl {
  const { info } = link;
  const slider = parameterSlider(link, `${names.full} slider`);
  const number = numberField(names.testId, info, (value) => link.set(value));
  const unit = info.unit === '' ? '' : `, ${info.unit}`;
  number.setAttribute('aria-label', `${names.full}${unit}`);
  number.title = `${valueInWords(info.min, info)} to ${valueInWords(info.max, info)}`;
  number.classList.add('num');
  const reset = makeReset(link, names.full);
  const head = h('span', { class: 'parameter-name' }, names.short, h('small', {}, info.unit));
  return {
    element: h('div', { class: 'parameter' }, head, slider.element, number, reset.element),
    sync() {
      slider.sync();
      reset.sync();
      // Whoever types is not interrupted.
      if (link.settled && document.activeElement !== number) {
        setNumber(number, plainNumber(link.inForce));
      }
    },
  };
}

/** A bare slider; a double click goes back to the initial value. */
export function parameterSlider(link: ParameterLink, label: string): ParameterControl {
  const scale = scaleOf(link.info);
  const element = h('input', { type: 'range', min: 0, max: 1, step: 'any', 'aria-label': label });
  element.addEventListener('input', () => link.set(scale.toValue(element.valueAsNumber)));
  element.addEventListener('dblclick', () => link.reset());
  return {
    element,
    sync() {
      if (!link.settled) return;
      showPosition(element, scale.toPosition(link.inForce));
      setAttributes(element, { 'aria-valuetext': valueInWords(link.inForce, link.info) });
    },
  };
}

/** A switch: 0 or 1. */
export function parameterSwitch(
  link: ParameterLink,
  label: string,
  testId: string,
): ParameterControl {
  const { element, input } = toggle(label, testId);
  input.addEventListener('change', () => link.set(input.checked ? 1 : 0));
  return {
    element,
    sync() {
      if (link.settled) input.checked = isOn(link);
    },
  };
}

/** A button that stays down: mute, solo. */
export function parameterButton(
  link: ParameterLink,
  label: string,
  testId: string,
): ParameterControl {
  const element = h('button', { type: 'button', class: testId, 'data-testid': testId }, label);
  element.addEventListener('click', () => link.set(isOn(link) ? 0 : 1));
  return { element, sync: () => setAttributes(element, { 'aria-pressed': String(isOn(link)) }) };
}

/** One of some values, each with its name. */
export function parameterChoice(
  link: ParameterLink,
  names: ParameterNames,
  choices: readonly Choice[],
): ParameterControl {
  const attributes = { 'aria-label': names.full, 'data-testid': names.testId };
  const element = select(choices, attributes);
  element.addEventListener('change', () => link.set(Number(element.value)));
  return {
    element: h(
      'div',
      { class: 'parameter choice' },
      h('span', { class: 'parameter-name' }, names.short),
      element,
    ),
    sync() {
      if (link.settled && document.activeElement !== element) element.value = String(link.inForce);
    },
  };
}

/** Whether a switch is on. */
export function isOn(link: ParameterLink): boolean {
  return link.inForce >= 0.5;
}

/** Moves a slider, unless it stands there already. */
export function showPosition(element: HTMLInputElement, position: number): void {
  if (Math.abs(element.valueAsNumber - position) > 1e-4) element.value = String(position);
}

function makeReset(link: ParameterLink, name: string): ParameterControl {
  const initial = valueInWords(plainNumber(link.info.initial), link.info);
  const label = `Reset ${name} to ${initial}`;
  const element = h('button', { type: 'button', class: 'reset', 'aria-label': label });
  element.title = label;
  setText(element, '↺');
  element.addEventListener('click', () => link.reset());
  return {
    element,
    sync() {
      element.disabled = plainNumber(link.inForce) === plainNumber(link.info.initial);
    },
  };
}
