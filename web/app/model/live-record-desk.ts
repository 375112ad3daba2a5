import {
  type FormatSupport,
  Recorder,
  type RecorderHost,
  type Recording,
  type RecordingStatus,
  type Session,
  type Take,
} from '../../lib/index.ts';
import type { FrameLoop } from '../draw/frame-loop.ts';
import type { Activity } from './activity.ts';
import { startWorker } from './own-worker.ts';
import { isMeasuring, type PageState } from './page-state.ts';
import type {
  RecordDesk,
  RecordLevel,
  RecordSettings,
  RecordState,
  TakeEntry,
  TakeFormatChoice,
  WaveOverview,
} from './record-desk.ts';
import { levelOfColumns, levelOfMeters } from './record-level.ts';
import { problemOf } from './problem.ts';
import { recordNotice, recordNotIsolated, takeName } from './record-words.ts';
import { Store } from './store.ts';

/** What the desk needs of the page. */
export interface RecordPage {
  readonly store: Store<PageState>;
  readonly frames: FrameLoop;
  readonly activity: Store<Activity>;
}

const usualRateHz = 48_000;

/** The page's own desk: records the session's sound, and keeps its takes. */
export class LiveRecordDesk implements RecordDesk {
  readonly store: Store<RecordState> = new Store<RecordState>({
    phase: 'idle',
    settings: { source: 'mix', format: 'wav24', preRollSec: 0, bitrateKbps: 192 },
    ...{ isReady: false, sampleRateHz: usualRateHz, inputs: [], formats: null },
    ...{ running: null, takes: null, recovered: 0, freeBytes: null, notice: null },
  });
  readonly #page: RecordPage;
  readonly #recorder: Recorder;
  #session: Session | null = null;
  #starting: AbortController | null = null;
  #recording: Recording | null = null;
  /** Without the recording that is under way. */
  #freeBytes: number | null = null;
  #preRollFrames = 0;

  /** @param signal Ends it with the page. */
  constructor(page: RecordPage, signal: AbortSignal) {
    this.#page = page;
    this.#recorder = new Recorder(new CurrentSession(page.store), { startWorker });
    signal.addEventListener('abort', () => this.#recorder.close());
    page.store.watch((state) => this.#adopt(isMeasuring(state) ? state.session : null), signal);
    page.frames.add(({ text, session }) => {
      if (text) this.#followInputs(session);
    }, signal);
    void this.#tell(() => this.#repair());
  }

  async start(): Promise<void> {
    const session = this.#session;
    if (session === null || this.store.state.phase !== 'idle') return;
    if (session.memory === null) this.store.update({ notice: recordNotIsolated });
    else await this.#open(session);
  }

  async stop(): Promise<void> {
    this.#starting?.abort();
    await this.#recording?.stop();
  }

  change(patch: Partial<RecordSettings>): void {
    this.store.update({ settings: { ...this.store.state.settings, ...patch } });
  }

  async refresh(): Promise<void> {
    this.store.update({ notice: null });
    await this.#tell(() => this.#read());
  }

  level(): RecordLevel | null {
    const { settings } = this.store.state;
    if (this.#session === null || this.#session.memory === null) return null;
    if (settings.source === 'mix') return levelOfMeters(this.#session.mixer.masterMeters);
    return this.#recording === null ? null : levelOfColumns(this.#recording.overview);
  }

  overview(): WaveOverview | null {
    return this.#recording?.overview ?? null;
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#tell(() => this.#recorder.takes.rename(id, name));
    await this.#tell(() => this.#read());
  }

  async remove(id: string): Promise<void> {
    await this.#tell(() => this.#recorder.takes.delete(id));
    await this.#tell(() => this.#read());
  }

  file(id: string): Promise<File | null> {
    return this.#tell(() => this.#recorder.takes.file(id));
  }

  details(id: string): Promise<File | null> {
    return this.#tell(async () => {
      const { name } = await this.#recorder.takes.file(id);
      const content = await this.#recorder.takes.sidecar(id);
      return new File([content], name.replace(/\.\w+$/, '.json'), { type: content.type });
    });
  }

  overviewOf(id: string): Promise<WaveOverview | null> {
    return this.#tell(() => this.#recorder.takes.overview(id));
  }

  async #open(session: Session): Promise<void> {
    const starting = (this.#starting = new AbortController());
    this.store.update({ phase: 'starting', notice: null });
    try {
      this.#follow(await this.#begin(session, starting.signal));
    } catch (error) {
      const wasAsked = starting.signal.aborted;
      this.store.update({ phase: 'idle', notice: wasAsked ? null : noticeOf(error) });
    }
  }

  #begin(session: Session, signal: AbortSignal): Promise<Recording> {
    const { settings } = this.store.state;
    const { mix } = session;
    const preRoll = Math.round(settings.preRollSec * mix.sampleRate);
    this.#preRollFrames = Math.min(preRoll, mix.published);
    void this.#tell(() => this.#look());
    // Else the browser may delete takes when the disk is full. It need not agree, and says when.
    void navigator.storage.persist();
    const name = takeName(this.store.state, new Date());
    return this.#recorder.start({ ...settings, name, signal });
  }

  #follow(recording: Recording): void {
    this.#recording = recording;
    recording.on('status', (status) => this.#hear(status));
    this.#hear(recording.status);
    if (this.#session === null) void recording.stop();
  }

  #hear(status: RecordingStatus): void {
    const { state, frames, sampleRate: sampleRateHz, bytes, dropouts, error } = status;
    if (state === 'done' || state === 'failed') return this.#end(error);
    const running = { frames, sampleRateHz, bytes, preRollFrames: this.#preRollFrames, dropouts };
    const free = this.#freeBytes;
    const freeBytes = free === null ? null : Math.max(0, free - bytes);
    this.store.update({ phase: state, running, freeBytes });
    this.#mark(Math.floor(frames / sampleRateHz));
  }

  #end(error: Error | null): void {
    this.#recording = null;
    this.#starting = null;
    this.#mark(null);
    const notice = error === null ? null : noticeOf(error);
    this.store.update({ phase: 'idle', running: null, notice });
    void this.#tell(() => this.#read());
  }

  #mark(recordingSec: number | null): void {
    if (this.#page.activity.state.recordingSec === recordingSec) return;
    this.#page.activity.update({ recordingSec });
  }

  // What a closed session recorded so far is kept.
  #adopt(session: Session | null): void {
    if (session === this.#session) return;
    this.#session = session;
    this.store.update({ isReady: session !== null, inputs: [] });
    if (session === null) {
      void this.stop();
      return;
    }
    this.store.update({ sampleRateHz: session.sampleRate });
    this.#followInputs(session);
    if (session.memory !== null) void this.#tell(() => this.#askFormats());
  }

  #followInputs({ sources }: Session): void {
    const inputs = sources.flatMap((source, input) =>
      source === null ? [] : [{ input, label: source.label }],
    );
    const { inputs: known, settings } = this.store.state;
    if (JSON.stringify(inputs) === JSON.stringify(known)) return;
    const isThere = inputs.some(({ input }) => input === settings.source);
    const source = typeof settings.source === 'string' || isThere ? settings.source : 'mix';
    this.store.update({ inputs, settings: { ...settings, source } });
  }

  async #askFormats(): Promise<void> {
    const formats = (await this.#recorder.formats()).map(choiceOf);
    this.store.update({ formats });
  }

  async #repair(): Promise<void> {
    const { length } = await this.#recorder.takes.repair();
    this.store.update({ recovered: length });
    if (length > 0) await this.#read();
  }

  async #read(): Promise<void> {
    await this.#look();
    this.store.update({ takes: (await this.#recorder.takes.list()).map(entryOf).toReversed() });
  }

  async #look(): Promise<void> {
    const { quota, usage } = await navigator.storage.estimate();
    if (quota === undefined) return;
    const freeBytes = Math.max(0, quota - (usage ?? 0));
    this.#freeBytes = freeBytes + (this.#recording?.status.bytes ?? 0);
    this.store.update({ freeBytes });
  }

  async #tell<Found>(work: () => Promise<Found>): Promise<Found | null> {
    try {
      return await work();
    } catch (error) {
      this.store.update({ notice: noticeOf(error) });
      return null;
    }
  }
}

/** The session that is open when the recorder asks: takes outlive sessions. */
class CurrentSession implements RecorderHost {
  readonly #store: Store<PageState>;

  constructor(store: Store<PageState>) {
    this.#store = store;
  }

  get mix(): Session['mix'] {
    return this.#session.mix;
  }

  get sources(): Session['sources'] {
    return this.#session.sources;
  }

  get memory(): Session['memory'] {
    return this.#session.memory;
  }

  get scope(): Session['scope'] {
    return this.#session.scope;
  }

  get #session(): Session {
    const { session } = this.#store.state;
    if (session === null) throw new Error('The audio has stopped.');
    return session;
  }
}

const choiceOf = ({ format, label, isSupported, reason }: FormatSupport): TakeFormatChoice => ({
  ...{ format, label, isSupported, reason: reason ?? '' },
});

const entryOf = (take: Take): TakeEntry => ({
  ...{ id: take.id, name: take.name, format: take.format, channels: take.channels },
  ...{ sampleRateHz: take.sampleRate, frames: take.frames, bytes: take.bytes },
  ...{ createdAtMs: Date.parse(take.createdAt), isRecovered: take.isRepaired },
  dropouts: take.dropouts,
});

const noticeOf = (error: unknown): ReturnType<typeof recordNotice> =>
  recordNotice(problemOf(error, 'The recorder met an error that it does not know.'));
