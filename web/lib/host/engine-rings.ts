import type { RingAddress } from '../bus/ring-address.ts';
import { allocateClock, allocateTable } from '../bus/ring-address.ts';
import { constants, directoryWord } from '../../shared/layout.gen.ts';

/** What the page keeps beside the engine's rings. All of it is shared memory. */
export interface BusMemory {
  readonly clock: ArrayBufferLike;
  readonly voiceTable: ArrayBufferLike;
  readonly mixTable: ArrayBufferLike;
}

/** Takes the memory for the listeners of a session. */
export function allocateBusMemory(): BusMemory {
  return { clock: allocateClock(), voiceTable: allocateTable(), mixTable: allocateTable() };
}

/** Where the rings of a started engine lie. */
export function engineRings(
  buffer: ArrayBufferLike,
  { clock, voiceTable, mixTable }: BusMemory,
): { readonly voice: RingAddress; readonly mix: RingAddress } {
  const directory = new Uint32Array(buffer, constants.arenaBase);
  const offset = (word: number): number => directory[word] ?? 0;
  return {
    voice: { buffer, byteOffset: offset(directoryWord.voiceRing), table: voiceTable, clock },
    mix: { buffer, byteOffset: offset(directoryWord.mixRing), table: mixTable, clock },
  };
}
