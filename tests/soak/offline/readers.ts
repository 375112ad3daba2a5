/** Readers that keep up, that are late, and that forget; all of them check whatever they get. */
import type { ReaderRecord, Start } from '../../../scripts/soak/record.mjs';
import type { FrameListener, Listener } from '../../../web/lib/bus/index.ts';
import { booksOf } from '../live/books.ts';
import type { OfflineFindings } from './problems.ts';
import type { SoakEngine } from './soak-engine.ts';
import type { Timeline } from './timeline.ts';
import { VoiceCheck } from './voice-check.ts';

/** How much a reader lets gather before it looks, anew each time. */
type Patience = () => number;

const maxFrames = 16_384;

/** Follows the mix. */
export class MixReader {
  wrongFrames = 0;
  readonly #listener: FrameListener;
  readonly #timeline: Timeline;
  readonly #start: Start;
  readonly #patience: Patience;
  readonly #voice: VoiceCheck | undefined;
  #wanted: number;

  /** @param voice Gets to see the mix. */
  constructor(
    engine: SoakEngine,
    timeline: Timeline,
    start: Start,
    how: { readonly name: string; readonly patience: Patience; readonly voice?: VoiceCheck },
  ) {
    this.#listener = engine.mix.listen({ name: how.name });
    this.#timeline = timeline;
    this.#start = start;
    this.#patience = how.patience;
    this.#voice = how.voice;
    this.#wanted = how.patience();
  }

  look(): void {
    if (this.#listener.pending < this.#wanted) return;
    this.#wanted = this.#patience();
    this.finish();
  }

  finish(): void {
    while (this.#listener.pending > 0) {
      if (this.#listener.view(maxFrames).status !== 'ok') continue;
      const wrong = this.#check();
      if (this.#listener.confirm().status === 'ok') this.wrongFrames += wrong;
    }
  }

  get books(): ReaderRecord {
    return booksOf(this.#listener, 'mix');
  }

  #check(): number {
    const frame = this.#start.frame + this.#listener.position - this.#start.mix;
    const [left, right] = [this.#listener.frames(0), this.#listener.frames(1)];
    const parts = [
      [left.first, right.first, frame],
      [left.second, right.second, frame + left.first.length],
    ] as const;
    let wrong = 0;
    for (const [leftPart, rightPart, at] of parts) {
      if (leftPart.length === 0) continue;
      wrong += this.#timeline.wrongFrames(0, at, leftPart);
      wrong += this.#timeline.wrongFrames(1, at, rightPart);
      this.#voice?.aligner.push(leftPart, rightPart);
    }
    return wrong;
  }
}

/** Follows the voice. */
export class VoiceReader {
  readonly check: VoiceCheck;
  readonly #listener: Listener;
  readonly #patience: Patience;
  #wanted: number;

  constructor(engine: SoakEngine, name: string, patience: Patience, check: VoiceCheck) {
    this.#listener = engine.voice.listen({ name });
    this.#patience = patience;
    this.check = check;
    this.#wanted = patience();
  }

  look(): void {
    if (this.#listener.pending < this.#wanted) return;
    this.#wanted = this.#patience();
    this.finish();
  }

  finish(): void {
    for (let chunk = this.#listener.tryRecv(); chunk; chunk = this.#listener.tryRecv()) {
      this.check.check(chunk);
    }
  }

  /** Takes the newest chunk alone. */
  skip(): void {
    if (this.#listener.pending < this.#wanted) return;
    const chunk = this.#listener.drainToLatest();
    if (chunk !== undefined) this.check.check(chunk);
  }

  get books(): ReaderRecord {
    return booksOf(this.#listener, 'voice');
  }
}

/** What the readers of an offline run are made of. */
export interface ReaderParts {
  readonly engine: SoakEngine;
  readonly timeline: Timeline;
  readonly start: Start;
  readonly rateHz: number;
  readonly random: () => number;
}

const never = (): number => Infinity;
const always = (): number => 1;

/** Of each ring a reader that keeps up, one that is lapped now and then, and one that looks at the end only. */
export class OfflineReaders {
  readonly #mix: readonly MixReader[];
  readonly #voice: readonly VoiceReader[];
  readonly #skipping: VoiceReader;
  readonly #check: VoiceCheck;

  constructor({ engine, timeline, start, rateHz, random }: ReaderParts) {
    const check = new VoiceCheck(timeline, rateHz, start.frame, start.voice);
    this.#check = check;
    const upTo = (capacity: number) => () => Math.floor(random() * capacity * 1.3);
    const mix = (name: string, patience: Patience, voice?: VoiceCheck): MixReader =>
      new MixReader(engine, timeline, start, { name, patience, ...(voice && { voice }) });
    const voice = (name: string, patience: Patience): VoiceReader =>
      new VoiceReader(engine, name, patience, check);
    this.#mix = [
      mix('mix, keeping up', always, check),
      mix('mix, lapped', upTo(engine.mix.capacityFrames)),
      mix('mix, frozen', never),
    ];
    this.#voice = [
      voice('voice, keeping up', always),
      voice('voice, lapped', upTo(engine.voice.capacityChunks)),
      voice('voice, frozen', never),
    ];
    this.#skipping = voice('voice, skipping', upTo(100));
  }

  look(): void {
    for (const reader of this.#mix) reader.look();
    for (const reader of this.#voice) reader.look();
    this.#skipping.skip();
  }

  finish(): void {
    for (const reader of this.#mix) reader.finish();
    for (const reader of this.#voice) reader.finish();
  }

  /** What they counted, and what they found wrong. */
  get findings(): Pick<OfflineFindings, 'readers' | 'wrong' | 'comparedChunks' | 'minCorrelation'> {
    const { wrongChunks, wrongTimes, compared, aligner } = this.#check;
    return {
      readers: [...this.#mix, ...this.#voice, this.#skipping].map(({ books }) => books),
      wrong: {
        mixFrames: this.#mix.reduce((sum, { wrongFrames }) => sum + wrongFrames, 0),
        voiceChunks: wrongChunks,
        voiceTimes: wrongTimes,
        voiceIndex: aligner.maxIndexError,
      },
      comparedChunks: aligner.compared === 0 ? 0 : compared,
      minCorrelation: aligner.minCorrelation,
    };
  }
}
