/** A desk of the Voice view with made data: what it shows is known, and what it is told is written down. */
import type { Speaker } from '../../web/app/model/speakers.ts';
import { LatencyBooks } from '../../web/app/model/speech-latency.ts';
import { Store } from '../../web/app/model/store.ts';
import { Transcript } from '../../web/app/model/transcript.ts';
import type {
  HeldSound,
  VoiceDesk,
  VoiceSettings,
  VoiceState,
} from '../../web/app/model/voice-desk.ts';
import { VoiceTrack } from '../../web/app/model/voice-track.ts';
import { frameSamples } from '../../web/lib/index.ts';
import { seededRandom } from './random.ts';

export class MadeDesk implements VoiceDesk {
  readonly store = new Store<VoiceState>({
    phase: 'idle',
    settings: { model: 'moonshine-tiny', detector: 'engine', preset: 'dictation', threshold: 0.5 },
    isWriting: false,
    progress: null,
    notice: null,
  });
  readonly detectors = ['engine', 'onnx'] as const;
  readonly track = new VoiceTrack();
  readonly transcript = new Transcript();
  readonly latencies = new LatencyBooks();
  readonly calls: string[] = [];
  speaking: readonly Speaker[] = [];
  held: HeldSound = { samples: new Float32Array(160), isWhole: true };

  start(): Promise<void> {
    this.calls.push('start');
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.calls.push('stop');
    return Promise.resolve();
  }

  change(patch: Partial<VoiceSettings>): void {
    this.calls.push(`change ${JSON.stringify(patch)}`);
    this.store.update({ settings: { ...this.store.state.settings, ...patch } });
  }

  speakers(): readonly Speaker[] {
    return this.speaking;
  }

  sound(startSample: number, endSample: number): HeldSound {
    this.calls.push(`sound ${startSample} ${endSample}`);
    return this.held;
  }

  play(samples: Float32Array, signal: AbortSignal): Promise<void> {
    this.calls.push(`play ${samples.length}`);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  bytesOf(model: VoiceSettings['model']): number {
    return model === 'moonshine-tiny' ? 2 ** 20 : 2 ** 21;
  }

  transcriptIn(format: string): string {
    return `${format}: ${this.transcript.spoken.map(({ text }) => text).join('|')}`;
  }

  /** Fills the track with half a minute of speech-like sound. */
  speak(): void {
    const random = seededRandom(7);
    const noise = (): number => 2 * random() - 1;
    for (let frame = 0; frame < 930; frame += 1) {
      const loud = frame % 150 > 40 && frame % 150 < 130;
      const samples = Float32Array.from(
        { length: frameSamples },
        () => noise() * (loud ? 0.6 : 0.03),
      );
      this.track.hear(frame, samples);
      this.track.judge(frame, loud ? 0.9 + 0.1 * noise() : 0.06 + 0.05 * noise());
      const first = frame - (frame % 150) + 35;
      if (frame % 150 === 41)
        this.track.mark({ startSample: first * frameSamples, endSample: null });
      if (frame % 150 === 140) {
        this.track.mark({ startSample: first * frameSamples, endSample: frame * frameSamples });
      }
    }
  }
}
