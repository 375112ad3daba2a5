/** The AudioWorkletProcessor: copies each quantum in, runs the engine, publishes what happened. */
import { constants } from '../web/shared/layout.gen.ts';
import {
  type FromProcessor,
  type ProcessorOptions,
  processorName,
  type ToProcessor,
} from '../web/shared/messages.ts';
import { scopeBytes } from '../web/shared/scope-ring.ts';
import { AudioEventWriter } from './audio-events.ts';
import { DeadlineMeter } from './deadline-meter.ts';
import { silence } from './engine.ts';
import { EngineSlot } from './engine-slot.ts';
import { InputWatch } from './input-watch.ts';
import { ScopeWriter } from './scope-writer.ts';
import { SnapshotSender } from './snapshot-sender.ts';
import './tap.ts';

class QuantaProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  readonly #scope: ScopeWriter;
  readonly #watch: InputWatch;
  readonly #engine: EngineSlot;
  readonly #meter = new DeadlineMeter();
  readonly #snapshots: SnapshotSender | null;
  #open = true;

  constructor(options: { processorOptions: ProcessorOptions }) {
    super();
    const { scope } = options.processorOptions;
    const buffer = scope ?? new ArrayBuffer(scopeBytes);
    const events = new AudioEventWriter(buffer);
    this.#scope = new ScopeWriter(buffer, events);
    this.#watch = new InputWatch(buffer, events);
    this.#engine = new EngineSlot({
      report: (report) => this.#send({ kind: 'engine', report }),
      wantFallback: () => this.#send({ kind: 'fallback-wanted' }),
    });
    this.#snapshots = scope === null ? new SnapshotSender(buffer, this.port) : null;
    this.port.onmessage = ({ data }: MessageEvent<ToProcessor>) => this.#receive(data);
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    this.#meter.begin();
    const output = outputs[0]!;
    const frames = output[0]!.length;
    this.#scope.write(inputs[0] ?? silence, frames, currentFrame);
    this.#watch.observe(inputs, frames, currentFrame);
    this.#engine.process(inputs, frames, currentFrame);
    play(this.#engine.output, output);
    this.#snapshots?.advance(frames, this.#engine);
    this.#meter.end(this.#engine.recorder);
    return this.#open || this.#end();
  }

  #receive(message: ToProcessor): void {
    switch (message.kind) {
      case 'memory':
        this.#engine.hold(message.memory);
        return this.#send({ kind: 'memory-held' });
      case 'load':
        this.#meter.findClock();
        this.#engine.load(message.bytes, message.detail, message.start);
        return this.#meter.introduce(this.#engine.recorder);
      case 'fall-back':
        this.#engine.fallBack(message.problem);
        return this.#meter.introduce(this.#engine.recorder);
      case 'measure-deadline':
        this.#meter.follow(message.settings);
        return this.#meter.introduce(this.#engine.recorder);
      case 'recycle':
        return this.#snapshots?.recycle(message.snapshot);
      case 'open-push':
        return this.#answer(message.call, this.#engine.openPush(message.input, message.settings));
      case 'close-push':
        return this.#answer(message.call, this.#engine.closePush(message.input));
      case 'start-vad':
        return this.#answer(message.call, this.#engine.startVad(message.bytes, message.sources));
      case 'stop-vad':
        return this.#answer(message.call, this.#engine.stopVad());
      case 'close':
        this.#open = false;
    }
  }

  #answer(call: number, status: number): void {
    this.#send({ kind: 'answer', call, status });
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

/** Hands the engine's output to the graph, which is silent without an engine. */
function play(from: readonly Float32Array[] | undefined, to: readonly Float32Array[]): void {
  if (from === undefined) return;
  for (let channel = 0; channel < constants.inputChannels; channel += 1) {
    to[channel]!.set(from[channel]!);
  }
}

registerProcessor(processorName, QuantaProcessor);
