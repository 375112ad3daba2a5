/** The Voice view's parts, made known to the browser: a file that only this view loads. */
import { SpeechLatencyPanel } from './speech-latency-panel.ts';
import { SpeechPanel } from './speech-panel.ts';
import { TranscriptPanel } from './transcript-panel.ts';
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

export { VoiceView };
