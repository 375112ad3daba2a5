/** What a clock on the audio thread has to do. */

/** The reading is not sound: the clock went backwards, or stood still. */
export const refused = -1;

/** Reads the time round a quantum. */
export interface QuantumClock {
  /** See `deadlineClock` in the layout. */
  readonly kind: number;
  /** From one reading to the next larger one, in nanoseconds. */
  readonly stepNs: number;
  /** Whether the browser moves each step at random. */
  readonly jittered: boolean;
  /** Reads the time before the quantum. */
  begin(): void;
  /** @returns Nanoseconds since `begin`, or `refused`. */
  end(): number;
}
