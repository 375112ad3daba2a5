/** Output underruns as the browser counts them: the speaker got silence for want of samples. */
export interface Underruns {
  readonly events: number;
  readonly durationMs: number;
}

// The names in Chromium now, and the ones it had before. Durations are in seconds.
interface PlaybackStats {
  readonly underrunEvents?: number;
  readonly underrunDuration?: number;
  readonly fallbackFramesEvents?: number;
  readonly fallbackFramesDuration?: number;
}

/** Reads `AudioContext.playbackStats`; null where the browser does not count underruns. */
export function readUnderruns(context: AudioContext): Underruns | null {
  const stats = (context as { readonly playbackStats?: PlaybackStats }).playbackStats;
  const events = stats?.underrunEvents ?? stats?.fallbackFramesEvents;
  const seconds = stats?.underrunDuration ?? stats?.fallbackFramesDuration;
  if (events === undefined || seconds === undefined) return null;
  return { events, durationMs: seconds * 1000 };
}
