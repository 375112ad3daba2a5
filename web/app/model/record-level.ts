/** How loud a recording is. */
import { type MeterReading, toDb } from '../../lib/index.ts';
import type { RecordLevel, WaveOverview } from './record-desk.ts';

/** The louder channel's, as the mixer's meters have it. */
export function levelOfMeters(reading: MeterReading): RecordLevel {
  return {
    peakDb: toDb(Math.max(reading.peakLeft, reading.peakRight)),
    rmsDb: toDb(Math.max(reading.rmsLeft, reading.rmsRight)),
  };
}

const newestFrames = 16_384;

/** The peak of what was recorded last; null: nothing was yet. */
export function levelOfColumns({
  framesPerColumn,
  minima,
  maxima,
}: WaveOverview): RecordLevel | null {
  const end = Math.min(minima.length, maxima.length);
  if (end === 0) return null;
  const from = Math.max(0, end - Math.ceil(newestFrames / framesPerColumn));
  let peak = 0;
  for (let column = from; column < end; column += 1) {
    peak = Math.max(peak, -(minima[column] ?? 0), maxima[column] ?? 0);
  }
  return { peakDb: toDb(peak), rmsDb: null };
}
