// @ts-check
// A file as the voice ring would have it: the mean of its channels at 16 kHz.
import { layoutConstant } from '../../lib/engine-module.mjs';
import { OfflineEngine } from '../engine.mjs';

/** Samples per second. */
export const VOICE_HZ = layoutConstant('chunkRateHz');

/**
 * @param {import('./describe.mjs').AudioFile} reader
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ samples: Float32Array, badSamples: number }>}
 */
export async function readVoice(reader, signal) {
  const engine = await OfflineEngine.load();
  const { channels } = reader.format;
  const { frames, blocks } = engine.resample(reader, VOICE_HZ, signal);
  const samples = new Float32Array(frames);
  let at = 0;
  for await (const { buffer, byteOffset, byteLength } of blocks()) {
    const floats = new Float32Array(buffer, byteOffset, byteLength / samples.BYTES_PER_ELEMENT);
    for (let first = 0; first < floats.length; first += channels, at += 1) {
      const frame = floats.subarray(first, first + channels);
      samples[at] = frame.reduce((sum, sample) => sum + sample, 0) / channels;
    }
  }
  return { samples, badSamples: engine.badSamples };
}
