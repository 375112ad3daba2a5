import { SoakEngine } from './soak-engine.ts';

/**
 * How long the first sample of each chunk of the voice waits until its chunk is complete, in
 * milliseconds of audio: the chunk's length, the filter's delay, and the rest of a quantum.
 */
export async function frameLatencies(options: {
  readonly bytes: BufferSource;
  readonly rateHz: number;
  readonly quantumFrames: number;
  readonly chunks: number;
}): Promise<number[]> {
  const { bytes, rateHz, quantumFrames, chunks } = options;
  const engine = await SoakEngine.start(bytes, rateHz, { frame: 0, mix: 0, voice: 0, queues: 0 });
  const listener = engine.voice.listen({ name: 'frame latency' });
  const quantum = new Float32Array(quantumFrames);
  const latencies: number[] = [];
  while (latencies.length < chunks) {
    engine.process([quantum, quantum]);
    const chunk = listener.tryRecv();
    if (chunk !== undefined) latencies.push((engine.frame * 1000) / rateHz - chunk.timestampMs);
  }
  return latencies;
}
