import type { Session } from '../lib/index.ts';

declare global {
  /**
   * The page's session, for the console and for tests.
   *
   * ```js
   * quanta.telemetry.snapshot().quantaPerSec
   * quanta.scope.latest(0, new Float32Array(1024))
   * ```
   *
   * It is there from the moment the engine runs until Stop, and undefined the rest of the time, so a
   * closed session is never reachable here. The page goes on driving it: closing it here is the same
   * as pressing Stop.
   */
  // Only `var` puts a name on globalThis.
  var quanta: Session | undefined;
}

/** Shows the session on the console, or takes it away. */
export function exposeSession(session: Session | undefined): void {
  globalThis.quanta = session;
}
