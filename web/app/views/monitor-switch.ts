import { toggle } from '../dom/field.ts';
import { View } from './view.ts';

/** Whether the sound is heard, with its warning: the same switch wherever it stands. */
export class MonitorSwitch extends View {
  protected mount(signal: AbortSignal): void {
    const { element, input } = toggle(
      'Monitor',
      'monitor',
      'Off: measured in silence. On: use headphones, or a microphone will howl.',
    );
    input.addEventListener(
      'change',
      () => void this.page.controller.change({ monitor: input.checked }),
    );
    this.page.store.watch(({ setup }) => (input.checked = setup.monitor), signal);
    this.append(element);
  }
}
