/** What is known of a broadcast. */

/** How a broadcast is encoded: Opus in Ogg, or MP3. */
export type StreamFormat = 'opus' | 'mp3';

/**
 * `connecting`: not on air yet. `live`: on air. `reconnecting`: it was on air, and tries to be again.
 * `rejected`: the server or the page's policy does not want it, so it does not try again. `stopped`: for
 * good.
 */
export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'rejected' | 'stopped';

/** What is behind a state, for programs. */
export type StreamCode =
  // Not yet known to be on air.
  | 'opening'
  | 'unconfirmed'
  // On air: the status page lists the mount, or it could not be asked.
  | 'confirmed'
  | 'assumed'
  // It tries again.
  | 'unreachable'
  | 'mount-taken'
  | 'closed-early'
  | 'connection-lost'
  // It does not.
  | 'wrong-password'
  | 'unknown-mount'
  | 'not-webcast'
  | 'refused'
  | 'blocked'
  // Over.
  | 'stopped'
  | 'session-closed'
  | 'encoder-failed'
  | 'worker-failed';

/** A state, and what is behind it. */
export interface StreamCondition {
  readonly state: StreamState;
  /** For programs. */
  readonly code: StreamCode;
  /** For a person: what happened and, where there is something to do, what. */
  readonly reason: string;
  /** Number of the try to connect, from 1; starts again once on air. */
  readonly attempt: number;
  /** Time until the next try; null where none is planned. */
  readonly nextTryMs: number | null;
}

/** A broadcast at a moment. All times are of sound, but for `ringToSocketMs` and `serverDelayMs`. */
export interface StreamStatus extends StreamCondition {
  /** What has left the browser, of the encoded stream. */
  readonly sentBytes: number;
  /** Sound that has left the browser. `sentMs + droppedMs + pendingMs` is `takenMs`, always. */
  readonly sentMs: number;
  /** Sound that nobody will hear: for a slow link, for no link, and what the ring lost. */
  readonly droppedMs: number;
  /** Sound that is being encoded, or waits in the socket. */
  readonly pendingMs: number;
  /** Sound of the mix since the first connection stood. */
  readonly takenMs: number;
  /** The part of `droppedMs` that the mix ring did not hold any more when the Worker came to it. */
  readonly ringDroppedMs: number;
  /** Encoded bytes that wait in the socket: what the link is behind. */
  readonly bufferedBytes: number;
  /**
   * From the moment when the first sample of a page came into the mix ring, at the earliest, to that when
   * the page went into the socket: over the last 512 pages. Null before the first one.
   */
  readonly ringToSocketMs: { readonly p50: number; readonly p95: number } | null;
  /**
   * From the mix ring to the server, estimated: `ringToSocketMs.p50`, the time that the socket's bytes
   * take, and half of the shortest round trip to the status page. A WebSocket does not say when its bytes
   * arrive, so this is no measurement; what the server and the players hold comes on top. Null without
   * a status page that answers.
   */
  readonly serverDelayMs: number | null;
  /** When the first connection stood, by `Date.now()`; null before. */
  readonly startedAtMs: number | null;
}

/** Words about what is on air. */
export interface StreamMetadata {
  readonly title?: string;
  readonly artist?: string;
}
