import { tapName, type TapOptions, type TapRecording } from '../../shared/messages.ts';

/**
 * Records a node on the audio thread, frame by frame, whether or not the page is isolated.
 *
 * @throws The signal's reason; the audio clock has to run.
 */
export async function record(
  from: AudioNode,
  options: TapOptions,
  signal: AbortSignal,
): Promise<TapRecording> {
  signal.throwIfAborted();
  const tap = new AudioWorkletNode(from.context, tapName, { processorOptions: options });
  const { promise, resolve, reject } = Promise.withResolvers<TapRecording>();
  // A processor that is not pulled does not end, and then keeps its context in memory.
  const done = ({ data }: MessageEvent<TapRecording>): void => {
    tap.disconnect();
    resolve(data);
  };
  const stop = (): void => {
    tap.port.postMessage(null);
    reject(signal.reason);
  };
  tap.port.onmessage = done;
  tap.onprocessorerror = () => reject(new Error('The recorder of the latency meter failed.'));
  signal.addEventListener('abort', stop);
  from.connect(tap).connect(from.context.destination);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    from.disconnect(tap);
  }
}
