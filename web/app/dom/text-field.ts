import { h } from './element.ts';

/** A line of text that no browser corrects or remembers. */
export function textField(testId: string): HTMLInputElement {
  return h('input', {
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'data-testid': testId,
  });
}
