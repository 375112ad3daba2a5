/** Memory that a thread can wait on: `BroadcastMemory`, for one. */
export interface Waitable {
  readonly buffer: ArrayBufferLike;
  /** Blocks until the memory's count is not `position` any more, or for `timeoutMs`. */
  sleep(position: number, timeoutMs: number): void;
  /** As `sleep`, while the thread does other things. Shared memory only. */
  doze(position: number, timeoutMs: number): Promise<void>;
}

/**
 * Waits until more than `position` slots are published by a writer that wakes its readers, or for
 * `delayMs`. The thread goes on with its other work. Page or Worker.
 */
export async function sleep(memory: Waitable, position: number, delayMs: number): Promise<void> {
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  // Timers of a page in the background, and nested ones everywhere, are held back; these are not.
  if (isShared && typeof Atomics.waitAsync === 'function') return memory.doze(position, delayMs);
  if (isShared && 'WorkerGlobalScope' in globalThis) {
    memory.sleep(position, delayMs);
    return nextTask();
  }
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Lets messages in, which promises alone never would. */
export function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
