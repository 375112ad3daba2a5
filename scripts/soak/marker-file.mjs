// @ts-check
// The file that the fake microphone plays.
import { WavWriter } from '../quanta/wav/writer.mjs';
import { MARKER_RATE_HZ, markerSigns, PEAK } from './markers.mjs';

/** @param {string} path */
export async function writeMarkerFile(path) {
  const signs = markerSigns();
  const samples = new Float32Array(2 * signs.length);
  signs.forEach((sign, index) => {
    samples[2 * index] = PEAK * sign;
    samples[2 * index + 1] = (PEAK / 2) * sign;
  });
  const content = { rateHz: MARKER_RATE_HZ, channels: 2, channelMask: 3, frames: signs.length };
  const writer = await WavWriter.create(path, content);
  await writer.write(new Uint8Array(samples.buffer));
  await writer.finish();
}
