/** Follows one ring of each kind in a Worker until the writer has finished, and says how it went. */
import type { RingView } from '../../../web/shared/ring-planes.ts';
import type { FrameRingReader } from '../../../web/shared/frame-ring.ts';
import {
  capacities,
  controlWord,
  Random,
  readerOf,
  sampleAt,
  sampleRingOf,
  type StressBuffers,
} from './stress-memory.ts';

/** What a Worker is asked to do. */
export type ReaderJob = FollowJob | { readonly kind: 'pop'; readonly buffers: StressBuffers };

interface FollowJob {
  readonly kind: 'follow';
  readonly buffers: StressBuffers;
  readonly confirms: boolean;
}

/** What a Worker tells: it is ready to read, and later what it has found. */
export type ReaderReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'followed'; readonly readers: readonly ReaderResult[] }
  | { readonly kind: 'popped'; readonly frames: number; readonly wrong: number };

/** How one reader of one ring fared. */
export interface ReaderResult {
  readonly delivered: number;
  readonly dropped: number;
  /** What the results of the calls add up to. */
  readonly droppedReported: number;
  readonly torn: number;
}

const maxBlock = 64;
// The first view, and then one in so many, is held until the writer has come round: what it shows is
// overwritten for certain, on a machine of any speed.
const viewsPerHold = 256;

/** The reader of one frame ring, and its account. */
class Follower {
  readonly #reader: FrameRingReader;
  readonly #capacity: number;
  readonly #confirms: boolean;
  readonly #control: Int32Array;
  readonly #random: Random;
  #views = 0;
  #droppedReported = 0;
  #torn = 0;

  constructor(ring: number, { buffers, confirms }: FollowJob) {
    this.#reader = readerOf(buffers.frameRings[ring]!);
    this.#capacity = capacities[ring]!;
    this.#confirms = confirms;
    this.#control = new Int32Array(buffers.control);
    this.#random = new Random(ring);
  }

  /** Reads once; false when there was nothing to read. */
  step(): boolean {
    const drains = this.#random.below(100) === 0;
    const count = 1 + this.#random.below(maxBlock);
    const { status, dropped } = drains ? this.#reader.drainToLatest(1) : this.#reader.view(count);
    this.#droppedReported += dropped;
    if (status === 'ok') this.#accept();
    return status !== 'empty';
  }

  get result(): ReaderResult {
    const { delivered, dropped } = this.#reader;
    return { delivered, dropped, droppedReported: this.#droppedReported, torn: this.#torn };
  }

  #accept(): void {
    const { position } = this.#reader;
    this.#views += 1;
    if (this.#views % viewsPerHold === 1) this.#hold();
    const left = this.#reader.frames(0);
    const right = this.#reader.frames(1);
    const whole = isWhole(position, left, 1) && isWhole(position, right, -1);
    const { status, dropped } = this.#reader.confirm();
    this.#droppedReported += dropped;
    if (!whole && (status === 'ok' || !this.#confirms)) this.#torn += 1;
  }

  #hold(): void {
    const lapped = this.#capacity + this.#reader.count;
    while (this.#reader.pending < lapped) if (isFinished(this.#control)) return;
    Atomics.add(this.#control, controlWord.overtaken, 1);
  }
}

function isFinished(control: Int32Array): boolean {
  return Atomics.load(control, controlWord.finished) === 1;
}

function isWhole(position: number, { first, second }: RingView, sign: number): boolean {
  const isAt = (samples: Float32Array, from: number): boolean =>
    samples.every((sample, i) => sample === sign * sampleAt(from + i));
  return isAt(first, position) && isAt(second, position + first.length);
}

function report(message: ReaderReport): void {
  postMessage(message);
}

function follow(job: FollowJob): void {
  const control = new Int32Array(job.buffers.control);
  const followers = capacities.map((_, ring) => new Follower(ring, job));
  report({ kind: 'ready' });
  for (let active = true; active;) {
    // Before the reads: what the writer wrote before it finished is still read.
    const finished = isFinished(control);
    const found = followers.map((follower) => follower.step());
    active = !finished || found.includes(true);
  }
  report({ kind: 'followed', readers: followers.map(({ result }) => result) });
}

function pop(buffers: StressBuffers): void {
  const control = new Int32Array(buffers.control);
  const { consumer } = sampleRingOf(buffers);
  const random = new Random(2);
  const block = new Float32Array(maxBlock);
  let frames = 0;
  let wrong = 0;
  report({ kind: 'ready' });
  for (let active = true; active;) {
    const finished = isFinished(control);
    const popped = consumer.popSome([block], 1 + random.below(maxBlock));
    for (let i = 0; i < popped; i += 1) if (block[i] !== sampleAt(frames + i)) wrong += 1;
    frames += popped;
    active = !finished || popped > 0;
  }
  report({ kind: 'popped', frames, wrong });
}

addEventListener('message', ({ data }: MessageEvent<ReaderJob>) => {
  if (data.kind === 'follow') follow(data);
  else pop(data.buffers);
});
