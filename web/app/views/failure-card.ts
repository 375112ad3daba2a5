import { h } from '../dom/element.ts';
import type { Failure } from '../model/failure.ts';

const words: Readonly<Record<Failure['tone'], string>> = {
  bad: 'Error',
  warn: 'Warning',
  info: 'Note',
};

/** What happened, what it means, what to do, and one button that helps. */
export function makeFailureCard(failure: Failure, onAction: () => void): HTMLElement {
  const { code, tone, title, meaning, remedy, action, actionLabel, detail } = failure;
  const testId = action === 'resume' ? 'resume' : 'error-action';
  const button = h('button', { type: 'button', 'data-testid': testId }, actionLabel);
  button.addEventListener('click', onAction);
  return h(
    'div',
    {
      class: 'failure',
      role: tone === 'info' ? 'status' : 'alert',
      'data-testid': 'error-card',
      'data-code': code,
      'data-tone': tone,
    },
    h(
      'div',
      { class: 'words' },
      h('p', { class: 'kind' }, h('b', {}, words[tone]), h('code', {}, code)),
      h('h3', {}, title),
      ...paragraph('meaning', meaning),
      ...paragraph('remedy', remedy),
      ...paragraph('detail', detail),
    ),
    button,
  );
}

function paragraph(className: string, text: string): HTMLElement[] {
  return text === '' ? [] : [h('p', { class: className }, text)];
}
