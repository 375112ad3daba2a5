/**
 * 64-bit counters in shared memory: a low and a high unsigned 32-bit word, written by one thread.
 * JavaScript holds them as numbers, exact up to 2^53.
 */

const wordRange = 0x1_0000_0000;

/** Adds to a counter. The writing thread only. Wait-free. `amount` is at most 2^31. */
export function addToCounter(
  words: Int32Array,
  lowIndex: number,
  highIndex: number,
  amount: number,
): void {
  const before = Atomics.add(words, lowIndex, amount) >>> 0;
  if (before + amount >= wordRange) Atomics.add(words, highIndex, 1);
}

/** Reads a counter that another thread writes. Any thread. */
export function readCounter(words: Int32Array, lowIndex: number, highIndex: number): number {
  for (;;) {
    const high = Atomics.load(words, highIndex);
    const low = Atomics.load(words, lowIndex) >>> 0;
    // The writer carries after it has wrapped the low word; in between, the low word is small and
    // the high word old. That is over within nanoseconds, and a wrap comes once a day.
    if (Atomics.load(words, highIndex) === high) return (high >>> 0) * wordRange + low;
  }
}
