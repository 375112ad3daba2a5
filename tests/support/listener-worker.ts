/** A Worker that listens: what it is told by one message, and what it answers. */
import { Listener, type ListenerData } from '../../web/lib/bus/index.ts';

export interface ListenTask {
  readonly data: ListenerData;
  readonly chunks: number;
}

export interface HeardChunk {
  readonly seq: number;
  readonly timestampMs: number;
  readonly samples: Float32Array;
  readonly valid: boolean;
}

export interface Heard {
  readonly chunks: readonly HeardChunk[];
  readonly delivered: number;
  readonly dropped: number;
  /** The first chunk's time on the wall clock, by the shared clock. */
  readonly wallMs: number | null;
}

async function listen({ data, chunks }: ListenTask): Promise<Heard> {
  using listener = Listener.attach(data);
  const heard: HeardChunk[] = [];
  for await (const chunk of listener) {
    const { seq, timestampMs, valid } = chunk;
    heard.push({ seq, timestampMs, samples: chunk.copy()!.samples, valid });
    listener.reportInference(seq);
    if (heard.length === chunks) break;
  }
  const { delivered, dropped } = listener;
  const performanceMs = listener.clock.toPerformanceMs(heard[0]!.timestampMs);
  const wallMs = performanceMs === null ? null : performanceMs + performance.timeOrigin;
  return { chunks: heard, delivered, dropped, wallMs };
}

// A Worker's, but this folder is compiled for the page.
globalThis.addEventListener('message', (event: MessageEvent<ListenTask>) => {
  void listen(event.data).then((heard) => globalThis.postMessage(heard));
});
