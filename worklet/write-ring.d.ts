/**
 * Audio thread only. Wait-free. Writes one channel of a quantum into a ring's plane.
 *
 * A channel that the input lacks is the input's last one, so mono fills every plane; no input at all
 * is silence, so that time goes on.
 *
 * @param mask Frames of the plane, a power of two, minus 1.
 * @param position Free-running, 32 bits.
 */
export declare function writeRing(plane: Float32Array, mask: number, position: number, input: readonly Float32Array[], channel: number, frames: number): void;
