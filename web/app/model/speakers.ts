import type { ProbabilityListener, Session } from '../../lib/index.ts';

/** One of several inputs, and how likely somebody speaks there. */
export interface Speaker {
  readonly input: number;
  readonly label: string;
  /** Of its last frame. */
  readonly probability: number;
}

interface HeardInput {
  readonly input: number;
  readonly label: string;
  readonly listener: ProbabilityListener;
  probability: number;
}

/** Who of several inputs speaks: each is heard by itself. With one input it is the mix that tells. */
export class Speakers {
  readonly #session: Session;
  #heard: readonly HeardInput[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Inputs that are to be heard by themselves. */
  get inputs(): readonly number[] {
    const open = this.#session.sources.flatMap((source, input) => (source === null ? [] : [input]));
    return open.length > 1 ? open : [];
  }

  /** Whether inputs came or went since `listen`. */
  get isStale(): boolean {
    return this.inputs.join() !== this.#heard.map(({ input }) => input).join();
  }

  /** Hears these inputs from now on. */
  listen(inputs: readonly number[]): void {
    this.close();
    const { sources, vad } = this.#session;
    this.#heard = inputs.map((input) => ({
      input,
      label: sources[input]?.label ?? '',
      listener: vad.listen({ source: input, name: `voice of input ${input + 1}` }),
      probability: 0,
    }));
  }

  /** As they are now. */
  read(): readonly Speaker[] {
    for (const heard of this.#heard) {
      for (;;) {
        const frame = heard.listener.tryRecv();
        if (frame === undefined) break;
        heard.probability = frame.probability;
      }
    }
    return this.#heard;
  }

  /** Hears none any more. */
  close(): void {
    for (const { listener } of this.#heard) listener.close();
    this.#heard = [];
  }
}
