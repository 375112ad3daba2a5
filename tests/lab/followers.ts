import type { ListenerBooks } from '../../scripts/lib/lab-record.mjs';
import type { ListenerData, Session } from '../../web/lib/index.ts';
import { Thread } from '../soak/live/thread.ts';
import type { ListenerFound, ListenerTask } from './listener.ts';

interface Follower {
  readonly name: string;
  readonly ring: ListenerBooks['ring'];
  /** The slot that it began with. */
  readonly first: number;
  readonly thread: Thread<ListenerTask, ListenerFound>;
}

/** Four listeners at work, two of the mix and two of the voice, each in a Worker. */
export class Followers {
  readonly #session: Session;
  readonly #followers: readonly Follower[];

  constructor(session: Session) {
    this.#session = session;
    const { mix, bus } = session;
    this.#followers = [
      follow('mix', 'first of the mix', mix.listen({ name: 'first of the mix' }).transfer()),
      follow('mix', 'second of the mix', mix.listen({ name: 'second of the mix' }).transfer()),
      follow('voice', 'first of the voice', bus.listen({ name: 'first of the voice' }).transfer()),
      follow(
        'voice',
        'second of the voice',
        bus.listen({ name: 'second of the voice' }).transfer(),
      ),
    ];
  }

  /** Lets them read what is left; the audio clock is held. */
  async finish(): Promise<{
    readonly books: readonly ListenerBooks[];
    readonly handOffMs: readonly number[];
  }> {
    const { mix, bus } = this.#session;
    const found = await Promise.all(
      this.#followers.map(async ({ name, ring, first, thread }) => {
        const published = (ring === 'mix' ? mix : bus).published - first;
        return { name, ring, published, ...(await thread.finish()) };
      }),
    );
    return {
      books: found.map(({ handOffMs: _handOffMs, ...books }) => books),
      handOffMs: found.flatMap(({ name, handOffMs }) =>
        name === 'first of the voice' ? handOffMs : [],
      ),
    };
  }
}

function follow(ring: Follower['ring'], name: string, data: ListenerData): Follower {
  const worker = new Worker(new URL('./listener.ts', import.meta.url), { type: 'module' });
  return { name, ring, first: data.cursor.position, thread: new Thread(worker, { ring, data }) };
}
