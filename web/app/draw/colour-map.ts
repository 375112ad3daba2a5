/** The waterfall's colours: from the panel's own colour, for nothing, to what stands out most from it. */

type Rgb = readonly [red: number, green: number, blue: number];

/** Steps of a colour map. */
export const colourSteps = 256;

// Brightness rises all the way on dark panels and falls on light ones, so that the order of levels is
// seen without telling hues apart.
const darkStops: readonly Rgb[] = [
  [11, 14, 18],
  [20, 38, 74],
  [24, 84, 116],
  [46, 148, 142],
  [122, 205, 122],
  [240, 232, 130],
  [255, 253, 240],
];

const lightStops: readonly Rgb[] = [
  [250, 251, 252],
  [205, 231, 228],
  [126, 197, 196],
  [42, 148, 163],
  [28, 96, 143],
  [40, 46, 108],
  [26, 8, 44],
];

/** The colours by level, as the bytes of an ImageData's pixels. */
export function colourMap(dark: boolean): Uint8ClampedArray<ArrayBuffer> {
  const stops = dark ? darkStops : lightStops;
  const bytes = new Uint8ClampedArray(colourSteps * 4);
  for (let step = 0; step < colourSteps; step += 1) {
    bytes.set([...colourAt(stops, step / (colourSteps - 1)), 255], step * 4);
  }
  return bytes;
}

/** Which colour a level has: the floor and below the first one, the top and above the last one. */
export function colourIndex(levelDb: number, floorDb: number, topDb: number): number {
  const share = (levelDb - floorDb) / (topDb - floorDb);
  return Math.round(Math.min(1, Math.max(0, share)) * (colourSteps - 1));
}

function colourAt(stops: readonly Rgb[], share: number): number[] {
  const at = share * (stops.length - 1);
  const from = Math.min(stops.length - 2, Math.floor(at));
  const low = stops[from] ?? [0, 0, 0];
  const high = stops[from + 1] ?? low;
  return low.map((value, channel) => value + (at - from) * ((high[channel] ?? value) - value));
}
