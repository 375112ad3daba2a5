import { Emitter } from '../emitter.ts';
import { constants, inputWatchWord, watchSizes } from '../../shared/layout.gen.ts';
import { watchViews } from '../../shared/watch-words.ts';
import { InputClassifier, type InputReading } from './classify.ts';
import { type CaptureFault, type CaptureFaultKind, type FaultEnd, planFor } from './fault.ts';

/** What a session tells of its capture: a fault was found, a fault is over. */
export interface WatchdogEvents {
  readonly fault: CaptureFault;
  readonly over: CaptureFault;
}

/** A microphone that is watched. */
export interface WatchedSource {
  readonly input: number;
  readonly track: MediaStreamTrack;
}

/** What brings a capture back; each throws when it cannot. */
export interface Recoveries {
  /** Opens the input's device anew. */
  reopen(input: number): Promise<void>;
  /** Lets the audio clock go on. */
  resume(): Promise<void>;
  /** Puts a new processor into the graph, on the same memory. */
  rebuild(): Promise<void>;
}

/** What the watchdog looks at. */
export interface WatchdogSources {
  readonly context: BaseAudioContext;
  /** The scope's buffer. */
  readonly scope: ArrayBufferLike;
  /** The audio clock after the last quantum, in frames. */
  readonly clockFrame: () => number;
  /** The open microphones. */
  readonly microphones: () => readonly WatchedSource[];
  readonly recoveries: Recoveries;
}

interface Watched {
  readonly track: MediaStreamTrack;
  /** The audio clock when frames were first owed: when it was opened, or the clock went on. */
  startFrame: number;
  /** The first that its browser told, which may be after its first frames. */
  openedRateHz: number | null;
  readonly classifier: InputClassifier;
}

/** In Chromium; other browsers do not count. */
interface CountingTrack {
  readonly stats?: { readonly deliveredFrames?: number };
}

const readingMs = 25;
const heldFaults = 100;
// The context's clock runs ahead of the processor by the browser's buffers and by messages on their way.
const processorLateSec = 0.15;
// What keeps failing is given up.
const maxTries = 3;
const triesWithinMs = 30_000;

/**
 * Finds captures that died, fell silent, changed their rate or were stopped, within 250 ms of audio
 * time, and tries to bring them back. It finds nothing while the page's thread is busy, and a hidden
 * page that is not heard looks only once a second, as browsers slow its timers. Page only.
 */
export class Watchdog extends Emitter<WatchdogEvents> {
  /** Whether it brings captures back by itself, or only tells. */
  recovers: boolean;
  readonly #sources: WatchdogSources;
  readonly #inputs: Int32Array;
  readonly #watched = new Map<number, Watched>();
  readonly #open = new Map<string, CaptureFault>();
  /** When each kind of fault was tried to be brought back, on the page's clock. */
  readonly #tries = new Map<string, readonly number[]>();
  /** Faults after a try that did not fail. */
  readonly #recovered = new Set<string>();
  /** What is being brought back. */
  readonly #recovering = new Map<string, Promise<boolean>>();
  #past: readonly CaptureFault[] = [];
  #found = 0;
  #lateReadings = 0;

  /** @param signal Ends the readings. */
  constructor(sources: WatchdogSources, recovers: boolean, signal: AbortSignal) {
    super();
    this.#sources = sources;
    this.#inputs = watchViews(sources.scope).inputs;
    this.recovers = recovers;
    const timer = setInterval(() => this.read(), readingMs);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  /** What is wrong now. */
  get faults(): readonly CaptureFault[] {
    return [...this.#open.values()];
  }

  /** What was wrong and is over, oldest first: the newest hundred. */
  get past(): readonly CaptureFault[] {
    return this.#past;
  }

  /** Takes a reading now, beside those that the watchdog takes by itself. */
  read(): void {
    const microphones = this.#sources.microphones();
    this.#forgetClosed(microphones);
    if (this.#sources.context.state !== 'running') return;
    for (const source of microphones) this.#readInput(source);
    this.#readProcessor();
  }

  /** Tries to bring the capture back. @throws What stood in the way. */
  async recover(fault: CaptureFault): Promise<void> {
    const { recoveries } = this.#sources;
    switch (planFor(fault.kind, fault.input).recovery) {
      case 'reopen':
        return recoveries.reopen(fault.input ?? 0);
      case 'resume':
        return recoveries.resume();
      case 'rebuild':
        return recoveries.rebuild();
      case 'none':
    }
  }

  /**
   * For the session: somebody else stopped the audio clock.
   *
   * @returns Whether it goes on.
   */
  async replaceClock(): Promise<boolean> {
    this.#find('context-suspended', null, 0);
    return this.#tryToRecover(keyOf('context-suspended', null));
  }

  /** For the session: the audio clock goes on. A device needs a while until its frames come again. */
  endSuspension(): void {
    for (const watched of this.#watched.values()) watched.startFrame = this.#sources.clockFrame();
    this.#endAll('context-suspended');
  }

  /**
   * For the session: the processor threw.
   *
   * @returns Whether there is a new one, or soon will be.
   */
  async replaceProcessor(): Promise<boolean> {
    if (!this.#find('processor-error', null, 0)) return true;
    return this.#tryToRecover(keyOf('processor-error', null));
  }

  /**
   * For the session: a microphone's track ended.
   *
   * @returns Whether it is open again.
   */
  async replaceTrack(input: number): Promise<boolean> {
    const microphone = this.#sources.microphones().find((each) => each.input === input);
    if (microphone !== undefined) this.#readInput(microphone);
    return this.#tryToRecover(keyOf('track-ended', input));
  }

  #readInput(source: WatchedSource): void {
    const { input } = source;
    const watched = this.#watched.get(input) ?? this.#begin(source);
    const reading = this.#readingOf(input, watched);
    const fault = watched.classifier.classify(reading);
    const sounds = reading.zeroFrames < reading.openFrames && fault === null;
    for (const { kind } of this.#faultsOf(input)) {
      if (fault === null ? sounds : kind !== fault.kind) this.#end(keyOf(kind, input));
    }
    if (fault !== null) this.#meet(fault.kind, input, fault.frames);
  }

  #readingOf(input: number, watched: Watched): InputReading {
    const { track, startFrame } = watched;
    const rateHz = rateOf(track);
    watched.openedRateHz ??= rateHz;
    return {
      input,
      ended: track.readyState === 'ended',
      openFrames: this.#sources.clockFrame() - startFrame,
      ...this.#words(input),
      deliveredFrames: (track as CountingTrack).stats?.deliveredFrames ?? null,
      rateHz,
      openedRateHz: watched.openedRateHz,
    };
  }

  #words(input: number): Pick<InputReading, 'absentFrames' | 'zeroFrames'> {
    const at = input * watchSizes.input;
    // Never had any: for as long as one likes.
    const read = (word: number): number =>
      (Atomics.load(this.#inputs, at + word) || constants.maxWatchFrames + 1) - 1;
    return {
      absentFrames: read(inputWatchWord.absentFrames),
      zeroFrames: read(inputWatchWord.zeroFrames),
    };
  }

  #begin({ input, track }: WatchedSource): Watched {
    const watched: Watched = {
      track,
      startFrame: this.#sources.clockFrame(),
      openedRateHz: rateOf(track),
      classifier: new InputClassifier(this.#sources.context.sampleRate),
    };
    this.#watched.set(input, watched);
    return watched;
  }

  // A source that is being opened anew is not closed; its faults are over when it sounds again.
  #forgetClosed(open: readonly WatchedSource[]): void {
    for (const [input, { track }] of this.#watched) {
      const source = open.find((each) => each.input === input);
      if (source?.track === track || this.#isReopening(input)) continue;
      this.#watched.delete(input);
      if (source !== undefined) continue;
      for (const { kind } of this.#faultsOf(input)) this.#end(keyOf(kind, input), 'closed');
    }
  }

  #isReopening(input: number): boolean {
    return this.#faultsOf(input).some(({ kind }) => this.#recovering.has(keyOf(kind, input)));
  }

  // Twice in a row, so that messages that wait behind a busy page are read in between.
  #readProcessor(): void {
    const { context, clockFrame } = this.#sources;
    const lateFrames = context.currentTime * context.sampleRate - clockFrame();
    const late = lateFrames > processorLateSec * context.sampleRate;
    this.#lateReadings = late ? this.#lateReadings + 1 : 0;
    if (!late) this.#endAll('no-frames');
    else if (this.#lateReadings > 1 && this.#open.size === 0) this.#meet('no-frames', null, 0);
  }

  #faultsOf(input: number): readonly CaptureFault[] {
    return this.faults.filter((fault) => fault.input === input);
  }

  #meet(kind: CaptureFaultKind, input: number | null, frames: number): void {
    if (this.#find(kind, input, frames)) void this.#tryToRecover(keyOf(kind, input));
  }

  /** @returns Whether it is new. */
  #find(kind: CaptureFaultKind, input: number | null, frames: number): boolean {
    const key = keyOf(kind, input);
    if (this.#open.has(key)) return false;
    const { tone, title, meaning, remedy } = planFor(kind, input);
    const { context, clockFrame } = this.#sources;
    const processed = clockFrame();
    // The context's clock goes on when the processor does not.
    const foundFrame = Math.max(processed, Math.round(context.currentTime * context.sampleRate));
    const fault: CaptureFault = {
      ...{ id: this.#found, kind, input, tone, title, meaning, remedy },
      ...{ sinceFrame: Math.max(0, processed - frames), foundFrame, foundMs: performance.now() },
      ...{ end: null, failure: '' },
    };
    this.#found += 1;
    this.#open.set(key, fault);
    this.emit('fault', fault);
    return true;
  }

  /** One try at a time for each fault: what asks meanwhile shares it. */
  #tryToRecover(key: string): Promise<boolean> {
    const going = this.#recovering.get(key);
    if (going !== undefined) return going;
    const fault = this.#open.get(key);
    if (fault === undefined || !this.#mayTry(key, fault)) return Promise.resolve(false);
    const recovery = this.#bringBack(key, fault).finally(() => this.#recovering.delete(key));
    this.#recovering.set(key, recovery);
    return recovery;
  }

  async #bringBack(key: string, fault: CaptureFault): Promise<boolean> {
    try {
      await this.recover(fault);
      this.#recovered.add(key);
      // An input is back when it sounds, which its readings tell.
      if (fault.input === null) this.#end(key);
      return true;
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      if (this.#open.has(key)) this.#open.set(key, { ...fault, failure });
      return false;
    }
  }

  #mayTry(key: string, { kind, input }: CaptureFault): boolean {
    if (!this.recovers || planFor(kind, input).recovery === 'none') return false;
    const nowMs = performance.now();
    const recent = (this.#tries.get(key) ?? []).filter((ms) => nowMs - ms < triesWithinMs);
    this.#tries.set(key, [...recent, nowMs]);
    return recent.length < maxTries;
  }

  #endAll(kind: CaptureFaultKind): void {
    this.#end(keyOf(kind, null));
  }

  #end(key: string, end?: 'closed'): void {
    const fault = this.#open.get(key);
    if (fault === undefined) return;
    this.#open.delete(key);
    const how: FaultEnd = end ?? (this.#recovered.delete(key) ? 'recovered' : 'by-itself');
    const frame = this.#sources.clockFrame();
    const { sinceFrame, foundFrame, foundMs } = fault;
    const beforeMs = ((foundFrame - sinceFrame) * 1000) / this.#sources.context.sampleRate;
    const gapMs = performance.now() - foundMs + beforeMs;
    const over = { ...fault, end: { how, frame, gapFrames: frame - sinceFrame, gapMs } };
    this.#past = [...this.#past, over].slice(-heldFaults);
    this.emit('over', over);
  }
}

function keyOf(kind: CaptureFaultKind, input: number | null): string {
  return `${kind} ${input ?? 'all'}`;
}

function rateOf(track: MediaStreamTrack): number | null {
  return track.readyState === 'live' ? (track.getSettings().sampleRate ?? null) : null;
}
