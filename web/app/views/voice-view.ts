import type { VoiceDesk } from '../model/voice-desk.ts';
import { makeFailureCard } from './failure-card.ts';
import { SpeechLatencyPanel } from './speech-latency-panel.ts';
import { SpeechPanel } from './speech-panel.ts';
import { TranscriptPanel } from './transcript-panel.ts';
import { type Page, View } from './view.ts';
import { VoiceStripPanel } from './voice-strip-panel.ts';
import { h } from '../dom/element.ts';

/** Who speaks when, what is said, and how long it takes to know. */
export class VoiceView extends View {
  readonly #desk: VoiceDesk;

  constructor(page: Page, desk: VoiceDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const parts = [VoiceStripPanel, TranscriptPanel, SpeechPanel, SpeechLatencyPanel] as const;
    this.classList.add('voice-view');
    const notice = h('div', { class: 'voice-notice', hidden: true });
    this.append(notice, ...parts.map((Part) => new Part(this.page, this.#desk)));
    let shown: string | undefined;
    this.#desk.store.watch(({ notice: failure }) => {
      const wanted = JSON.stringify(failure);
      if (wanted === shown) return;
      shown = wanted;
      notice.hidden = failure === null;
      notice.replaceChildren(
        ...(failure === null ? [] : [makeFailureCard(failure, () => this.#act(failure.action))]),
      );
    }, signal);
  }

  #act(action: string): void {
    if (action === 'reload') location.reload();
    else void this.#desk.stop().then(() => this.#desk.start());
  }
}
