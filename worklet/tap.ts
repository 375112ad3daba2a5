/** Records its input from a stated frame on: what the latency meter hears. */
import { tapName, type TapOptions, type TapRecording } from '../web/shared/messages.ts';

class TapProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  readonly #samples: Float32Array<ArrayBuffer>;
  readonly #startFrame: number;
  #open = true;

  constructor(options: { processorOptions: TapOptions }) {
    super();
    const { startFrame, frames } = options.processorOptions;
    this.#samples = new Float32Array(frames);
    this.#startFrame = startFrame;
    this.port.onmessage = () => (this.#open = false);
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const first = currentFrame - this.#startFrame;
    addMean(inputs[0]!, this.#samples, first);
    const isLast = first + outputs[0]![0]!.length >= this.#samples.length;
    return (this.#open && !isLast) || this.#end();
  }

  #end(): false {
    const recording: TapRecording = this.#samples;
    this.port.postMessage(recording, [recording.buffer]);
    return false;
  }
}

/** Adds the mean of the channels at a place that may begin before the target, or end behind it. */
function addMean(channels: readonly Float32Array[], target: Float32Array, first: number): void {
  for (const samples of channels) {
    const end = Math.min(samples.length, target.length - first);
    for (let i = Math.max(0, -first); i < end; i += 1) {
      target[first + i]! += samples[i]! / channels.length;
    }
  }
}

registerProcessor(tapName, TapProcessor);
