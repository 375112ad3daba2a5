import { BroadcastMemory } from '../../shared/broadcast-ring.ts';
import { clockBytes } from '../../shared/layout.gen.ts';
import { listenerTableBytes } from '../../shared/listener-table.ts';

/** Where a bus lies: plain data that a message carries to a Worker. */
export interface RingAddress {
  /** The memory with the ring in it. */
  readonly buffer: ArrayBufferLike;
  /** Byte offset of the ring. */
  readonly byteOffset: number;
  /** The listeners' table. */
  readonly table: ArrayBufferLike;
  /** The shared clock. */
  readonly clock: ArrayBufferLike;
}

/** Views on the ring. */
export function ringAt({ buffer, byteOffset }: RingAddress): BroadcastMemory {
  return new BroadcastMemory(buffer, byteOffset);
}

/** Zeroed memory: shared where the page may share any. */
export function allocate(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined'
    ? new ArrayBuffer(bytes)
    : new SharedArrayBuffer(bytes);
}

/** Memory for the listeners of a bus. */
export function allocateTable(): ArrayBufferLike {
  return allocate(listenerTableBytes);
}

/** Memory for a bus's clock. */
export function allocateClock(): ArrayBufferLike {
  return allocate(clockBytes);
}
