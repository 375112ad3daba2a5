/** Browser tests: the real processor in an offline context, where time is frames and nothing else. */
import { constants } from '../../web/shared/layout.gen.ts';
import { TelemetryView, type EngineTelemetry } from '../../web/shared/telemetry-view.ts';
import { ReadonlyAudioBus } from '../../web/lib/bus/audio-bus.ts';
import { MixBus } from '../../web/lib/bus/mix-bus.ts';
import { fetchEngine } from '../../web/lib/host/assets.ts';
import { FallbackModule } from '../../web/lib/host/fallback-module.ts';
import { engineRings } from '../../web/lib/host/engine-rings.ts';
import { SessionMemory } from '../../web/lib/host/memory.ts';
import { loadProcessorModule, ProcessorNode } from '../../web/lib/host/processor-node.ts';
import { Scope } from '../../web/lib/telemetry/scope.ts';

export interface OfflineOptions {
  readonly sampleRate: number;
  readonly quantumFrames: number;
  readonly frames: number;
}

/** An offline context with the processor in it, its output at the destination. */
export class OfflineGraph {
  readonly context: OfflineAudioContext;
  readonly processor: ProcessorNode;
  readonly scope: Scope;
  readonly #memory: SessionMemory;

  private constructor(
    context: OfflineAudioContext,
    processor: ProcessorNode,
    memory: SessionMemory,
  ) {
    this.context = context;
    this.processor = processor;
    this.scope = new Scope(memory.scope);
    this.#memory = memory;
  }

  static async create(options: OfflineOptions): Promise<OfflineGraph> {
    const { sampleRate, quantumFrames, frames } = options;
    const context = new OfflineAudioContext({
      numberOfChannels: constants.inputChannels,
      length: frames,
      sampleRate,
      renderSizeHint: quantumFrames,
    } as OfflineAudioContextOptions);
    await loadProcessorModule(context);
    const memory = new SessionMemory(true);
    const engine = await fetchEngine('/engine.wasm', undefined);
    const fallback = new FallbackModule(context);
    const processor = await ProcessorNode.start(context, { memory, engine, fallback });
    processor.node.connect(context.destination);
    return new OfflineGraph(context, processor, memory);
  }

  /** A source that plays these channels once, from the given frame on; not connected. */
  source(channels: readonly Float32Array<ArrayBuffer>[], atFrame = 0): AudioBufferSourceNode {
    const { sampleRate } = this.context;
    const buffer = new AudioBuffer({
      numberOfChannels: channels.length,
      length: channels[0]!.length,
      sampleRate,
    });
    channels.forEach((samples, channel) => buffer.copyToChannel(samples, channel));
    const node = new AudioBufferSourceNode(this.context, { buffer });
    node.start(atFrame / sampleRate);
    return node;
  }

  /** What the engine publishes as audio. */
  get buses(): { readonly voice: ReadonlyAudioBus; readonly mix: MixBus } {
    const { voice, mix } = engineRings(this.#memory.engine!.buffer, this.#memory.bus);
    return { voice: new ReadonlyAudioBus(voice), mix: new MixBus(mix) };
  }

  get telemetry(): EngineTelemetry {
    const buffer = this.#memory.engine!.buffer;
    return new TelemetryView(buffer, this.processor.report.telemetryOffset).read()!;
  }
}
