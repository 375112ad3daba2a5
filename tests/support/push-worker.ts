/** A Worker that pushes a sine on demand until its input is closed. */
import { Producer, type ProducerData } from '../../web/lib/bus/index.ts';

export interface PushTask {
  readonly data: ProducerData;
  readonly frequencyHz: number;
  readonly amplitude: number;
}

/** What the Worker tells when the input is closed. */
export interface Pushed {
  readonly pushedFrames: number;
  readonly droppedFrames: number;
}

const burstFrames = 441;

async function push({ data, frequencyHz, amplitude }: PushTask): Promise<Pushed> {
  const producer = Producer.attach(data);
  const omega = (2 * Math.PI * frequencyHz) / producer.sampleRate;
  const burst = new Float32Array(burstFrames);
  for (let first = 0; await producer.ready(burstFrames); first += burstFrames) {
    for (let i = 0; i < burstFrames; i += 1) burst[i] = amplitude * Math.sin(omega * (first + i));
    producer.pushAll([burst, burst]);
  }
  const { pushedFrames, droppedFrames } = producer;
  return { pushedFrames, droppedFrames };
}

// A Worker's, but this folder is compiled for the page.
globalThis.addEventListener('message', (event: MessageEvent<PushTask>) => {
  void push(event.data).then((pushed) => globalThis.postMessage(pushed));
});
