import { h, setText } from '../dom/element.ts';
import { type Toggle, toggle } from '../dom/field.ts';
import type { PageState } from '../model/page-state.ts';
import { trackInWords } from '../model/track-words.ts';
import { View } from './view.ts';

type Flag = 'echoCancellation' | 'noiseSuppression' | 'autoGainControl';

const flags: readonly { flag: Flag; label: string; testId: string }[] = [
  { flag: 'echoCancellation', label: 'Echo cancellation', testId: 'echo-cancellation' },
  { flag: 'noiseSuppression', label: 'Noise suppression', testId: 'noise-suppression' },
  { flag: 'autoGainControl', label: 'Automatic gain', testId: 'gain-control' },
];

/** What the browser may do to the microphone's sound before it arrives. */
export class MicrophoneOptionsView extends View {
  protected mount(signal: AbortSignal): void {
    const switches = flags.map(({ flag, label, testId }) => this.#makeSwitch(flag, label, testId));
    const track = h('p', { class: 'note', 'data-testid': 'track' });
    this.append(
      h('div', { class: 'switches' }, ...switches.map(({ toggle: { element } }) => element)),
      track,
    );
    this.page.store.watch((state) => {
      for (const made of switches) made.toggle.input.checked = state.setup[made.flag];
      setText(track, trackWords(state));
    }, signal);
  }

  #makeSwitch(flag: Flag, label: string, testId: string): { flag: Flag; toggle: Toggle } {
    const made = toggle(label, testId);
    made.input.addEventListener('change', () => {
      void this.page.controller.change({ [flag]: made.input.checked });
    });
    return { flag, toggle: made };
  }
}

function trackWords({ session, phase }: PageState): string {
  const track = (phase === 'running' ? session?.source?.track : null) ?? null;
  return track === null
    ? 'All off: the browser changes nothing, and the figures are the microphone’s own.'
    : trackInWords(track.getSettings());
}
