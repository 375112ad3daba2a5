/** A Worker that fills a push input with a tone, and counts what it offered. */
import { Producer, type ProducerData } from '../../web/lib/bus/index.ts';
import { serve, waited } from '../soak/live/thread.ts';

export interface PusherTask {
  readonly data: ProducerData;
  readonly frequencyHz: number;
}

/** Frames that it pushed. */
export type PusherFound = number;

serve(async ({ data, frequencyHz }: PusherTask, signal): Promise<PusherFound> => {
  const producer = Producer.attach(data);
  // A hundredth of a second, which holds whole periods of a multiple of 100 Hz.
  const step = (2 * Math.PI * frequencyHz) / producer.sampleRate;
  const tone = Float32Array.from(
    { length: producer.sampleRate / 100 },
    (_, i) => 0.1 * Math.sin(step * i),
  );
  let offered = 0;
  while (await waited(producer.ready(tone.length, { signal }), signal)) {
    if (producer.pushAll([tone, tone])) offered += tone.length;
  }
  return offered;
});
