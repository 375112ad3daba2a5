import type { ViewEntry } from './view-switch.ts';
import type { Page } from './view.ts';

// Sliders and switches take no digits. A dialog is in front of the page: its keys are its own.
const fields =
  'input:not([type=range], [type=checkbox]), select, textarea, [contenteditable], dialog';
const pressable = 'button, a, summary, label, input';

/** Space starts and stops; the number keys change the view. */
export function listenForKeys(
  { controller }: Page,
  entries: readonly ViewEntry[],
  signal: AbortSignal,
): void {
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isIn(event, fields)) return;
    const entry = entries[Number(event.key) - 1];
    if (entry !== undefined) location.hash = entry.id;
    if (event.key !== ' ' || isIn(event, pressable)) return;
    event.preventDefault();
    void controller.toggle();
  };
  addEventListener('keydown', press, { signal });
}

function isIn({ target }: Event, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
