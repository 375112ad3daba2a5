import { ReadonlyAudioBus } from '../bus/audio-bus.ts';
import { MixBus } from '../bus/mix-bus.ts';
import { startModule, type WorkerStarter } from '../worker-starter.ts';
import {
  type AssetOverrides,
  engineUrl,
  fetchEngine,
  offlineUrl,
  type VadAsset,
  vadUrls,
} from './assets.ts';
import { engineRings } from './engine-rings.ts';
import { FallbackModule } from './fallback-module.ts';
import { SessionMemory } from './memory.ts';
import { loadProcessorModule, ProcessorNode } from './processor-node.ts';

/** What the engine publishes as audio. */
export interface Buses {
  /** The engine's memory, in which they lie. */
  readonly buffer: ArrayBufferLike;
  readonly voice: ReadonlyAudioBus;
  readonly mix: MixBus;
}

/** What a session is made of. */
export interface HostParts {
  readonly context: AudioContext;
  readonly memory: SessionMemory;
  readonly processor: ProcessorNode;
  readonly isolated: boolean;
  /** Null without shared memory, and without an engine. */
  readonly buses: Buses | null;
  /** Of the engine. */
  readonly engineUrl: string | URL;
  /** Of the module that measures delays. */
  readonly offlineUrl: string | URL;
  /** Of the voice detector's files. */
  readonly vadUrls: Readonly<Record<VadAsset, string | URL>>;
  readonly startWorker: WorkerStarter;
}

/** What decides how the engine is started. */
export interface HostOptions {
  /** Where the library's files lie, for bundlers that do not follow `new URL`. */
  readonly assets?: AssetOverrides;
  /** Starts the library's Workers, in pages that have a policy for it. Default: `new Worker`. */
  readonly startWorker?: WorkerStarter;
  /** Ends the start while it is under way. */
  readonly signal?: AbortSignal;
}

/**
 * Takes the memory, loads the worklet and starts the engine in it. The audio clock is held.
 *
 * @throws SessionError, or the signal's reason.
 */
export async function startHost(context: AudioContext, options: HostOptions): Promise<HostParts> {
  const { assets = {}, signal, startWorker = startModule } = options;
  const isolated = globalThis.crossOriginIsolated;
  const memory = new SessionMemory(isolated);
  const url = engineUrl(isolated, assets);
  // The clock waits for a source: what it would pass before that, the processor might not see.
  await context.suspend();
  const [bytes] = await Promise.all([
    fetchEngine(url, signal),
    loadProcessorModule(context, assets.processor),
  ]);
  const fallback = new FallbackModule(context, assets.fallback);
  const processor = await ProcessorNode.start(context, { memory, engine: bytes, fallback }, signal);
  const buses = openBuses(memory, processor);
  const urls = { engineUrl: url, offlineUrl: offlineUrl(assets), vadUrls: vadUrls(assets) };
  return { context, memory, processor, isolated, buses, ...urls, startWorker };
}

function openBuses(memory: SessionMemory, processor: ProcessorNode): Buses | null {
  if (memory.engine === null || processor.report.engine === 'none') return null;
  const { voice, mix } = engineRings(memory.engine.buffer, memory.bus);
  return { buffer: memory.engine.buffer, voice: new ReadonlyAudioBus(voice), mix: new MixBus(mix) };
}
