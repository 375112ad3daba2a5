/** A Worker that is late: it is lapped, passes over what it likes, and forgets two of its listeners. */
import type { ReaderRecord } from '../../../scripts/soak/record.mjs';
import { FrameListener, Listener, type ListenerData } from '../../../web/lib/bus/index.ts';
import { booksOf } from './books.ts';
import { serve, waited } from './thread.ts';

export interface LaggardTask {
  /** Waits until it is lapped, then reads what is left. */
  readonly lappedMix: ListenerData;
  /** Takes the newest chunk only, now and then. */
  readonly skippingVoice: ListenerData;
  /** These two look at the end only. */
  readonly frozenMix: ListenerData;
  readonly frozenVoice: ListenerData;
  readonly mixCapacityFrames: number;
}

function readAll(listener: FrameListener): void {
  while (listener.pending > 0) {
    if (listener.view(listener.pending).status === 'ok') listener.confirm();
  }
}

serve(async (task: LaggardTask, signal): Promise<readonly ReaderRecord[]> => {
  const lapped = FrameListener.attach(task.lappedMix);
  const skipping = Listener.attach(task.skippingVoice);
  const frozenMix = FrameListener.attach(task.frozenMix);
  const frozenVoice = Listener.attach(task.frozenVoice);
  const lapFrames = 1.25 * task.mixCapacityFrames;
  while (await waited(lapped.ready(lapFrames, { signal }), signal)) {
    readAll(lapped);
    skipping.drainToLatest();
  }
  for (const listener of [lapped, frozenMix]) readAll(listener);
  skipping.drainToLatest();
  while (frozenVoice.tryRecv() !== undefined);
  return [
    booksOf(lapped, 'mix'),
    booksOf(frozenMix, 'mix'),
    booksOf(skipping, 'voice'),
    booksOf(frozenVoice, 'voice'),
  ];
});
