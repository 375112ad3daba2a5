import type { PushBooks } from '../../scripts/lib/lab-record.mjs';
import type { ProducerData, PushInput, Session } from '../../web/lib/index.ts';
import { constants } from '../../web/shared/layout.gen.ts';
import { attachSampleRing } from '../../web/shared/sample-ring.ts';
import { Thread } from '../soak/live/thread.ts';
import type { PusherFound, PusherTask } from './pusher.ts';

interface Pusher {
  readonly input: PushInput;
  readonly data: ProducerData;
  readonly thread: Thread<PusherTask, PusherFound>;
}

const sources = [
  { input: 1, sampleRate: 44_100, frequencyHz: 300 },
  { input: 2, sampleRate: 48_000, frequencyHz: 500 },
] as const;

/** Two push inputs, filled by Workers; the first has to be resampled. */
export class Pushers {
  readonly #pushers: readonly Pusher[];

  private constructor(pushers: readonly Pusher[]) {
    this.#pushers = pushers;
  }

  static async open(session: Session): Promise<Pushers> {
    const pushers: Pusher[] = [];
    for (const { input, sampleRate, frequencyHz } of sources) {
      const opened = await session.pushInput({ input, sampleRate, pace: 'on-demand' });
      const data = opened.producer.transfer();
      const worker = new Worker(new URL('./pusher.ts', import.meta.url), { type: 'module' });
      const thread = new Thread<PusherTask, PusherFound>(worker, { data, frequencyHz });
      pushers.push({ input: opened, data, thread });
    }
    return new Pushers(pushers);
  }

  /** Ends the sources; the books are made up when the audio clock is held. */
  async finish(): Promise<() => readonly PushBooks[]> {
    const offered = await Promise.all(this.#pushers.map(({ thread }) => thread.finish()));
    return () => this.#pushers.map((pusher, index) => booksOf(pusher, offered[index]!));
  }
}

function booksOf({ input, data }: Pusher, offered: number): PushBooks {
  // Made now: a producer's half of the ring keeps the position that it found.
  const { producer } = attachSampleRing(data.buffer, data.ringOffset);
  const { pushedFrames, droppedFrames, takenFrames, underruns } = input.status;
  return {
    input: input.input,
    offered,
    pushed: pushedFrames,
    droppedByProducer: droppedFrames,
    taken: takenFrames,
    inRing: constants.pushRingFrames - producer.freeFrames(),
    underruns,
  };
}
