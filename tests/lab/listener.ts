/** A Worker that follows the mix or the voice and keeps books. */
import { FrameListener, Listener, type ListenerData } from '../../web/lib/bus/index.ts';
import { HandOffWatch } from '../soak/live/hand-off.ts';
import { serve, waited } from '../soak/live/thread.ts';

export interface ListenerTask {
  readonly ring: 'mix' | 'voice';
  readonly data: ListenerData;
}

export interface ListenerFound {
  readonly delivered: number;
  readonly dropped: number;
  readonly pending: number;
  /** How long each chunk waited to be seen, at most. */
  readonly handOffMs: readonly number[];
}

const framesAtOnce = 2048;

function readAll(listener: FrameListener, target: Float32Array): void {
  while (listener.pending > 0) {
    if (listener.view(target.length).status !== 'ok') continue;
    listener.copyTo(0, target);
    listener.copyTo(1, target);
    listener.confirm();
  }
}

async function followMix(data: ListenerData, signal: AbortSignal): Promise<ListenerFound> {
  const listener = FrameListener.attach(data);
  const target = new Float32Array(framesAtOnce);
  while (await waited(listener.ready(framesAtOnce, { signal }), signal)) readAll(listener, target);
  readAll(listener, target);
  const { delivered, dropped, pending } = listener;
  return { delivered, dropped, pending, handOffMs: [] };
}

async function followVoice(data: ListenerData, signal: AbortSignal): Promise<ListenerFound> {
  const listener = Listener.attach(data);
  const watch = new HandOffWatch(listener);
  for (;;) {
    watch.look();
    if (!(await waited(listener.recv({ signal }), signal))) break;
    watch.saw();
    watch.done();
  }
  while (listener.tryRecv() !== undefined);
  const { delivered, dropped, pending } = listener;
  return { delivered, dropped, pending, handOffMs: watch.handOffMs };
}

serve(({ ring, data }: ListenerTask, signal) =>
  ring === 'mix' ? followMix(data, signal) : followVoice(data, signal),
);
