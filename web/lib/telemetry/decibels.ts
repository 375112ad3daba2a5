/** Level in dBFS of a linear magnitude; -Infinity for silence. */
export function toDb(linear: number): number {
  return 20 * Math.log10(linear);
}
