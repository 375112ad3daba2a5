import { toggleRecording, type ViewEntry } from './view-switch.ts';
import type { Page } from './view.ts';

// Sliders and switches take no digits. A dialog is in front of the page: its keys are its own.
const fields =
  'input:not([type=range], [type=checkbox]), select, textarea, [contenteditable], dialog';
const pressable = 'button, a, summary, label, input';

/** Space starts and stops, R records; each view has a key that shows it. */
export function listenForKeys(
  page: Page,
  entries: readonly ViewEntry[],
  signal: AbortSignal,
): void {
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isIn(event, fields)) return;
    const letter = event.key.toLowerCase();
    const entry = entries.find(({ key }) => key === letter);
    if (letter === 'r') void toggleRecording(page);
    if (entry !== undefined) location.hash = entry.id;
    if (event.key !== ' ' || isIn(event, pressable)) return;
    event.preventDefault();
    void page.controller.toggle();
  };
  addEventListener('keydown', press, { signal });
}

function isIn({ target }: Event, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
