/** Reads a block of words that the engine writes inside a seqlock: all of one moment, or nothing. */

/** Where a field of a block lies. */
export interface BlockField {
  readonly type: 'u32' | 'u64' | 'f32';
  /** In bytes. */
  readonly offset: number;
}

/** A block's fields by their names; `sequence` is the seqlock. */
export type BlockFields<Name extends string> = Readonly<Record<Name | 'sequence', BlockField>>;

const wordBytes = Int32Array.BYTES_PER_ELEMENT;
// The audio thread publishes for well under a microsecond in every few milliseconds; whoever meets
// it more often than this is not reading a live block.
const maxAttempts = 1000;

/** View on a block in the engine's memory. Any thread but the audio thread. */
export class BlockView<Name extends string> {
  readonly #words: Int32Array;
  readonly #fields: BlockFields<Name>;
  readonly #names: readonly Name[];
  readonly #bits = new DataView(new ArrayBuffer(wordBytes));

  /** @param offset Of the block in the buffer, and `bytes`, its length, in bytes. */
  constructor(buffer: ArrayBufferLike, offset: number, bytes: number, fields: BlockFields<Name>) {
    this.#words = new Int32Array(buffer, offset, bytes / wordBytes);
    this.#fields = fields;
    this.#names = Object.keys(fields) as Name[];
  }

  /** All fields as they were published together, or undefined when the block never comes to rest. */
  read(): Readonly<Record<Name, number>> | undefined {
    const { offset } = this.#fields.sequence;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const before = this.#word(offset);
      if (before % 2 !== 0) continue;
      const fields = this.#readFields();
      if (this.#word(offset) === before) return fields;
    }
    return undefined;
  }

  #readFields(): Record<Name, number> {
    return Object.fromEntries(
      this.#names.map((name) => [name, this.#readField(this.#fields[name])]),
    ) as Record<Name, number>;
  }

  #readField({ type, offset }: BlockField): number {
    const word = this.#word(offset);
    switch (type) {
      case 'u32':
        return word;
      case 'u64':
        return this.#word(offset + wordBytes) * 2 ** 32 + word;
      case 'f32':
        this.#bits.setUint32(0, word);
        return this.#bits.getFloat32(0);
    }
  }

  #word(offset: number): number {
    return Atomics.load(this.#words, offset / wordBytes) >>> 0;
  }
}
