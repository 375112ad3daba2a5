import { reject } from '../errors.ts';
import { fades, OpenSegment } from './open-segment.ts';
import { type SegmenterOptions, type SegmenterSettings, settingsOf } from './settings.ts';
import { frameSamples } from '../speech-segment.ts';
import type { FoundSegment, FrameProbability, SegmenterEvent } from './segmenter-event.ts';

/** The longest that a segment can begin before its speech: 2 s. */
const keptFrames = 63;

/**
 * Makes segments of speech out of the probabilities of frames. It knows no clock and no sound: equal
 * frames give equal segments. Page, Worker or Node.
 *
 * Frames that are missing are silence, up to the silence that ends a segment. A longer gap, or one
 * that is no whole number of frames, ends the segment where the frames end, and no segment reaches
 * back over it.
 */
export class Segmenter {
  readonly settings: SegmenterSettings;
  /** Probabilities of the frames before the next one. */
  readonly #recent: number[] = [];
  #next: number | null = null;
  /** No segment begins before this: what lies there is in another one, or behind a gap. */
  #floor = 0;
  #open: OpenSegment | null = null;

  /** @throws RangeError */
  constructor(options: SegmenterOptions = {}) {
    this.settings = settingsOf(options);
  }

  /** The open segment as it is now. */
  get current(): FoundSegment | null {
    return this.#open?.current ?? null;
  }

  /**
   * Takes the frame that follows.
   *
   * @param oldestSample No segment begins before it: the oldest one that there still is.
   * @returns What it brought about, in order.
   * @throws RangeError The frame lies before the end of the last one, or has no probability.
   */
  push(frame: FrameProbability, oldestSample = 0): SegmenterEvent[] {
    this.#check(frame);
    const events = this.#bridge(frame.startSample);
    events.push(...this.#hear(frame.startSample, frame.probability, oldestSample));
    return events;
  }

  /** The sound has ended: ends the open segment. Frames of any number may follow. */
  finish(): SegmenterEvent[] {
    const events = this.#open === null ? [] : this.#end(this.#open);
    this.#recent.length = 0;
    this.#next = null;
    this.#floor = 0;
    return events;
  }

  #check({ startSample, probability }: FrameProbability): void {
    if (!(Number.isInteger(startSample) && startSample >= (this.#next ?? 0))) {
      reject('frame.startSample', `a whole number from ${this.#next ?? 0} on`, startSample);
    }
    if (!(probability >= 0 && probability <= 1)) {
      reject('frame.probability', 'from 0 to 1', probability);
    }
  }

  /** Brings the frames that are missing before this sample. */
  #bridge(startSample: number): SegmenterEvent[] {
    const next = this.#next ?? startSample;
    const missing = (startSample - next) / frameSamples;
    if (Number.isInteger(missing) && missing < this.settings.minSilenceFrames) {
      const starts = Array.from({ length: missing }, (_, i) => next + i * frameSamples);
      return starts.flatMap((start) => this.#hear(start, 0, 0));
    }
    const events = this.finish();
    this.#floor = startSample;
    return events;
  }

  #hear(startSample: number, probability: number, oldestSample: number): SegmenterEvent[] {
    this.#next = startSample + frameSamples;
    const events =
      this.#open === null
        ? this.#maybeOpen(startSample, probability, oldestSample)
        : this.#goOn(this.#open, probability);
    this.#recent.push(probability);
    if (this.#recent.length > keptFrames) this.#recent.shift();
    return events;
  }

  #maybeOpen(startSample: number, probability: number, oldestSample: number): SegmenterEvent[] {
    if (probability < this.settings.startThreshold || this.#fades(probability)) return [];
    const floor = Math.max(this.#floor, oldestSample);
    const free = Math.max(0, Math.floor((startSample - floor) / frameSamples));
    const taken = Math.min(free, this.settings.preRollFrames, this.#recent.length);
    const before = this.#recent.slice(this.#recent.length - taken);
    const open = new OpenSegment(startSample - before.length * frameSamples, this.settings);
    for (const earlier of before) open.add(earlier);
    open.begin(probability);
    this.#open = open;
    return [this.#start(open, startSample, false)];
  }

  /** Speech has ended, and what is left of its probability is no other speech. */
  #fades(probability: number): boolean {
    return fades(probability, this.#recent, this.#recent.length);
  }

  #goOn(open: OpenSegment, probability: number): SegmenterEvent[] {
    open.add(probability);
    if (open.isSilent) return this.#end(open);
    return open.isFull ? this.#cut(open) : [];
  }

  #cut(open: OpenSegment): SegmenterEvent[] {
    const { segment, rest } = open.cut();
    this.#open = rest;
    return [this.#told(open, segment), this.#start(rest, rest.startSample, true)];
  }

  #end(open: OpenSegment): SegmenterEvent[] {
    this.#open = null;
    return [this.#told(open, open.ended)];
  }

  #start(open: OpenSegment, speechSample: number, continues: boolean): SegmenterEvent {
    const { startSample, knownEnd } = open;
    return { kind: 'speech-start', startSample, speechSample, foundAtSample: knownEnd, continues };
  }

  // What a misfire holds is still free for the next segment.
  #told(open: OpenSegment, segment: FoundSegment): SegmenterEvent {
    const foundAtSample = open.knownEnd;
    if (!open.isSpeech(segment)) return { kind: 'misfire', segment, foundAtSample };
    this.#floor = segment.endSample ?? foundAtSample;
    return { kind: 'speech-end', segment, foundAtSample };
  }
}
