/** What turns sound into the bytes of a take's file. Worker only. */

/** One per take. Calls do not overlap: each is waited for. */
export interface TakeEncoder {
  /** Takes the next frames. @param planes One per channel; used until the call has ended. */
  write(planes: readonly Float32Array[], frames: number): void | Promise<void>;
  /**
   * Makes the file readable as far as it has come; called some times a second.
   * @returns Frames that are in the file as it is now: the rest is still in the encoder.
   */
  checkpoint(): number;
  /** Writes what is left. The file stays open. */
  finish(): void | Promise<void>;
}

/** What is to be encoded. */
export interface EncoderTask {
  readonly channels: number;
  readonly sampleRate: number;
  /** Of the lossy formats. */
  readonly bitrateKbps: number;
  /** Of 16-bit samples. */
  readonly dither: 'triangular' | 'none';
}
