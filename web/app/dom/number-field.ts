import { h } from './element.ts';

/** What a number field accepts. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Default: any. */
  readonly step?: number;
}

/**
 * A number field that reports only numbers in its range, when the person has finished typing; anything
 * else goes back to what it was.
 */
export function numberField(
  testId: string,
  range: NumberRange,
  onChange: (value: number) => void,
): HTMLInputElement {
  const { min, max, step = 'any' } = range;
  const input = h('input', {
    type: 'number',
    min,
    max,
    step,
    required: true,
    'data-testid': testId,
  });
  input.inputMode = 'decimal';
  input.addEventListener('change', () => {
    const value = input.valueAsNumber;
    const accepted = value >= min && value <= max;
    if (accepted) onChange(value);
    else input.value = input.dataset['accepted'] ?? '';
  });
  return input;
}

/** Shows a number that was accepted. */
export function setNumber(input: HTMLInputElement, value: number): void {
  input.dataset['accepted'] = String(value);
  if (input.valueAsNumber !== value) input.value = String(value);
}

/** A slider; on a logarithmic scale equal steps of the hand are equal ratios. */
export function slider(
  label: string,
  testId: string,
  range: NumberRange & { readonly scale: 'linear' | 'log' },
  onChange: (value: number) => void,
): { readonly element: HTMLInputElement; set(value: number): void } {
  const { min, max, scale, step = 1 } = range;
  const to = (value: number): number => (scale === 'log' ? Math.log2(value / min) : value);
  const from = (value: number): number => (scale === 'log' ? min * 2 ** value : value);
  const input = h('input', {
    type: 'range',
    min: to(min),
    max: to(max),
    // On the logarithmic scale a step is a semitone.
    step: scale === 'log' ? 1 / 12 : step,
    'aria-label': label,
    'data-testid': testId,
  });
  input.addEventListener('change', () => onChange(rounded(from(input.valueAsNumber))));
  return {
    element: input,
    set(value) {
      input.value = String(to(value));
      input.setAttribute('aria-valuetext', String(value));
    },
  };
}

// Three digits are finer than the hand.
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
