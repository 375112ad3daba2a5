import { h } from '../dom/element.ts';
import { View } from './view.ts';

/** Lets a file be dropped anywhere on the page, and says so while one hovers. */
export class DropZone extends View {
  protected mount(signal: AbortSignal): void {
    this.hidden = true;
    this.append(h('p', {}, 'Drop the audio file to measure it'));
    addEventListener('dragover', (event) => this.#hover(event), { signal });
    addEventListener('drop', (event) => this.#drop(event), { signal });
    addEventListener('dragleave', (event) => this.#leave(event), { signal });
  }

  #hover(event: DragEvent): void {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.hidden = false;
  }

  // Without a related target the pointer has left the window, not just an element.
  #leave(event: DragEvent): void {
    if (event.relatedTarget === null) this.hidden = true;
  }

  #drop(event: DragEvent): void {
    this.hidden = true;
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void this.page.controller.chooseFile(file);
  }
}
