/** Which frequencies a browser's oscillator plays as they are asked for. */

/**
 * What Chromium's OscillatorNode plays, in hertz. The frequency is a 32-bit float, as the standard has
 * it; and so is the step through its table, frequency times table length over rate, which is what adds
 * up from frame to frame. The table's length is a power of two and rounds nothing.
 */
export function playedHz(hz: number, sampleRate: number): number {
  return Math.fround(Math.fround(hz) * Math.fround(1 / sampleRate)) * sampleRate;
}

// Among so many neighbours there is one whose step is as good as exact.
const neighbours = 512;

/** The 32-bit float near a frequency that the oscillator's own rounding moves least. */
export function steadyHz(hz: number, sampleRate: number): number {
  const spacing = 2 ** (Math.floor(Math.log2(hz)) - 23);
  let best = Math.fround(hz);
  let least = Infinity;
  for (let i = -neighbours; i <= neighbours; i += 1) {
    const candidate = Math.fround(hz + i * spacing);
    const off = Math.abs(playedHz(candidate, sampleRate) - candidate);
    if (off >= least) continue;
    best = candidate;
    least = off;
  }
  return best;
}
