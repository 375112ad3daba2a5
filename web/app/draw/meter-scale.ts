/** The meters' scale: even steps of decibels, with silence at the left end. */
export const meterFloorDb = -60;

/** Levels that the scale names. */
export const meterMarksDb = [-60, -48, -36, -24, -12, 0] as const;

/** Where a level stands on the meter: 0 at the floor and below, 1 at full scale and above. */
export function meterPosition(db: number): number {
  return Math.min(1, Math.max(0, 1 - db / meterFloorDb));
}
