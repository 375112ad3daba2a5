/**
 * Words of one moment in shared memory: one thread writes them, any number reads. Every word is used
 * through `Atomics`, so the order of the code is the order of the memory.
 */

// The writer is at it for a microsecond; whoever meets it more often than this, met one that died.
const maxAttempts = 1000;

/** The writer only. Wait-free. */
export function writeLocked(words: Int32Array, sequenceIndex: number, write: () => void): void {
  const sequence = Atomics.load(words, sequenceIndex) | 1;
  Atomics.store(words, sequenceIndex, sequence);
  write();
  Atomics.store(words, sequenceIndex, sequence + 1);
}

/** What `read` returns of one moment; undefined when the words never come to rest. Any thread. */
export function readLocked<Result>(
  words: Int32Array,
  sequenceIndex: number,
  read: () => Result,
): Result | undefined {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const before = Atomics.load(words, sequenceIndex);
    if (before % 2 !== 0) continue;
    const result = read();
    if (Atomics.load(words, sequenceIndex) === before) return result;
  }
  return undefined;
}
