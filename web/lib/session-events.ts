/** What a session tells, and how its sources are opened. */
import type { EngineReport } from '../shared/messages.ts';
import type { SessionStatus } from './lifecycle.ts';

/** What a session tells: its state changed, its engine changed. */
export interface SessionEvents {
  readonly status: SessionStatus;
  readonly engine: EngineReport;
}

/** How a source is opened. */
export interface CaptureOptions {
  /** The input of the mixer that it feeds, 0 to 7; the source that is there is closed. Default 0. */
  readonly input?: number;
  /** Gives the source up while it is being opened. */
  readonly signal?: AbortSignal;
}
