import { samplesPerMs, type SpeechSegment } from '../speech-segment.ts';
import { knownEnd } from './segment-parts.ts';
import type { FinalText } from './text-event.ts';

/** A segment without its last final text. */
interface Entry {
  segment: SpeechSegment;
  /** Behind the last final text. */
  from: number;
  /** Up to where the Worker knows of it. */
  sentTo: number;
}

/** The segments that a Worker has not done with: what a new one has to be told. */
export class OpenSegments {
  readonly #entries = new Map<number, Entry>();
  readonly #stepSamples: number;

  /** @param stepMs As much has to come before a segment that goes on is worth a message. */
  constructor(stepMs: number) {
    this.#stepSamples = stepMs * samplesPerMs;
  }

  /** All of them, in the order in which they began. */
  get open(): readonly SpeechSegment[] {
    return [...this.#entries.values()].map(({ segment }) => segment);
  }

  /** Takes a segment as it is now. @returns Whether the Worker should know. */
  update(segment: SpeechSegment): boolean {
    const { startSample, endSample } = segment;
    const { from = startSample, sentTo = startSample } = this.#entries.get(startSample) ?? {};
    const end = knownEnd(segment);
    const isNews = endSample !== null || end - sentTo >= this.#stepSamples;
    this.#entries.set(startSample, { segment, from, sentTo: isNews ? end : sentTo });
    return isNews;
  }

  /** Where the text of a segment begins that has not been told yet. */
  beginOf({ startSample }: SpeechSegment): number {
    return this.#entries.get(startSample)?.from ?? startSample;
  }

  /** @returns Whether it was open. */
  forget(startSample: number): boolean {
    return this.#entries.delete(startSample);
  }

  /** Takes a final text: of the whole segment, or up to where it was cut. */
  settle({ startSample, endSample }: Pick<FinalText, 'startSample' | 'endSample'>): void {
    for (const [name, entry] of this.#entries) {
      if (entry.from !== startSample) continue;
      entry.from = endSample;
      if (entry.segment.endSample === endSample) this.#entries.delete(name);
    }
  }
}
