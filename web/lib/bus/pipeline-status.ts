import type { BroadcastMemory } from '../../shared/broadcast-ring.ts';
import type { ListenerRow, ListenerTable } from '../../shared/listener-table.ts';

/**
 * One listener, wherever it runs. The parts of its latency stand side by side and are not added up:
 * a sample waits `frameMs` at most for its chunk to be full (of a session's voice: and for the delay of
 * the filter and the rest of a quantum, about 5 ms), the chunk waits `handOffMs` at most to be seen, and
 * the consumer works on it for `inferenceTimeMs`.
 */
export interface PipelineStatus {
  readonly name: string;
  /** Grows when another thread takes the listener over. */
  readonly epoch: number;
  /** Distance to the writer: how much audio is published and unread. It grows when a thread hangs. */
  readonly audioLagMs: number;
  /** What the consumer reported of its last work; null before it did. */
  readonly inferenceTimeMs: number | null;
  /** At most so long the last chunk that was waited for waited to be seen; null at first. */
  readonly handOffMs: number | null;
  /** Length of a chunk; of a frame, for listeners of the mix. */
  readonly frameMs: number;
  /** Chunks handed out; frames, for listeners of the mix. */
  readonly deliveredChunks: number;
  /** Lost or passed over, whether the listener has noticed yet or not. */
  readonly droppedChunks: number;
  /** Published, and neither delivered nor dropped yet. */
  readonly pendingChunks: number;
}

/** The listeners of a ring. */
export function pipelineOf(memory: BroadcastMemory, table: ListenerTable): PipelineStatus[] {
  const decoder = new TextDecoder();
  const rows = table.rows();
  // After the rows, so that no position lies ahead of it.
  const published = memory.published();
  return rows.map((row) => statusOf(row, decoder.decode(row.name), published, memory));
}

function statusOf(
  row: ListenerRow,
  name: string,
  published: number,
  memory: BroadcastMemory,
): PipelineStatus {
  const { capacity, slotFrames, rateHz } = memory.shape;
  const frameMs = (slotFrames * 1000) / rateHz;
  const unread = published - row.position;
  const lost = Math.max(0, unread - capacity);
  return {
    name,
    epoch: row.epoch,
    audioLagMs: unread * frameMs,
    inferenceTimeMs: row.inferenceMs,
    handOffMs: row.handOffMs,
    frameMs,
    deliveredChunks: row.delivered,
    droppedChunks: row.dropped + lost,
    pendingChunks: unread - lost,
  };
}
