import { deadlineOffset } from '../web/shared/deadline-view.ts';
import { deadlineBytes, telemetryBytes } from '../web/shared/layout.gen.ts';
import type { FromProcessor } from '../web/shared/messages.ts';
import { scopeBytes } from '../web/shared/scope-ring.ts';
import type { EngineSlot } from './engine-slot.ts';

// Two buffers go round between the audio thread and the page: one under way, one in hand.
const bufferCount = 2;
const snapshotsPerSec = 20;

/**
 * Takes the place of shared memory in a page without cross-origin isolation: sends the scope and the
 * telemetry at a low, bounded rate, in buffers that come back, so that nothing piles up when the page
 * is busy.
 */
export class SnapshotSender {
  readonly #scope: Uint8Array;
  readonly #port: MessagePort;
  readonly #pool: ArrayBuffer[] = Array.from(
    { length: bufferCount },
    () => new ArrayBuffer(scopeBytes + telemetryBytes + deadlineBytes),
  );
  #framesToNext = 0;

  constructor(scope: ArrayBufferLike, port: MessagePort) {
    this.#scope = new Uint8Array(scope);
    this.#port = port;
  }

  /** Takes back a buffer that the page has read. */
  recycle(snapshot: ArrayBuffer): void {
    this.#pool.push(snapshot);
  }

  /** Audio thread only. Sends a snapshot when it is time for one and a buffer is in hand. */
  advance(frames: number, engine: EngineSlot): void {
    this.#framesToNext -= frames;
    if (this.#framesToNext > 0) return;
    const snapshot = this.#pool.pop();
    if (snapshot === undefined) return;
    this.#framesToNext = sampleRate / snapshotsPerSec;
    this.#fill(new Uint8Array(snapshot), engine);
    const message: FromProcessor = { kind: 'snapshot', snapshot };
    this.#port.postMessage(message, [snapshot]);
  }

  #fill(bytes: Uint8Array, engine: EngineSlot): void {
    bytes.set(this.#scope);
    if (engine.memory === null) return;
    const { buffer } = engine.memory;
    const telemetry = new Uint8Array(buffer, engine.telemetryOffset, telemetryBytes);
    bytes.set(telemetry, scopeBytes);
    const deadline = new Uint8Array(buffer, deadlineOffset(buffer), deadlineBytes);
    bytes.set(deadline, scopeBytes + telemetryBytes);
  }
}
