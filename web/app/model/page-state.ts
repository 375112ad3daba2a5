/** Everything that the views show, apart from the figures of the frame. */
import type { EngineReport, MicrophoneInfo, Session } from '../../lib/index.ts';
import type { Failure } from './failure.ts';
import type { OfflineState } from './offline-words.ts';
import type { Setup } from './setup.ts';

/**
 * `ready`: nothing runs. `starting`: on the way to the first sound. `running`: quanta arrive.
 * `switching`: they do, and another source is being opened. `suspended`: the browser holds the audio
 * clock. `failed`: `failure` says why.
 */
export type Phase = 'ready' | 'starting' | 'running' | 'switching' | 'suspended' | 'failed';

/** What a start waits for: the engine, or the source and the person who allows it. */
export type StartStep = 'engine' | 'source';

/** Whether there is something to measure: figures of a session that waits for its source say nothing. */
export function isMeasuring({ session, phase }: PageState): boolean {
  return session !== null && phase !== 'starting';
}

/** The page's state. */
export interface PageState {
  readonly phase: Phase;
  readonly step: StartStep;
  readonly setup: Setup;
  readonly file: File | null;
  readonly microphones: readonly MicrophoneInfo[];
  /** Open from the moment the engine runs until Stop. */
  readonly session: Session | null;
  /** Null while there is no session. */
  readonly engine: EngineReport | null;
  /** Label of the open source, or empty. Untrusted text. */
  readonly sourceLabel: string;
  readonly failure: Failure | null;
  readonly offline: OfflineState;
}
