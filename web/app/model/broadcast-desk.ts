/** What the Broadcast view shows and drives. It knows nothing of how sound is sent. */
import type { DelayHistory } from './delay-history.ts';
import type { Failure } from './failure.ts';
import type { Store } from './store.ts';

/** How the sound is coded. */
export type BroadcastFormat = 'opus' | 'mp3';

/** What a person chooses. The password is not among it: it is kept nowhere. */
export interface BroadcastSettings {
  /** Of the server's mount: a path of the page's own server, or `ws://`, `wss://`. */
  readonly url: string;
  readonly user: string;
  readonly format: BroadcastFormat;
  readonly bitrateKbps: number;
  readonly title: string;
  readonly artist: string;
}

/** A format, and whether this browser can send it. */
export interface BroadcastFormatChoice {
  readonly format: BroadcastFormat;
  readonly isSupported: boolean;
  /** Why not, or empty. */
  readonly reason: string;
}

/** `idle`: nothing was sent yet. `rejected`: the server does not want it, and it is not tried again. */
export type BroadcastPhase =
  'idle' | 'connecting' | 'live' | 'reconnecting' | 'rejected' | 'stopped';

/** How it goes. */
export interface BroadcastStatus {
  readonly phase: BroadcastPhase;
  /** In words for a person; may be empty. Parts of it may come from the server: untrusted text. */
  readonly reason: string;
  /** Of the tries to connect again, from 1; 0: none. */
  readonly attempt: number;
  /** On the page's clock; null: nothing is waited for. */
  readonly nextTryAtMs: number | null;
  readonly sentBytes: number;
  /** Sound that has left the browser. */
  readonly sentMs: number;
  /** Sound that waits to be sent. */
  readonly waitingMs: number;
  /** Coded sound that waits in the socket. */
  readonly waitingBytes: number;
  /** Sound that nobody got. */
  readonly droppedMs: number;
  /** From the mix to the socket; null: not measured yet. */
  readonly ringToSocketMs: { readonly p50: number; readonly p95: number } | null;
  /** From the mix to the server, estimated; null: not known. */
  readonly serverDelayMs: number | null;
  /** Milliseconds since 1970; null: it never was live. */
  readonly liveSinceMs: number | null;
}

/** What the view shows. */
export interface BroadcastState {
  readonly settings: BroadcastSettings;
  /** Whether there is sound to send. */
  readonly isReady: boolean;
  /** Null: not yet known. */
  readonly formats: readonly BroadcastFormatChoice[] | null;
  readonly status: BroadcastStatus;
  /** Whether the server was told title and artist as they are. */
  readonly isTold: boolean;
  /** What does not work. */
  readonly notice: Failure | null;
}

/** What sends. Nothing of it rejects: what fails is in the state. */
export interface BroadcastDesk {
  readonly store: Store<BroadcastState>;
  /** How the delays went of late. */
  readonly history: DelayHistory;
  /** Connects and sends. @param password Is handed on and not kept. */
  start(password: string): Promise<void>;
  stop(): Promise<void>;
  /** Changes what was chosen; title and artist wait for `tell`. */
  change(patch: Partial<BroadcastSettings>): void;
  /** Tells the server title and artist. */
  tell(): void;
  /** Forgets the notice. */
  dismiss(): void;
}
