import { Listener } from '../bus/listener.ts';
import type { WorkerStarter } from '../worker-starter.ts';
import { vadFailed } from './vad-errors.ts';
import type { VoiceOrder, VoiceReport } from './voice-follower.ts';

/** A Worker that detects voice, as long as it is wanted. Page only. */
export class VoiceWorker {
  readonly #worker: Worker;
  readonly #order: VoiceOrder;

  private constructor(worker: Worker, order: VoiceOrder) {
    this.#worker = worker;
    this.#order = order;
  }

  /**
   * Resolves when its detector is there.
   *
   * @param onFailed Hears of an error after that.
   * @throws VadError `detector-failed`.
   */
  static async start(
    url: string,
    order: VoiceOrder,
    onFailed: (reason: string) => void,
    startWorker: WorkerStarter,
  ): Promise<VoiceWorker> {
    const worker = startWorker(url);
    const running = new VoiceWorker(worker, order);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const fail = (reason: string): void => {
      reject(vadFailed(reason));
      onFailed(reason);
    };
    worker.addEventListener('error', ({ message }) => fail(message));
    worker.addEventListener('message', ({ data }: MessageEvent<VoiceReport>) => {
      if (data.kind === 'ready') resolve();
      else fail(data.reason);
    });
    worker.postMessage(order, [...order.files]);
    try {
      await promise;
    } catch (error) {
      running.close();
      throw error;
    }
    return running;
  }

  close(): void {
    this.#worker.terminate();
    // A Worker that is stopped leaves its place in the bus's status behind.
    Listener.attach(this.#order.voice).close();
  }
}
