import { Emitter } from './emitter.ts';

/**
 * `idle`: ready, no source. `starting`: a source is being opened. `running`: the audio clock runs and
 * a source is connected. `suspended`: the browser holds the audio clock. `failed`: the source or the
 * processor was lost; a new capture may heal it. `stopped`: closed for good.
 */
export type SessionState = 'idle' | 'starting' | 'running' | 'suspended' | 'failed' | 'stopped';

/** Why the session is in its state. */
export type SessionReason =
  | 'created'
  | 'source-requested'
  | 'source-open'
  | 'source-refused'
  | 'source-closed'
  | 'source-ended'
  | 'source-lost'
  | 'needs-gesture'
  | 'interrupted'
  | 'resumed'
  | 'processor-failed'
  | 'context-failed'
  | 'closed';

/** A state, its reason, and the error behind it if there is one. */
export interface SessionStatus {
  readonly state: SessionState;
  readonly reason: SessionReason;
  readonly error: Error | null;
}

const nextStates: Readonly<Record<SessionState, readonly SessionState[]>> = {
  idle: ['starting', 'failed', 'stopped'],
  starting: ['starting', 'idle', 'running', 'suspended', 'failed', 'stopped'],
  running: ['starting', 'idle', 'suspended', 'failed', 'stopped'],
  suspended: ['starting', 'idle', 'running', 'failed', 'stopped'],
  failed: ['starting', 'idle', 'failed', 'stopped'],
  stopped: [],
};

/** The session's state machine: the one place where the state changes. */
export class Lifecycle extends Emitter<{ status: SessionStatus }> {
  #status: SessionStatus = { state: 'idle', reason: 'created', error: null };

  /** The state now. */
  get status(): SessionStatus {
    return this.#status;
  }

  /** Enters a state, if it may follow the present one; a stopped session stays stopped. */
  enter(state: SessionState, reason: SessionReason, error: Error | null = null): boolean {
    if (!nextStates[this.#status.state].includes(state)) return false;
    this.#status = { state, reason, error };
    this.emit('status', this.#status);
    return true;
  }
}
