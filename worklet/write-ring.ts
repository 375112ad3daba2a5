/**
 * Audio thread only. Wait-free. Writes one channel of a quantum into a ring's plane.
 *
 * A channel that the input lacks is the input's last one, so mono fills every plane; no input at all
 * is silence, so that time goes on.
 *
 * @param mask Frames of the plane, a power of two, minus 1.
 * @param position Free-running, 32 bits.
 */
export function writeRing(
  plane: Float32Array,
  mask: number,
  position: number,
  input: readonly Float32Array[],
  channel: number,
  frames: number,
): void {
  const source = input[Math.min(channel, input.length - 1)];
  const start = position & mask;
  if (source === undefined) {
    for (let i = 0; i < frames; i += 1) plane[(start + i) & mask] = 0;
  } else if (start + frames <= plane.length) {
    plane.set(source, start);
  } else {
    for (let i = 0; i < frames; i += 1) plane[(start + i) & mask] = source[i]!;
  }
}
