import {
  BusHistory,
  type CaptionFormat,
  type FinalText,
  formatCaptions,
  frameSamples,
  type LoadProgress,
  modelBytes,
  type PartialText,
  type Session,
  type SkippedSpeech,
  type SpeechStatus,
  type VadEvent,
  voiceRateHz,
} from '../../lib/index.ts';
import { isMeasuring, type PageState } from './page-state.ts';
import { LatencyBooks } from './speech-latency.ts';
import { problemOf } from './problem.ts';
import type { Speaker } from './speakers.ts';
import { Store } from './store.ts';
import { Transcript, type TranscriptLine } from './transcript.ts';
import type { HeldSound, VoiceDesk, VoiceSettings, VoiceState } from './voice-desk.ts';
import { detectionName, type RunReports, VoiceRun } from './voice-run.ts';
import { VoiceTrack } from './voice-track.ts';
import { speechNotice, voiceNotIsolated, workerReplaced } from './voice-words.ts';

const unknownError = 'Speech detection met an error that it does not know.';

/** The page's own desk: finds speech in the session's voice, and has it written down. */
export class LiveVoiceDesk implements VoiceDesk, RunReports {
  readonly store: Store<VoiceState> = new Store<VoiceState>({
    phase: 'idle',
    settings: { model: 'moonshine-tiny', detector: 'engine', preset: 'dictation', threshold: 0.5 },
    isWriting: false,
    progress: null,
    notice: null,
  });
  readonly detectors: readonly VoiceSettings['detector'][] = ['engine', 'worker', 'onnx', 'page'];
  readonly track: VoiceTrack = new VoiceTrack();
  readonly transcript: Transcript = new Transcript();
  readonly latencies: LatencyBooks = new LatencyBooks();
  readonly #page: Store<PageState>;
  #run: VoiceRun | null = null;
  #session: Session | null = null;
  #history: BusHistory | null = null;
  /** What comes before this session in the transcript: its numbers begin anew. */
  #before = 0;

  /** @param signal Ends it with the page. */
  constructor(page: Store<PageState>, signal: AbortSignal) {
    this.#page = page;
    page.watch(({ session }) => {
      if (this.#run !== null && this.#run.session !== session) void this.stop();
    }, signal);
  }

  async start(): Promise<void> {
    const { state } = this.#page;
    if (this.#run !== null || !isMeasuring(state) || state.session === null) return;
    if (state.session.memory === null) this.store.update({ notice: voiceNotIsolated });
    else await this.#listen(state.session);
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = null;
    this.track.end();
    this.store.update({ phase: 'idle', isWriting: false, progress: null, notice: null });
    await run?.close();
  }

  change(patch: Partial<VoiceSettings>): void {
    const { settings } = this.store.state;
    const next = { ...settings, ...patch };
    this.track.end();
    this.store.update({ settings: next });
    if (this.#run === null) return;
    if (next.model === settings.model) void this.#settle(this.#run, this.#run.detect(next));
    else void this.stop().then(() => this.start());
  }

  sound(startSample: number, endSample: number): HeldSound {
    const [from, to] = [startSample - this.#before, endSample - this.#before];
    const isThere = from >= 0 && this.#session?.context.state !== 'closed';
    const samples = (isThere ? this.#history?.read(from, to) : undefined) ?? new Float32Array();
    return { samples, isWhole: samples.length === to - from };
  }

  async play(samples: Float32Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
    const context = this.#session?.context;
    if (context === undefined || context.state === 'closed') return;
    const buffer = context.createBuffer(1, samples.length, voiceRateHz);
    buffer.copyToChannel(samples, 0);
    const player = new AudioBufferSourceNode(context, { buffer });
    const { promise, resolve } = Promise.withResolvers<void>();
    player.onended = () => resolve();
    // A context that is held ends nothing.
    signal.addEventListener('abort', () => resolve(), { once: true });
    player.connect(context.destination);
    player.start();
    await promise;
    player.disconnect();
  }

  speakers(): readonly Speaker[] {
    return this.#run?.speakers ?? [];
  }

  bytesOf(model: Exclude<VoiceSettings['model'], 'none'>): number {
    return modelBytes(model);
  }

  transcriptIn(format: CaptionFormat): string {
    return formatCaptions(this.transcript.spoken, format);
  }

  found(event: VadEvent): void {
    switch (event.kind) {
      case 'frame': {
        const frame = event.startSample / frameSamples;
        const end = event.startSample + frameSamples;
        this.track.hear(frame, this.#history?.read(event.startSample, end) ?? new Float32Array());
        this.track.judge(frame, event.probability);
        if (this.#run?.isStale === true) this.change({});
        return;
      }
      case 'speech-start':
        this.track.mark({ startSample: event.startSample, endSample: null });
        return;
      case 'speech-end':
        this.track.mark(event.segment);
        return;
      case 'misfire':
        this.track.unmark(event.segment.startSample);
    }
  }

  said(text: PartialText | FinalText, isTimed: boolean): void {
    const { latencyMs, detectionMs } = text;
    const counts = isTimed && text.kind === 'final' && text.text.trim() !== '';
    if (counts && latencyMs !== null && detectionMs !== null) {
      const { frameMs, handOffMs } = this.#detection;
      const { waitMs, encoderMs, decoderMs } = text.timing;
      this.latencies.add({
        ...{ text: text.text, latencyMs, detectionMs, frameMs, handOffMs },
        ...{ waitMs, encoderMs, decoderMs },
      });
    }
    this.transcript.hear(this.#placed(text));
  }

  skipped(stretch: SkippedSpeech): void {
    this.transcript.hear(this.#placed(stretch));
  }

  progress(progress: LoadProgress): void {
    this.store.update({ progress });
  }

  speech({ state, error, restarts }: SpeechStatus): void {
    this.store.update({ isWriting: state === 'ready' });
    if (error !== null) this.store.update({ notice: speechNotice(error) });
    else if (state === 'restarting') this.store.update({ notice: workerReplaced(restarts) });
  }

  failed(error: unknown): void {
    this.store.update({ notice: speechNotice(problemOf(error, unknownError)), progress: null });
  }

  async #listen(session: Session): Promise<void> {
    this.#adopt(session);
    const run = (this.#run = new VoiceRun(session, this));
    this.store.update({ phase: 'loading', notice: null });
    await this.#settle(run, run.start(this.store.state.settings));
  }

  async #settle(run: VoiceRun, detecting: Promise<boolean>): Promise<void> {
    const isThere = await detecting;
    if (isThere && run === this.#run) this.store.update({ phase: 'listening', progress: null });
  }

  // Without a detector there is nothing to write down either. The notice stays.
  ended(): void {
    const { notice } = this.store.state;
    void this.stop();
    this.store.update({ notice });
  }

  get #detection(): { readonly frameMs: number; readonly handOffMs: number | null } {
    const found = this.#session?.bus.listeners.find(({ name }) => name === detectionName);
    return found ?? { frameMs: (frameSamples * 1000) / voiceRateHz, handOffMs: null };
  }

  #adopt(session: Session): void {
    if (session === this.#session) return;
    this.#before = Math.max(0, ...this.transcript.lines.map(({ endSample }) => endSample));
    this.#session = session;
    this.#history = new BusHistory(session.bus.address);
    this.track.clear();
  }

  #placed<Line extends TranscriptLine>(line: Line): Line {
    const beforeMs = (this.#before * 1000) / voiceRateHz;
    return {
      ...line,
      startSample: line.startSample + this.#before,
      endSample: line.endSample + this.#before,
      startMs: line.startMs + beforeMs,
      endMs: line.endMs + beforeMs,
    };
  }
}
