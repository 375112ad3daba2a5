import type { BroadcastMemory } from '../../shared/broadcast-ring.ts';
import { ListenerTable } from '../../shared/listener-table.ts';
import { FrameListener, type FrameListenOptions } from './frame-listener.ts';
import { type PipelineStatus, pipelineOf } from './pipeline-status.ts';
import { type RingAddress, ringAt } from './ring-address.ts';

/** The mix, frame by frame, in stereo and at the context's rate. Page or Worker. */
export class MixBus {
  /** Where the ring lies: plain data, for a bus of the same memory in another thread. */
  readonly address: RingAddress;
  readonly #memory: BroadcastMemory;
  readonly #table: ListenerTable;

  constructor(address: RingAddress) {
    this.address = address;
    this.#memory = ringAt(address);
    this.#table = new ListenerTable(address.table);
  }

  /** Frames per second. */
  get sampleRate(): number {
    return this.#memory.shape.rateHz;
  }

  get channels(): number {
    return this.#memory.shape.channels;
  }

  /** Frames that the ring holds. */
  get capacityFrames(): number {
    return this.#memory.shape.capacity;
  }

  /** Frames published since the engine began; frames that the clock passed over are among them. */
  get published(): number {
    return this.#memory.published();
  }

  /**
   * Listens from the next frame on, or from frames in the past that the ring still holds.
   * @throws RangeError The bus has as many listeners as fit, or a wrong option.
   */
  listen(options: FrameListenOptions = {}): FrameListener {
    return FrameListener.open(this.address, options);
  }

  /** All listeners of the mix, in every thread. */
  get listeners(): readonly PipelineStatus[] {
    return pipelineOf(this.#memory, this.#table);
  }
}
