// @ts-check
// The fields of a Protocol Buffers message. Strict: whatever the format does not allow is an error.

const VARINT = 0;
const BYTES = 2;
/** Lengths of the wire types that have a fixed one. */
const FIXED_BYTES = /** @type {Readonly<Record<number, number>>} */ ({ 1: 8, 5: 4 });
const LONGEST_VARINT = 10;

/**
 * One field: an integer, or bytes that the schema gives a meaning to.
 * @typedef {{ readonly number: number, readonly value: bigint | Uint8Array }} Field
 */

/**
 * @param {boolean} holds
 * @param {string} what
 * @returns {asserts holds}
 */
function expectValid(holds, what) {
  if (!holds) throw new RangeError(`This is no Protocol Buffers message: ${what}.`);
}

/** Where the next thing of a message is read. */
class Cursor {
  /** @readonly */
  #bytes;
  #at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  get atEnd() {
    return this.#at === this.#bytes.length;
  }

  /** @returns {bigint} */
  varint() {
    let value = 0n;
    for (let i = 0; i < LONGEST_VARINT; i += 1) {
      const byte = this.bytes(1)[0] ?? 0;
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return value;
    }
    throw new RangeError('This is no Protocol Buffers message: an integer does not end.');
  }

  /** @param {number} count */
  bytes(count) {
    expectValid(count <= this.#bytes.length - this.#at, 'it ends inside of a field');
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
}

/**
 * The fields in the order in which they lie there.
 * @param {Uint8Array} message
 * @returns {Generator<Field>} values are views of the message
 * @throws {RangeError} where it is none
 */
export function* fieldsOf(message) {
  const cursor = new Cursor(message);
  while (!cursor.atEnd) {
    const key = cursor.varint();
    const number = Number(key >> 3n);
    const wireType = Number(key & 7n);
    expectValid(number > 0, 'a field has the number 0');
    if (wireType === VARINT) {
      yield { number, value: cursor.varint() };
    } else if (wireType === BYTES) {
      yield { number, value: cursor.bytes(Number(cursor.varint())) };
    } else {
      const length = FIXED_BYTES[wireType];
      expectValid(length !== undefined, `a field has the wire type ${wireType}`);
      yield { number, value: cursor.bytes(length) };
    }
  }
}
