/**
 * Where the processor meets the engine's JavaScript form. The two are bundled apart, so that a page
 * loads the second one only when it is needed; what they share is the audio thread's global scope.
 */
import type { EngineMemory } from '../web/shared/messages.ts';
import type { EngineExports } from './exports.gen.ts';

/** Makes an engine in the given memory, whose static data it clears. @throws RangeError */
export type Instantiate = (memory: EngineMemory) => EngineExports;

const place = globalThis as { quantaFallback?: Instantiate };

/** Tells the processor that the JavaScript form is there. */
export function offerFallback(instantiate: Instantiate): void {
  place.quantaFallback = instantiate;
}

/** The JavaScript form; undefined until its module has been added. */
export function offeredFallback(): Instantiate | undefined {
  return place.quantaFallback;
}
