import { Emitter } from '../emitter.ts';
import type { AudioSource } from './audio-source.ts';
import type { PushInput } from './push-input.ts';
import type { CaptureEnd } from './source.ts';

/** What an input can have: a source of the graph, or a producer's frames. */
export type InputSource = AudioSource | PushInput;

/** A source ended by itself; a source was closed. */
export interface RackEvents {
  readonly end: { readonly source: InputSource; readonly end: CaptureEnd };
  readonly close: InputSource;
}

/** The right to open a source at an input, until the next one is asked for there. */
export interface RackTicket {
  readonly input: number;
  readonly turn: number;
}

/** The open sources of a session, at most one at each input. */
export class SourceRack extends Emitter<RackEvents> {
  #node: AudioNode;
  readonly #sources: (InputSource | null)[];
  readonly #turns: number[];

  /** @param node The node whose inputs the sources feed. */
  constructor(node: AudioNode) {
    super();
    this.#node = node;
    const { numberOfInputs } = node;
    this.#sources = Array.from({ length: numberOfInputs }, () => null);
    this.#turns = Array.from({ length: numberOfInputs }, () => 0);
  }

  /** By input; null where none is open. */
  get sources(): readonly (InputSource | null)[] {
    return this.#sources;
  }

  /** Those that are open. */
  get open(): readonly InputSource[] {
    return this.#sources.filter((source) => source !== null);
  }

  /** The node of an input's source; null where there is none in the graph. */
  nodeOf(input: number): AudioNode | null {
    const source = this.#sources[input] ?? null;
    return source !== null && 'node' in source ? source.node : null;
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
   * @param open Opens it. @param check Throws when it is not wanted any more; it is closed then.
   * @throws What `open` throws, an AbortError when a later request took over.
   */
  async fill<Source extends InputSource>(
    ticket: RackTicket,
    open: () => Promise<Source>,
    check: () => void,
  ): Promise<Source> {
    const opened = await open();
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

  /** Feeds another node from now on, with the sources that are open. */
  moveTo(node: AudioNode): void {
    this.#node = node;
    for (const source of this.open) this.#plug(source);
  }

  /** Closes every source; tickets run out. */
  close(): void {
    for (let input = 0; input < this.#sources.length; input += 1) this.request(input);
  }

  #connect(source: InputSource): void {
    const { input } = source;
    this.#plug(source);
    source.on('end', (end) => this.emit('end', { source, end }));
    source.on('close', () => {
      this.#sources[input] = null;
      this.emit('close', source);
    });
    this.#sources[input] = source;
  }

  #plug(source: InputSource): void {
    if (source.kind !== 'push') source.node.connect(this.#node, 0, source.input);
  }
}
