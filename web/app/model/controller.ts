import {
  type CaptureKind,
  type EngineReport,
  Session,
  type SessionStatus,
} from '../../lib/index.ts';
import { exposeSession } from '../global.ts';
import { freeInput } from './added-source.ts';
import { engineAssets } from './engine-assets.ts';
import { startWorker } from './own-worker.ts';
import { type Action, type Failure, failureOf, sourceEnded, suspended } from './failure.ts';
import type { PageState } from './page-state.ts';
import { captureSource, kindOf, sessionOptions, type Setup } from './setup.ts';
import type { Store } from './store.ts';

// Changes of these while a source is open mean opening it anew.
const sourceKeys: readonly (keyof Setup)[] = [
  'source',
  'frequencyHz',
  'waveform',
  'levelDb',
  'sweep',
  'sweepToHz',
  'sweepSec',
  'echoCancellation',
  'noiseSuppression',
  'autoGainControl',
  'loop',
];

/** What a person can do with the page: the one place that holds and drives the session. */
export class Controller {
  readonly #store: Store<PageState>;
  /** From Start to Stop; aborting it closes the session. */
  #run: AbortController | null = null;
  /** The source that is being opened; a later one takes its turn. */
  #opening = new AbortController();
  /** Start was pressed, and only a file was missing. */
  #startsWithFile = false;
  /** Asks the person for a file; set by whoever owns the file field. */
  onFileWanted: () => void = () => undefined;
  /** Loads the new version of the page; set by whoever keeps the old one. */
  onVersionWanted: () => void = () => undefined;

  constructor(store: Store<PageState>) {
    this.#store = store;
    exposeSession(undefined);
  }

  /** Starts with the present set-up. Call it from a click or a key. */
  async start(): Promise<void> {
    if (this.#run !== null) return;
    if (captureSource(this.#setup, this.#store.state.file) === null) {
      this.#startsWithFile = true;
      this.onFileWanted();
      return;
    }
    const run = new AbortController();
    this.#run = run;
    this.#startsWithFile = false;
    this.#store.update({ phase: 'starting', step: 'engine', failure: null });
    try {
      const { signal } = run;
      const host = { assets: engineAssets, startWorker, signal };
      const options = { ...sessionOptions(this.#setup), ...host };
      this.#adopt(await Session.create(options), signal);
      this.#store.update({ step: 'source' });
      await this.#capture();
    } catch (error) {
      // A start that was stopped has nothing to tell.
      if (!run.signal.aborted) this.#fail(this.#failureOf(error));
    }
  }

  /** Closes the session, or ends the start that is under way. */
  async stop(): Promise<void> {
    const { session } = this.#store.state;
    this.#end();
    this.#store.update({ phase: 'ready', failure: null });
    await session?.close();
  }

  /** Start or Stop, whichever makes sense now. */
  async toggle(): Promise<void> {
    await (this.#run === null ? this.start() : this.stop());
  }

  /** Lets a suspended audio clock go on. Call it from a click or a key. */
  async resume(): Promise<void> {
    const { session } = this.#store.state;
    try {
      await session?.resume();
    } catch (error) {
      if (session === this.#store.state.session) this.#show(this.#failureOf(error), 'suspended');
    }
  }

  /** Changes the set-up; a change of the source is heard at once. */
  async change(patch: Partial<Setup>): Promise<void> {
    const before = this.#setup;
    const setup = { ...before, ...patch };
    this.#startsWithFile = false;
    this.#store.update({ setup });
    if (this.#store.state.session === null) return;
    if (setup.monitor !== before.monitor) this.#store.state.session.monitor = setup.monitor;
    if (sourceKeys.some((key) => setup[key] !== before[key])) await this.#reopen();
  }

  /** Takes a file as the source; it is heard at once if the page runs. */
  async chooseFile(file: File): Promise<void> {
    const { phase, session } = this.#store.state;
    this.#store.update({ file, setup: { ...this.#setup, source: 'file' } });
    if (phase === 'failed' || this.#startsWithFile) await this.#retry();
    else if (session !== null) await this.#reopen();
  }

  /**
   * Opens another source on the next free input, fresh.
   *
   * @param open Opens it on that input.
   * @returns Why not, or nothing.
   */
  async addSource(
    kind: CaptureKind,
    open: (session: Session, input: number, setup: Setup) => Promise<unknown>,
  ): Promise<string> {
    const { session } = this.#store.state;
    const input = session === null ? null : freeInput(session);
    if (session === null || input === null) return 'Every input has a source already.';
    try {
      await open(session, input, this.#setup);
      return '';
    } catch (error) {
      const { title, remedy } = failureOf(error, kind);
      return session === this.#store.state.session ? `${title} ${remedy}` : '';
    }
  }

  /** Closes an input's source and forgets its settings; the last one ends the session. */
  async removeSource(input: number): Promise<void> {
    const { session } = this.#store.state;
    if (session === null) return;
    if (session.sources.filter((source) => source !== null).length < 2) return this.stop();
    session.sources[input]?.close();
    if (input === 0) this.#store.update({ sourceLabel: '' });
    // Initial settings, and heard: so whatever is opened here next begins afresh.
    await session.mixer.send({ kind: 'add-input', input });
  }

  /** Does what a card's button says. */
  async perform(action: Action): Promise<void> {
    switch (action) {
      case 'resume':
        return this.resume();
      case 'reload':
        location.reload();
        return;
      case 'choose-file':
        this.onFileWanted();
        return;
      case 'load-version':
        this.onVersionWanted();
        return;
      case 'use-oscillator':
        return this.#retryWith({ source: 'oscillator' });
      case 'use-default-microphone':
        return this.#retryWith({ source: 'microphone' });
      case 'use-device-rate':
        return this.#retryWith({ sampleRateHz: null });
      case 'retry':
        return this.#retry();
    }
  }

  get #setup(): Setup {
    return this.#store.state.setup;
  }

  async #retryWith(patch: Partial<Setup>): Promise<void> {
    this.#store.update({ setup: { ...this.#setup, ...patch } });
    await this.#retry();
  }

  // A session that only lost its source goes on counting with a new one.
  async #retry(): Promise<void> {
    const { phase, session } = this.#store.state;
    if (phase === 'failed' && session !== null) return this.#reopen();
    await this.stop();
    await this.start();
  }

  #adopt(session: Session, signal: AbortSignal): void {
    if (signal.aborted) return;
    session.on('status', (status) => this.#follow(status), { signal });
    session.on('engine', (engine) => this.#store.update({ engine }), { signal });
    const engine: EngineReport = session.engine;
    exposeSession(session);
    this.#store.update({ session, engine });
  }

  async #reopen(): Promise<void> {
    try {
      await this.#capture();
    } catch (error) {
      this.#fail(this.#failureOf(error));
    }
  }

  // Only the newest wish counts: an older one that still waits for the person is given up quietly.
  async #capture(): Promise<void> {
    const { session, file } = this.#store.state;
    const source = captureSource(this.#setup, file);
    if (session === null || source === null) return;
    this.#opening.abort();
    const { signal } = (this.#opening = new AbortController());
    try {
      const { label } = await session.capture(source, { signal });
      this.#store.update({ sourceLabel: label });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #follow({ state, reason, error }: SessionStatus): void {
    if (state === 'starting') this.#followSwitch();
    else if (state === 'running') this.#store.update({ phase: 'running', failure: null });
    else if (state === 'suspended') this.#show(suspended, 'suspended');
    else if (state === 'failed') this.#followFailure(reason, error);
    else if (reason === 'source-ended') this.#fail(sourceEnded);
    else if (state === 'stopped') void this.stop();
  }

  // The first source belongs to the start itself.
  #followSwitch(): void {
    if (this.#store.state.phase === 'starting') return;
    this.#store.update({ phase: 'switching', step: 'source', failure: null });
  }

  // A lost source leaves the counters running; everything else leaves nothing to count.
  #followFailure(reason: SessionStatus['reason'], error: Error | null): void {
    if (reason === 'source-lost') this.#show(this.#failureOf(error), 'failed');
    else this.#fail(this.#failureOf(error));
  }

  #fail(failure: Failure): void {
    this.#end();
    this.#show(failure, 'failed');
  }

  #show(failure: Failure, phase: PageState['phase']): void {
    this.#store.update({ phase, failure });
  }

  #end(): void {
    this.#opening.abort();
    this.#run?.abort();
    this.#run = null;
    exposeSession(undefined);
    this.#store.update({ session: null, engine: null, sourceLabel: '' });
  }

  #failureOf(error: unknown): Failure {
    return failureOf(error, kindOf(this.#setup.source));
  }
}
