/** The sine that fits samples best (least squares, known frequency), and what it leaves over. */
export interface SineFit {
  readonly amplitude: number;
  /** At sample 0, in radians: the sine is `amplitude * sin(omega * i + phase)`. */
  readonly phase: number;
  /** RMS of what is not that sine. */
  readonly residual: number;
}

export function fitSine(
  samples: ArrayLike<number>,
  frequencyHz: number,
  sampleRate: number,
): SineFit {
  const omega = (2 * Math.PI * frequencyHz) / sampleRate;
  let [cc, ss, cs, xc, xs] = [0, 0, 0, 0, 0];
  for (let i = 0; i < samples.length; i += 1) {
    const [c, s, x] = [Math.cos(omega * i), Math.sin(omega * i), samples[i]!];
    cc += c * c;
    ss += s * s;
    cs += c * s;
    xc += x * c;
    xs += x * s;
  }
  const determinant = cc * ss - cs * cs;
  const a = (xc * ss - xs * cs) / determinant;
  const b = (xs * cc - xc * cs) / determinant;
  let power = 0;
  for (let i = 0; i < samples.length; i += 1) {
    power += (samples[i]! - a * Math.cos(omega * i) - b * Math.sin(omega * i)) ** 2;
  }
  const residual = Math.sqrt(power / samples.length);
  return { amplitude: Math.hypot(a, b), phase: Math.atan2(a, b), residual };
}
