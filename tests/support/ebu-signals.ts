/** The test signals of EBU Tech 3341 and 3342, from their definitions. */

/** A stretch of time at one level: peak of the sine in dBFS. */
export type Segment = readonly [seconds: number, levelDb: number];

const FREQUENCY_HZ = 1000;

const gain = (db: number) => 10 ** (db / 20);

/** Ten periods fit every rate that divides by 100. */
function periods(rateHz: number): Float64Array {
  const frames = (10 * rateHz) / FREQUENCY_HZ;
  return Float64Array.from({ length: frames }, (_, i) => Math.sin((20 * Math.PI * i) / frames));
}

/** A sine of 1000 Hz that changes its level. */
export function segments(list: readonly Segment[], rateHz: number): Float32Array {
  const ends: number[] = [];
  for (const [seconds] of list) ends.push((ends.at(-1) ?? 0) + seconds);
  const out = new Float32Array(Math.round(ends.at(-1)! * rateHz));
  const sine = periods(rateHz);
  let frame = 0;
  list.forEach(([, levelDb], i) => {
    const end = Math.round(ends[i]! * rateHz);
    for (; frame < end; frame += 1) out[frame] = gain(levelDb) * sine[frame % sine.length]!;
  });
  return out;
}

/** A sine with tapered ends. @param cycles per frame @param phase in degrees */
export function tapered(amplitude: number, cycles: number, phase: number): Float32Array {
  const [frames, taper] = [24000, 4800];
  return Float32Array.from({ length: frames }, (_, i) => {
    const fade = Math.min(1, i / taper, (frames - 1 - i) / taper);
    return fade * amplitude * Math.sin(2 * Math.PI * (cycles * i + phase / 360));
  });
}
