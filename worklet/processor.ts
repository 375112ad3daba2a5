/** The AudioWorkletProcessor: copies each quantum in, runs the engine, publishes what happened. */
import { constants } from '../web/shared/layout.gen.ts';
import {
  type FromProcessor,
  type ProcessorOptions,
  processorName,
  type ToProcessor,
} from '../web/shared/messages.ts';
import { scopeBytes } from '../web/shared/scope-ring.ts';
import { EngineSlot } from './engine-slot.ts';
import { ScopeWriter } from './scope-writer.ts';
import { SnapshotSender } from './snapshot-sender.ts';

const silence: readonly Float32Array[] = [];

class QuantaProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  readonly #scope: ScopeWriter;
  readonly #engine: EngineSlot;
  readonly #snapshots: SnapshotSender | null;
  #open = true;

  constructor(options: { processorOptions: ProcessorOptions }) {
    super();
    const { scope } = options.processorOptions;
    const buffer = scope ?? new ArrayBuffer(scopeBytes);
    this.#scope = new ScopeWriter(buffer);
    this.#engine = new EngineSlot((report) => this.#send({ kind: 'engine', report }));
    this.#snapshots = scope === null ? new SnapshotSender(buffer, this.port) : null;
    this.port.onmessage = ({ data }: MessageEvent<ToProcessor>) => this.#receive(data);
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const input = inputs[0] ?? silence;
    const output = outputs[0]!;
    const frames = output[0]!.length;
    this.#scope.write(input, frames, currentFrame);
    this.#engine.process(input, frames);
    passThrough(input, output);
    this.#snapshots?.advance(frames, this.#engine);
    return this.#open || this.#end();
  }

  #receive(message: ToProcessor): void {
    switch (message.kind) {
      case 'load':
        return this.#engine.load(message.bytes, message.memory, message.detail);
      case 'recycle':
        return this.#snapshots?.recycle(message.snapshot);
      case 'close':
        this.#open = false;
    }
  }

  // Only a processor that says so in process() gives its node back to the collector.
  #end(): false {
    this.#send({ kind: 'closed' });
    return false;
  }

  #send(message: FromProcessor): void {
    this.port.postMessage(message);
  }
}

/** Copies the input to the output, mono to both channels; the graph behind it mutes or plays it. */
function passThrough(input: readonly Float32Array[], output: readonly Float32Array[]): void {
  for (let channel = 0; channel < constants.inputChannels; channel += 1) {
    const source = input[Math.min(channel, input.length - 1)];
    if (source !== undefined) output[channel]!.set(source);
  }
}

registerProcessor(processorName, QuantaProcessor);
