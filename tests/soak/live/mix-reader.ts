/** A Worker that keeps up with the mix and tells which sample of the file lay at every frame. */
import type { ReaderRecord, Segment } from '../../../scripts/soak/record.mjs';
import { FrameListener, type ListenerData } from '../../../web/lib/bus/index.ts';
import { booksOf } from './books.ts';
import { MarkerDecoder } from './marker-decoder.ts';
import { drainFrames } from './mix-frames.ts';
import { serve, waited } from './thread.ts';

export interface MixTask {
  readonly data: ListenerData;
  readonly inputs: number;
}

export interface MixFound {
  readonly books: ReaderRecord;
  readonly segments: readonly Segment[];
  readonly channelErrors: number;
}

const framesAtOnce = 2048;

serve(async ({ data, inputs }: MixTask, signal): Promise<MixFound> => {
  const listener = FrameListener.attach(data);
  const decoder = new MarkerDecoder(inputs, listener.position);
  while (await waited(listener.ready(framesAtOnce, { signal }), signal)) {
    drainFrames(listener, decoder);
  }
  drainFrames(listener, decoder);
  decoder.finish();
  const { segments, channelErrors } = decoder;
  return { books: booksOf(listener, 'mix'), segments, channelErrors };
});
