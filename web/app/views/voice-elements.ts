/** The Voice view's parts, made known to the browser: a file that only this view loads. */
import { LiveVoiceDesk } from '../model/live-voice-desk.ts';
import type { VoiceDesk } from '../model/voice-desk.ts';
import { SpeechLatencyPanel } from './speech-latency-panel.ts';
import { SpeechPanel } from './speech-panel.ts';
import { TranscriptPanel } from './transcript-panel.ts';
import type { Page } from './view.ts';
import { VoiceStripPanel } from './voice-strip-panel.ts';
import { VoiceView } from './voice-view.ts';

const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  ['quanta-speech-latency-panel', SpeechLatencyPanel],
  ['quanta-speech-panel', SpeechPanel],
  ['quanta-transcript-panel', TranscriptPanel],
  ['quanta-voice-strip-panel', VoiceStripPanel],
  ['quanta-voice-view', VoiceView],
];

for (const [name, element] of elements) customElements.define(name, element);

const desks = new WeakMap<Page, VoiceDesk>();

/** The view with the page's own desk, which goes on while other views are shown. */
export class LiveVoiceView extends VoiceView {
  constructor(page: Page) {
    const desk = desks.get(page) ?? new LiveVoiceDesk(page.store, new AbortController().signal);
    desks.set(page, desk);
    super(page, desk);
  }
}
customElements.define('quanta-live-voice-view', LiveVoiceView);

export { VoiceView };
