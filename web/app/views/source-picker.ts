import { canCaptureDisplay, type MicrophoneInfo } from '../../lib/index.ts';
import { h } from '../dom/element.ts';
import { type Choice, setChoices } from '../dom/field.ts';
import type { PageState } from '../model/page-state.ts';
import type { SourceValue } from '../model/setup.ts';
import { View } from './view.ts';

/** The choice of source: kinds, and each microphone that the browser names. */
export class SourcePicker extends View {
  protected mount(signal: AbortSignal): void {
    const { controller, store } = this.page;
    const select = h('select', { 'aria-label': 'Source', 'data-testid': 'source' });
    select.addEventListener('change', () => {
      const source = select.value as SourceValue;
      void controller.change({ source });
      if (source === 'file' && store.state.file === null) controller.onFileWanted();
    });
    let shown = '';
    store.watch((state) => {
      const choices = choicesOf(state);
      const wanted = JSON.stringify(choices);
      if (wanted !== shown) setChoices(select, choices);
      shown = wanted;
      select.value = state.setup.source;
    }, signal);
    this.append(select);
  }
}

function choicesOf({ microphones, setup, file }: PageState): Choice[] {
  const devices = microphones.map(microphoneChoice);
  const display = { value: 'display', label: 'Tab or system audio' };
  const choices = [
    { value: 'microphone', label: 'Microphone' },
    ...devices,
    { value: 'file', label: file === null ? 'Audio file' : `File · ${file.name}` },
    { value: 'oscillator', label: 'Oscillator' },
    ...(canCaptureDisplay() ? [display] : []),
  ];
  // A device that was unplugged stays chosen, so that the person sees what is gone.
  if (choices.some(({ value }) => value === setup.source)) return choices;
  return [...choices, { value: setup.source, label: 'Microphone · not connected' }];
}

function microphoneChoice({ deviceId, label }: MicrophoneInfo, index: number): Choice {
  const name = label === '' ? String(index + 1) : label;
  return { value: `microphone:${deviceId}`, label: `Microphone · ${name}` };
}
