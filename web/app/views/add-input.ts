import type { Session } from '../../lib/index.ts';
import { h, setText } from '../dom/element.ts';
import { field, select, setChoices } from '../dom/field.ts';
import { FilePicker } from '../dom/file-picker.ts';
import { addChoices, addedSource } from '../model/added-source.ts';
import { playFile } from '../model/file-players.ts';
import { kindOf, type Setup, type SourceValue } from '../model/setup.ts';
import { View } from './view.ts';

/** Opens another source on the next free input. */
export class AddInput extends View {
  /** Takes the focus. */
  focusFirst(): void {
    this.querySelector('select')?.focus();
  }

  protected mount(signal: AbortSignal): void {
    const { controller, store } = this.page;
    const what = select([], { 'data-testid': 'add-source' });
    const add = h('button', { type: 'button', 'data-testid': 'add-input' }, 'Add');
    const words = h('p', { class: 'note', role: 'status', 'data-testid': 'add-words' });
    const picker = new FilePicker((file) => void open(file), 'added-file');
    let opening = false;
    const open = async (file: File | null): Promise<void> => {
      // A second press would give up what the person is just being asked.
      if (opening) return;
      opening = true;
      setText(words, 'Opening …');
      const value = what.value as SourceValue;
      const openIt = (session: Session, input: number, setup: Setup): Promise<void> =>
        openAdded(value, file, session, { input, setup });
      setText(words, await controller.addSource(kindOf(value), openIt));
      opening = false;
    };
    add.addEventListener('click', () => {
      if (what.value === 'file') picker.open();
      else void open(null);
    });
    this.classList.add('card', 'add-input');
    this.append(h('h2', {}, 'Add an input'), field('Source', what), add, words, picker.element);
    let shown = '';
    store.watch(({ microphones }) => {
      const choices = addChoices(microphones);
      const wanted = JSON.stringify(choices);
      if (wanted !== shown) setChoices(what, choices);
      shown = wanted;
    }, signal);
  }
}

async function openAdded(
  value: SourceValue,
  file: File | null,
  session: Session,
  { input, setup }: { readonly input: number; readonly setup: Setup },
): Promise<void> {
  if (file !== null) {
    await playFile(session, file, { input, loop: setup.loop });
    return;
  }
  const source = addedSource(value, input, setup);
  if (source !== null) await session.capture(source, { input });
}
