import type { FrameListener } from '../../../web/lib/bus/index.ts';

/** What becomes of the frames of a mix, in their order. */
export interface FrameSink {
  push(left: Float32Array, right: Float32Array): void;
  /** Frames that the listener was too late for. */
  skip(frames: number): void;
}

const maxFrames = 4096;

/** Hands everything that is unread to a sink. */
export function drainFrames(listener: FrameListener, sink: FrameSink): void {
  const [left, right] = [new Float32Array(maxFrames), new Float32Array(maxFrames)];
  while (listener.pending > 0) {
    const { count, dropped } = readFrames(listener, left, right);
    if (dropped > 0) sink.skip(dropped);
    if (count > 0) sink.push(left.subarray(0, count), right.subarray(0, count));
  }
}

function readFrames(
  listener: FrameListener,
  left: Float32Array,
  right: Float32Array,
): { readonly count: number; readonly dropped: number } {
  const { status, dropped } = listener.view(left.length);
  if (status !== 'ok') return { count: 0, dropped };
  const { count } = listener;
  listener.copyTo(0, left);
  listener.copyTo(1, right);
  const confirmed = listener.confirm();
  return confirmed.status === 'ok' ? { count, dropped } : { count: 0, dropped: confirmed.dropped };
}
