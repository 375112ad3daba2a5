import { h } from './element.ts';

/** A file field: never seen, opened by whichever button wants a file. */
export class FilePicker {
  readonly element: HTMLInputElement;

  /** @param onPick Told of the chosen file. */
  constructor(onPick: (file: File) => void, testId = 'file-input') {
    this.element = h('input', {
      type: 'file',
      accept: 'audio/*,video/*',
      hidden: true,
      'aria-label': 'Audio file',
      'data-testid': testId,
    });
    this.element.addEventListener('change', () => {
      const file = this.element.files?.[0];
      // Emptied, so that the same file can be chosen again.
      this.element.value = '';
      if (file !== undefined) onPick(file);
    });
  }

  /** Shows the system's dialog. Call it from a click or a key. */
  open(): void {
    this.element.click();
  }
}
