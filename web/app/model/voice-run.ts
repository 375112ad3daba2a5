import {
  type DetectionSettings,
  type FinalText,
  type FrameProbability,
  frameSamples,
  type HeardSegment,
  type LoadProgress,
  type PartialText,
  type ProbabilityListener,
  type Session,
  type SkippedSpeech,
  type SpeechSegment,
  type SpeechStatus,
  SpeechToText,
  type VadEvent,
  VadProcessor,
} from '../../lib/index.ts';
import { modelFolder, vadAssets } from './engine-assets.ts';
import { startWorker } from './own-worker.ts';
import { type Speaker, Speakers } from './speakers.ts';
import type { VoiceSettings } from './voice-desk.ts';

/** Name of the listener that finds speech, as the pipeline shows it. */
export const detectionName = 'voice detection';

/** Segments that wait for the model while it loads; the voice ring holds no more sound than these. */
const mostWaiting = 64;

/** Where the session's own detection runs, and what. */
const places: Readonly<Record<Exclude<VoiceSettings['detector'], 'page'>, DetectorPlace>> = {
  engine: { place: 'engine', backend: 'native' },
  worker: { place: 'worker', backend: 'native' },
  onnx: { place: 'worker', backend: 'onnx' },
};

type DetectorPlace = Pick<DetectionSettings, 'place' | 'backend'>;

/** What a run tells. */
export interface RunReports {
  found(event: VadEvent): void;
  /** @param isTimed Whether its latency says something: it did not wait for the model to load. */
  said(text: PartialText | FinalText, isTimed: boolean): void;
  skipped(stretch: SkippedSpeech): void;
  progress(progress: LoadProgress): void;
  speech(status: SpeechStatus): void;
  /** Part of it does not work; the rest goes on. */
  failed(error: unknown): void;
  /** Nothing is found any more, and nobody asked for that. */
  ended(): void;
}

/** Finds speech in a session's voice, and has it written down, until it is closed. */
export class VoiceRun {
  readonly session: Session;
  readonly #reports: RunReports;
  readonly #ends = new AbortController();
  readonly #speakers: Speakers;
  #detection = new AbortController();
  /** By their first samples, until there is a model that takes them. */
  readonly #waiting = new Map<number, SpeechSegment>();
  #speech: SpeechToText | null = null;
  #open: SpeechSegment | null = null;
  #leastFrames = 1;

  constructor(session: Session, reports: RunReports) {
    this.session = session;
    this.#reports = reports;
    this.#speakers = new Speakers(session);
  }

  /** Who of several inputs speaks, as far as the engine hears each of them. */
  get speakers(): readonly Speaker[] {
    return this.#speakers.read();
  }

  /** Whether inputs came or went that the engine would hear. */
  get isStale(): boolean {
    return this.session.vad.settings?.place === 'engine' && this.#speakers.isStale;
  }

  /**
   * Settles when what it takes is there, or does not come. Never rejects: what fails is reported.
   * @returns Whether speech is found.
   */
  async start(settings: VoiceSettings): Promise<boolean> {
    const detecting = this.detect(settings);
    if (settings.model !== 'none') await this.#loadSpeech(settings.model);
    return detecting;
  }

  /**
   * Finds speech from now on by these settings. Settles when the detector is there, or does not come.
   * @returns Whether it is there.
   */
  detect(settings: VoiceSettings): Promise<boolean> {
    const { preset, threshold } = settings;
    this.#detection.abort();
    this.#endOpen();
    const detection = (this.#detection = new AbortController());
    const vad = new VadProcessor({ preset, threshold, assets: vadAssets });
    this.#leastFrames = vad.settings.minSpeechFrames;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const { signal } = detection;
    void this.#hear(this.#events(vad, settings, signal), signal, resolve);
    return promise;
  }

  /** Ends it. A second call does nothing. */
  async close(): Promise<void> {
    this.#ends.abort();
    this.#detection.abort();
    this.#speakers.close();
    await this.#speech?.close();
    if (isOpen(this.session)) await this.session.vad.disable();
  }

  async #hear(
    events: AsyncIterable<VadEvent>,
    signal: AbortSignal,
    begun: (isThere: boolean) => void,
  ): Promise<void> {
    try {
      for await (const event of events) {
        begun(true);
        this.#take(event);
      }
    } catch (error) {
      if (!signal.aborted) this.#reports.failed(error);
    } finally {
      begun(false);
      if (!signal.aborted) this.#reports.ended();
    }
  }

  async *#events(
    vad: VadProcessor,
    { detector }: VoiceSettings,
    signal: AbortSignal,
  ): AsyncGenerator<VadEvent, void, undefined> {
    const { bus, vad: detection } = this.session;
    const inputs = detector === 'engine' ? this.#speakers.inputs : [];
    this.#speakers.listen(inputs);
    if (detector === 'page') {
      await detection.disable();
      using listener = bus.listen({ name: detectionName });
      yield* vad.events(listener, { signal });
      return;
    }
    await detection.enable({ ...places[detector], sources: ['mix', ...inputs], signal });
    using listener = detection.listen({ name: detectionName });
    const lost = new AbortController();
    detection.on('failed', (error) => lost.abort(error), { signal });
    const frames = framesOf(listener, AbortSignal.any([signal, lost.signal]));
    yield* vad.follow(frames, bus.address);
  }

  #take(event: VadEvent): void {
    if (event.kind === 'frame') {
      this.#open = event.segment;
      if (event.segment !== null) this.#write(event.segment);
    }
    if (event.kind === 'speech-end') this.#write(event.segment);
    this.#reports.found(event);
  }

  // Whoever finds speech from now on knows nothing of it.
  #endOpen(): void {
    if (this.#open === null) return;
    const { startSample, probabilities } = this.#open;
    const endSample = startSample + probabilities.length * frameSamples;
    this.#write({ ...this.#open, endSample });
    this.#open = null;
  }

  // What may still be a misfire is not worth the model's work.
  #write(segment: SpeechSegment | HeardSegment): void {
    if (segment.speechFrames < this.#leastFrames) return;
    if (this.#speech?.status.state === 'failed') return;
    if (this.#speech !== null) return this.#speech.update(segment);
    if (this.#waiting.size < mostWaiting) this.#waiting.set(segment.startSample, segment);
  }

  async #loadSpeech(model: Exclude<VoiceSettings['model'], 'none'>): Promise<void> {
    const { signal } = this.#ends;
    try {
      const speech = await SpeechToText.load(this.session.bus, {
        ...{ model, modelsUrl: modelFolder, startWorker, signal },
        onProgress: (progress) => this.#reports.progress(progress),
      });
      this.#adopt(speech);
      if (signal.aborted) await speech.close();
    } catch (error) {
      if (!signal.aborted) this.#reports.failed(error);
    }
  }

  #adopt(speech: SpeechToText): void {
    const { signal } = this.#ends;
    const waited = new Set(this.#waiting.keys());
    speech.on('text', (text) => this.#reports.said(text, !waited.has(text.startSample)), {
      signal,
    });
    speech.on('skipped', (stretch) => this.#reports.skipped(stretch), { signal });
    speech.on('status', (status) => this.#reports.speech(status), { signal });
    this.#speech = speech;
    this.#reports.speech(speech.status);
    for (const segment of this.#waiting.values()) speech.update(segment);
    this.#waiting.clear();
  }
}

const isOpen = ({ status }: Session): boolean => !['stopped', 'failed'].includes(status.state);

async function* framesOf(
  listener: ProbabilityListener,
  signal: AbortSignal,
): AsyncGenerator<FrameProbability, void, undefined> {
  for (;;) {
    const frame = await listener.recv({ signal });
    if (frame === undefined) return;
    yield frame;
  }
}
