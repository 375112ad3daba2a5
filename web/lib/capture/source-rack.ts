import type { ListenOptions } from '../bus/follower.ts';
import type { Listener } from '../bus/listener.ts';
import { Emitter } from '../emitter.ts';
import { AudioSource } from './audio-source.ts';
import type { CaptureEnd, CaptureSource } from './source.ts';

/** A source ended by itself; a source was closed. */
export interface RackEvents {
  readonly end: { readonly source: AudioSource; readonly end: CaptureEnd };
  readonly close: AudioSource;
}

/** The right to open a source at an input, until the next one is asked for there. */
export interface RackTicket {
  readonly input: number;
  readonly turn: number;
}

/** What the rack is made of. */
export interface RackParts {
  readonly context: AudioContext;
  /** The node whose inputs the sources feed. */
  readonly node: AudioNode;
  readonly listen: (options?: ListenOptions) => Listener;
}

/** The open sources of a session, at most one at each input. */
export class SourceRack extends Emitter<RackEvents> {
  readonly #parts: RackParts;
  readonly #sources: (AudioSource | null)[];
  readonly #turns: number[];

  constructor(parts: RackParts) {
    super();
    this.#parts = parts;
    const { numberOfInputs } = parts.node;
    this.#sources = Array.from({ length: numberOfInputs }, () => null);
    this.#turns = Array.from({ length: numberOfInputs }, () => 0);
  }

  /** By input; null where none is open. */
  get sources(): readonly (AudioSource | null)[] {
    return this.#sources;
  }

  /** Those that are open. */
  get open(): readonly AudioSource[] {
    return this.#sources.filter((source) => source !== null);
  }

  /** Closes the input's source and makes place for the next one; earlier tickets run out. */
  request(input: number): RackTicket {
    this.#sources[input]?.close();
    const turn = (this.#turns[input] ?? 0) + 1;
    this.#turns[input] = turn;
    return { input, turn };
  }

  /** Whether nobody asked for the same input later. */
  isLatest({ input, turn }: RackTicket): boolean {
    return this.#turns[input] === turn;
  }

  /**
   * Opens a source and connects it. A later request for the input takes over, even while the person
   * still has to answer for this one.
   *
   * @param check Throws when the source is not wanted any more; it is closed then.
   * @throws CaptureError, RangeError, an AbortError when a later request took over.
   */
  async fill(ticket: RackTicket, source: CaptureSource, check: () => void): Promise<AudioSource> {
    const { context, listen } = this.#parts;
    const opened = await AudioSource.open(context, source, ticket.input, listen);
    try {
      check();
      if (!this.isLatest(ticket)) {
        throw new DOMException('A later capture took over.', 'AbortError');
      }
    } catch (error) {
      opened.close();
      throw error;
    }
    this.#connect(opened);
    return opened;
  }

  /** Closes every source; tickets run out. */
  close(): void {
    for (let input = 0; input < this.#sources.length; input += 1) this.request(input);
  }

  #connect(source: AudioSource): void {
    const { input } = source;
    source.node.connect(this.#parts.node, 0, input);
    source.on('end', (end) => this.emit('end', { source, end }));
    source.on('close', () => {
      this.#sources[input] = null;
      this.emit('close', source);
    });
    this.#sources[input] = source;
  }
}
