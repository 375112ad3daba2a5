import { Emitter } from '../emitter.ts';
import { type AudioEvent, AudioEventReader } from './audio-events.ts';
import type { Glitch, GlitchKind, NewGlitch } from './glitch.ts';
import { type GlitchCounts, GlitchLog } from './glitch-log.ts';
import { Growth } from './growth.ts';
import { longTaskSource, watchLongTasks } from './long-tasks.ts';
import { type ClockSources, TimeBase } from './time-base.ts';

/** What a session tells when something went wrong. */
export interface GlitchEvents {
  readonly glitch: Glitch;
}

/** Everything that went wrong since the session began. */
export interface GlitchSnapshot {
  /** When the log began, and when this was read, on `performance.now()`. */
  readonly fromPageMs: number;
  readonly toPageMs: number;
  readonly counts: GlitchCounts;
  readonly total: number;
  /** Counted, and not in `events` any more. */
  readonly forgotten: number;
  /** The newest ones, oldest first. */
  readonly events: readonly Glitch[];
  /** Kinds that nobody counts here, each with the reason. */
  readonly unavailable: Readonly<Partial<Record<GlitchKind, string>>>;
}

/** What the log reads. */
export interface GlitchSources extends ClockSources {
  /** The scope's buffer. */
  readonly scope: ArrayBufferLike;
  /** Frames of the audio clock without a call of the processor. */
  readonly missedFrames: () => number;
  /** Whether a device is behind the input. */
  readonly isLive: (input: number) => boolean;
  /** Null where the browser does not count them. */
  readonly underruns: () => { readonly events: number; readonly durationMs: number } | null;
  /** Null where the browser does not count it. */
  readonly captureLossMs: () => number | null;
  readonly clockSteps: () => readonly { readonly audioSec: number; readonly lengthMs: number }[];
  /** Null where no quantum is measured. */
  readonly overBudget: () => { readonly quanta: number; readonly lastFrame: number } | null;
}

// Often enough for a picture of the last minute; the counters and the ring keep what falls between.
const readingMs = 100;
const capacity = 1000;
// The loss is known to about a millisecond, and the browser drops ten at a time.
const leastLossMs = 5;
// A stretch without sound that lasts longer is silence, which the watchdog tells.
const longestGapSec = 0.15;

/** What went wrong, each with its time, from every source that the browser offers. Page only. */
export class Glitches extends Emitter<GlitchEvents> {
  readonly #sources: GlitchSources;
  readonly #log = new GlitchLog(capacity);
  readonly #time: TimeBase;
  readonly #audioEvents: AudioEventReader;
  readonly #underruns = new Growth(1);
  readonly #underrunMs = new Growth(0);
  readonly #lossMs = new Growth(leastLossMs);
  readonly #overBudget = new Growth(1);
  readonly #missedFrames = new Growth(1);
  readonly #fromMs = performance.now();
  #stepSec = -Infinity;
  #readMs = performance.now();

  /** @param signal Ends the readings. */
  constructor(sources: GlitchSources, signal: AbortSignal) {
    super();
    this.#sources = sources;
    this.#time = new TimeBase(sources);
    this.#audioEvents = new AudioEventReader(sources.scope);
    const timer = setInterval(() => this.read(), readingMs);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    watchLongTasks(({ source, startMs, durationMs, invoker }) => {
      const times = { audioMs: this.#time.toAudioMs(startMs), pageMs: startMs, earlierMs: 0 };
      this.add({ kind: 'long-task', ...times, durationMs, source, invoker });
    }, signal);
  }

  /** The newest thousand, oldest first; a new list whenever one is added. */
  get events(): readonly Glitch[] {
    return this.#log.events;
  }

  /** Reads every source and tells all that is known. */
  snapshot(): GlitchSnapshot {
    this.read();
    const { events, counts, total, forgotten } = this.#log;
    const times = { fromPageMs: this.#fromMs, toPageMs: performance.now() };
    return { ...times, counts, total, forgotten, events, unavailable: this.unavailable };
  }

  /** Kinds that nobody counts here, each with the reason. */
  get unavailable(): GlitchSnapshot['unavailable'] {
    const { underruns, captureLossMs, overBudget } = this.#sources;
    const reasons: Partial<Record<GlitchKind, string>> = {};
    if (underruns() === null) reasons.underrun = 'This browser does not count underruns.';
    if (captureLossMs() === null) {
      reasons['capture-loss'] = 'No source here counts what its device delivered.';
    }
    if (overBudget() === null) reasons['over-budget'] = 'No quantum is measured.';
    if (longTaskSource() === null) reasons['long-task'] = 'This browser tells of no long tasks.';
    return reasons;
  }

  /** Takes a reading now, beside those that the log takes by itself. */
  read(): void {
    const nowMs = performance.now();
    this.#readAudioEvents();
    this.#readUnderruns(nowMs);
    this.#readLoss(nowMs);
    this.#readSteps();
    this.#readOverBudget();
    this.#readMs = nowMs;
  }

  /** For the session: takes in what somebody else has found. */
  add(glitch: NewGlitch): void {
    this.emit('glitch', this.#log.add(glitch));
  }

  /** For the session: the times of something that is noticed now. */
  now(): Omit<NewGlitch, 'kind'> {
    const pageMs = performance.now();
    return { pageMs, audioMs: this.#time.toAudioMs(pageMs), earlierMs: 0, durationMs: 0 };
  }

  #readAudioEvents(): void {
    const { events, lost } = this.#audioEvents.read();
    let listed = 0;
    for (const event of events) {
      if (event.kind === 'missed') listed += event.frames;
      this.#addAudioEvent(event);
    }
    // What the ring has lost is in the counter of missed frames all the same.
    const missed = this.#missedFrames.take(this.#sources.missedFrames());
    if (lost > 0) this.#log.count('missed-quanta', lost, this.#toMs(Math.max(0, missed - listed)));
  }

  #addAudioEvent({ kind, input, frame, frames }: AudioEvent): void {
    const times = this.#timesOf(frame, frames);
    if (kind === 'missed') return this.add({ kind: 'missed-quanta', ...times, frame, frames });
    const { isLive, context } = this.#sources;
    if (!isLive(input) || frames > longestGapSec * context.sampleRate) return;
    const what = kind === 'absent' ? kind : 'zeros';
    this.add({ kind: 'input-gap', ...times, input, frame, frames, what });
  }

  #readUnderruns(nowMs: number): void {
    const underruns = this.#sources.underruns();
    const events = this.#underruns.take(underruns?.events ?? null);
    const durationMs = this.#underrunMs.take(underruns?.durationMs ?? null);
    if (events > 0) this.add({ kind: 'underrun', ...this.#seen(nowMs), durationMs, events });
  }

  #readLoss(nowMs: number): void {
    const durationMs = this.#lossMs.take(this.#sources.captureLossMs());
    if (durationMs > 0) this.add({ kind: 'capture-loss', ...this.#seen(nowMs), durationMs });
  }

  #readSteps(): void {
    for (const { audioSec, lengthMs } of this.#sources.clockSteps()) {
      if (audioSec <= this.#stepSec) continue;
      this.#stepSec = audioSec;
      const [audioMs, durationMs] = [audioSec * 1000, Math.abs(lengthMs)];
      const times = { audioMs, pageMs: this.#time.toPageMs(audioMs), earlierMs: 0, durationMs };
      this.add({ kind: 'clock-step', ...times, stepMs: lengthMs });
    }
  }

  #readOverBudget(): void {
    const reading = this.#sources.overBudget();
    const quanta = this.#overBudget.take(reading?.quanta ?? null);
    if (reading === null || quanta === 0) return;
    this.add({ kind: 'over-budget', ...this.#timesOf(reading.lastFrame, 0), quanta });
  }

  #timesOf(frame: number, frames: number): Omit<NewGlitch, 'kind'> {
    const audioMs = this.#toMs(frame);
    const pageMs = this.#time.toPageMs(audioMs);
    return { audioMs, pageMs, earlierMs: 0, durationMs: this.#toMs(frames) };
  }

  // A counter that has grown says only that it did since the last reading.
  #seen(nowMs: number): Pick<Glitch, 'audioMs' | 'pageMs' | 'earlierMs'> {
    const earlierMs = nowMs - this.#readMs;
    return { pageMs: nowMs, audioMs: this.#time.toAudioMs(nowMs), earlierMs };
  }

  #toMs(frames: number): number {
    return (frames * 1000) / this.#sources.context.sampleRate;
  }
}
