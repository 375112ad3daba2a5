/** What a Worker that detects voice does, whatever computes it. */
import { BroadcastMemory } from '../../shared/broadcast-ring.ts';
import { constants } from '../../shared/layout.gen.ts';
import { ProbabilityRingWriter } from '../../shared/probability-ring.ts';
import type { ListenerData } from '../bus/follower.ts';
import { Listener } from '../bus/listener.ts';
import type { RingAddress } from '../bus/ring-address.ts';
import { type StreamDetector, GatedDetector } from './stream-detector.ts';

/** To the Worker, once: what it hears, where it writes, and the files of its detector. */
export interface VoiceOrder {
  readonly voice: ListenerData;
  readonly probabilities: RingAddress;
  readonly files: readonly ArrayBuffer[];
}

/** From the Worker: its detector is there, or it does not work. */
export type VoiceReport =
  { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly reason: string };

/** Follows the voice from the one message on that the page sends. */
export function followVoice(
  create: (files: readonly ArrayBuffer[]) => Promise<StreamDetector>,
): void {
  addEventListener('message', ({ data }: MessageEvent<VoiceOrder>) => void follow(data, create), {
    once: true,
  });
}

async function follow(
  { voice, probabilities, files }: VoiceOrder,
  create: (files: readonly ArrayBuffer[]) => Promise<StreamDetector>,
): Promise<void> {
  try {
    const detector = new GatedDetector(await create(files));
    const { buffer, byteOffset } = probabilities;
    const writer = new ProbabilityRingWriter(new BroadcastMemory(buffer, byteOffset));
    report({ kind: 'ready' });
    const listener = Listener.attach(voice);
    for await (const chunk of listener) {
      const samples = chunk.copy()?.samples;
      // Overwritten while it was read: the frames behind it tell of the gap.
      if (samples === undefined) continue;
      const beginMs = performance.now();
      const probability = await detector.detect(chunk.seq, samples);
      writer.write({ startSample: chunk.seq * constants.chunkFrames, probability });
      listener.reportInference(performance.now() - beginMs);
    }
  } catch (error) {
    report({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
}

function report(message: VoiceReport): void {
  postMessage(message);
}
