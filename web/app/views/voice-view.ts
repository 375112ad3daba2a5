import type { VoiceDesk } from '../model/voice-desk.ts';
import { NoticeSlot } from './notice-slot.ts';
import { SpeechLatencyPanel } from './speech-latency-panel.ts';
import { SpeechPanel } from './speech-panel.ts';
import { TranscriptPanel } from './transcript-panel.ts';
import { type Page, View } from './view.ts';
import { VoiceStripPanel } from './voice-strip-panel.ts';

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
    const notice = new NoticeSlot('voice-notice', () => void this.#restart());
    this.append(notice.element, ...parts.map((Part) => new Part(this.page, this.#desk)));
    this.#desk.store.watch((state) => notice.show(state.notice), signal);
  }

  async #restart(): Promise<void> {
    await this.#desk.stop();
    await this.#desk.start();
  }
}
