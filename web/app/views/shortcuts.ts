import type { ViewEntry } from './view-switch.ts';
import type { Page } from './view.ts';

const fields = 'input, select, textarea, [contenteditable]';
const pressable = 'button, a, summary, label';

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
