/** A Worker that looks away for longer than the mix ring lasts, then reads what is left of it. */
import { FrameListener, type ListenerData } from '../../lib/index.ts';

/** What it is to do. */
export interface FreezeTask {
  readonly data: ListenerData;
  /** It looks again when so many frames are unread. */
  readonly frames: number;
}

/** Its books, since it began. */
export interface FreezeBooks {
  readonly published: number;
  readonly delivered: number;
  readonly dropped: number;
  readonly pending: number;
}

const framesAtOnce = 4096;

async function freeze({ data, frames }: FreezeTask): Promise<FreezeBooks> {
  const listener = FrameListener.attach(data);
  await listener.ready(frames);
  while (listener.pending >= framesAtOnce) {
    if (listener.view(framesAtOnce).status === 'ok') listener.confirm();
  }
  const { delivered, dropped, pending, position } = listener;
  const published = position - data.cursor.position + pending;
  listener.close();
  return { published, delivered, dropped, pending };
}

// A Worker's, but this folder is compiled for the page.
globalThis.addEventListener('message', ({ data }: MessageEvent<FreezeTask>) => {
  void freeze(data).then((books) => globalThis.postMessage(books), reportError);
});
