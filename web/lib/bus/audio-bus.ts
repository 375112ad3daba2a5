import { BroadcastMemory, broadcastRingBytes } from '../../shared/broadcast-ring.ts';
import { chunkRingShape, ChunkRingWriter } from '../../shared/chunk-ring.ts';
import { constants } from '../../shared/layout.gen.ts';
import { ListenerTable } from '../../shared/listener-table.ts';
import { SharedClock } from '../../shared/shared-clock.ts';
import { checkRange, reject } from '../errors.ts';
import type { ListenOptions } from './follower.ts';
import { Listener } from './listener.ts';
import { type PipelineStatus, pipelineOf } from './pipeline-status.ts';
import {
  allocate,
  allocateClock,
  allocateTable,
  type RingAddress,
  ringAt,
} from './ring-address.ts';

/** How a bus of its own is made; everything has a default. */
export interface AudioBusOptions {
  /** Chunks that the ring holds: a power of two from 2 to 65536. Default 1024. */
  readonly capacityChunks?: number;
  /** Frames of a chunk, 1 to 65536. Default 512. */
  readonly chunkFrames?: number;
  /** 3000 to 768000. Default 16000. */
  readonly sampleRate?: number;
}

/** A bus to listen to. Any number of listeners; they cost the writer nothing. Page or Worker. */
export class ReadonlyAudioBus {
  /** Where the bus lies: plain data, for a bus of the same memory in another thread. */
  readonly address: RingAddress;
  protected readonly memory: BroadcastMemory;
  readonly #table: ListenerTable;

  constructor(address: RingAddress) {
    this.address = address;
    this.memory = ringAt(address);
    this.#table = new ListenerTable(address.table);
  }

  /** Samples per second. */
  get sampleRate(): number {
    return this.memory.shape.rateHz;
  }

  /** Frames of a chunk. */
  get chunkFrames(): number {
    return this.memory.shape.slotFrames;
  }

  /** Chunks that the ring holds. */
  get capacityChunks(): number {
    return this.memory.shape.capacity;
  }

  /** Chunks published since the bus began. */
  get published(): number {
    return this.memory.published();
  }

  /**
   * Listens from the next chunk on.
   * @throws RangeError The bus has as many listeners as fit.
   */
  listen(options: ListenOptions = {}): Listener {
    return Listener.open(this.address, options);
  }

  /** All listeners of this bus, in every thread. */
  get listeners(): readonly PipelineStatus[] {
    return pipelineOf(this.memory, this.#table);
  }
}

/**
 * A bus of its own: one writer publishes, any number of listeners follow, and who is too late for a
 * chunk loses it. Where memory cannot be shared, all of them are in one thread.
 */
export class AudioBus extends ReadonlyAudioBus implements Disposable {
  readonly #writer: ChunkRingWriter;
  readonly #shared: SharedClock;

  private constructor(address: RingAddress) {
    super(address);
    this.#writer = new ChunkRingWriter(this.memory);
    this.#shared = new SharedClock(address.clock);
  }

  /** Takes the memory. @throws RangeError */
  static create(options: AudioBusOptions = {}): AudioBus {
    const {
      capacityChunks = constants.voiceRingChunks,
      chunkFrames = constants.chunkFrames,
      sampleRate = constants.chunkRateHz,
    } = options;
    checkPowerOfTwo('bus.capacityChunks', capacityChunks, 2, 65_536);
    checkRange('bus.chunkFrames', chunkFrames, 1, 65_536, 'frames');
    checkRange('bus.sampleRate', sampleRate, constants.minRateHz, constants.maxRateHz, 'Hz');
    const shape = chunkRingShape(capacityChunks, chunkFrames, sampleRate);
    const buffer = allocate(broadcastRingBytes(shape));
    BroadcastMemory.create(buffer, 0, shape);
    return new AudioBus({ buffer, byteOffset: 0, table: allocateTable(), clock: allocateClock() });
  }

  /**
   * The writing end of a bus in another thread, from its `address`. A bus has one writer: this one
   * goes on where the last one stopped.
   */
  static attach(address: RingAddress): AudioBus {
    return new AudioBus(address);
  }

  /**
   * Publishes a chunk and wakes the listeners. The bus's one writer only, and not the audio thread:
   * waking takes a lock.
   *
   * @param samples `chunkFrames` of them; they are copied.
   * @param timestampMs Time of the first one. Default: as if the bus had begun at 0, without gaps.
   * @throws RangeError
   */
  publish(samples: Float32Array, timestampMs: number = this.#nextMs()): void {
    if (samples.length !== this.chunkFrames) {
      reject('bus.publish.samples', `${this.chunkFrames} long`, samples.length);
    }
    this.#writer.write(timestampMs, samples);
    this.memory.wake();
  }

  /** Says that nothing follows: listeners read what is left, then their loops end. */
  close(): void {
    this.#shared.close();
    this.memory.wake();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #nextMs(): number {
    return (this.#writer.position * this.chunkFrames * 1000) / this.sampleRate;
  }
}

/** Checks a size. @throws RangeError */
export function checkPowerOfTwo(path: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max && Number.isInteger(Math.log2(value))) return;
  reject(path, `a power of two from ${min} to ${max}`, value);
}
