/** Lowest and highest sample of each pixel column. */
export interface Envelope {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Takes the memory of an envelope; drawing then allocates nothing. */
export function makeEnvelope(columns: number): Envelope {
  return { low: new Float32Array(columns), high: new Float32Array(columns) };
}

/**
 * Where the columns lie over the newest frames.
 *
 * The columns stand on multiples of their width on the stream's own clock, so a sample stays in its
 * column while the trace moves: else the edges would shimmer.
 */
export interface ColumnGrid {
  /** Frame of the stream at which the first column begins; may have a fraction. */
  readonly startFrame: number;
  readonly framesPerColumn: number;
}

/** Lays whole columns so that the last one ends at or before `endFrame`. */
export function layColumns(endFrame: number, columns: number, framesPerColumn: number): ColumnGrid {
  const lastColumn = Math.floor(endFrame / framesPerColumn);
  return { startFrame: (lastColumn - columns) * framesPerColumn, framesPerColumn };
}

/**
 * Measures each column.
 *
 * @param samples The stream's frames from `firstFrame` on; a column outside of them is 0.
 */
export function measureColumns(
  samples: Float32Array,
  firstFrame: number,
  grid: ColumnGrid,
  envelope: Envelope,
): void {
  const offset = grid.startFrame - firstFrame;
  for (let column = 0; column < envelope.low.length; column += 1) {
    const from = Math.ceil(offset + column * grid.framesPerColumn);
    const to = Math.ceil(offset + (column + 1) * grid.framesPerColumn);
    measureColumn(samples, from, to, envelope, column);
  }
}

function measureColumn(
  samples: Float32Array,
  from: number,
  to: number,
  { low, high }: Envelope,
  column: number,
): void {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let index = Math.max(0, from); index < Math.min(to, samples.length); index += 1) {
    const sample = samples[index] ?? 0;
    if (sample < lowest) lowest = sample;
    if (sample > highest) highest = sample;
  }
  low[column] = lowest === Infinity ? 0 : lowest;
  high[column] = highest === -Infinity ? 0 : highest;
}
