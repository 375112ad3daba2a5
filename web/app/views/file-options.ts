import { h, setText } from '../dom/element.ts';
import { toggle } from '../dom/field.ts';
import { formatBytes } from '../format.ts';
import { View } from './view.ts';

/** Which file, and whether it starts again at its end. */
export class FileOptionsView extends View {
  protected mount(signal: AbortSignal): void {
    const { controller, store } = this.page;
    const choose = h('button', { type: 'button', 'data-testid': 'choose-file' }, 'Choose a file');
    const name = h('span', { class: 'file-name', 'data-testid': 'file-name' });
    const repeat = toggle('Repeat', 'loop', 'Starts again at the end, without a gap.');
    choose.addEventListener('click', () => controller.onFileWanted());
    repeat.input.addEventListener(
      'change',
      () => void controller.change({ loop: repeat.input.checked }),
    );
    this.append(
      h('div', { class: 'file' }, choose, name),
      h('div', { class: 'switches' }, repeat.element),
      h(
        'p',
        { class: 'note' },
        'Any format that this browser decodes. It is read here and uploaded nowhere.',
      ),
    );
    store.watch(({ file, setup }) => {
      setText(name, file === null ? 'or drop one anywhere on the page' : fileWords(file));
      repeat.input.checked = setup.loop;
    }, signal);
  }
}

function fileWords({ name, size }: File): string {
  return `${name} · ${formatBytes(size)}`;
}
