/** Where the Worker takes sound from. */

/** What comes next: sound of every take, or frames that nobody read in time; null: nothing yet. */
export type SoundPiece =
  | {
      readonly kind: 'sound';
      readonly frames: number;
      /** By take, by channel: used until the next read. */
      readonly takes: readonly (readonly Float32Array[])[];
    }
  | { readonly kind: 'lost'; readonly frames: number }
  | null;

/** Sound in its order, without gaps that are not declared. */
export interface SoundSource {
  /** Number of the next frame, on the mix. */
  readonly position: number;
  /**
   * Waits until so many frames are there, or until the signal aborts.
   * @returns False when no more will come, because the session has ended.
   */
  ready(frames: number, signal: AbortSignal): Promise<boolean>;
  /** The next frames: some, at most `maxFrames`. */
  read(maxFrames: number): SoundPiece;
  close(): void;
}

/** Frames that are read at a time. */
export const blockFrames = 4096;
