/** The part of the composition that keeps a session going when its source, clock or processor stops. */
import type { CaptureEnd, CaptureSource } from './capture/source.ts';
import type { InputSource, SourceRack } from './capture/source-rack.ts';
import { CaptureError } from './errors.ts';
import { fetchEngine } from './host/assets.ts';
import type { Monitor } from './host/monitor.ts';
import type { ProcessorNode } from './host/processor-node.ts';
import type { Lifecycle } from './lifecycle.ts';
import { captureLost, contextFailed } from './session-errors.ts';
import type { SourceState } from './source-state.ts';
import type { Recoveries, Watchdog } from './watchdog/watchdog.ts';

/** What of a session is guarded. */
export interface GuardedSession {
  readonly context: AudioContext;
  readonly rack: SourceRack;
  readonly processor: ProcessorNode;
  readonly monitor: Monitor;
  readonly state: SourceState;
  readonly lifecycle: Lifecycle;
  /** Of the engine. */
  readonly engineUrl: string | URL;
  readonly resume: () => Promise<void>;
  readonly capture: (source: CaptureSource, input: number) => Promise<unknown>;
}

/** Hands what stops to the watchdog; what that cannot bring back, ends the session's run. */
export class SessionGuard implements Recoveries {
  /** Whether the audio clock is held on purpose. */
  held = false;
  readonly #session: GuardedSession;

  constructor(session: GuardedSession) {
    this.#session = session;
  }

  /** Begins to listen. @param signal Ends it. */
  start(watchdog: Watchdog, signal: AbortSignal): void {
    const { context, rack, processor } = this.#session;
    rack.on('end', ({ source, end }) => void this.#endSource(watchdog, source, end));
    processor.on('failed', (error) => void this.#loseProcessor(watchdog, error), { signal });
    context.addEventListener('statechange', () => void this.#followContext(watchdog), {
      signal,
    });
    context.addEventListener('error', () => this.#fail('context-failed', contextFailed()), {
      signal,
    });
  }

  /** Lets the audio clock go on. @throws SessionError `resume-timeout`. */
  resume(): Promise<void> {
    return this.#session.resume();
  }

  /** Opens an input's device again, if that asks nobody. @throws CaptureError */
  async reopen(input: number): Promise<void> {
    const { rack, capture } = this.#session;
    const source = rack.sources[input] ?? null;
    const origin = await originOf(source);
    try {
      await capture(origin, input);
    } catch (error) {
      this.#loseSource(source?.label ?? '');
      throw error;
    }
  }

  /** Puts a new processor into the graph in place of one that threw. @throws SessionError */
  async rebuild(): Promise<void> {
    const { processor, monitor, rack, engineUrl } = this.#session;
    await processor.rebuild(await fetchEngine(engineUrl, undefined));
    monitor.listenTo(processor.node);
    rack.moveTo(processor.node);
  }

  // A clock that goes on at once was never suspended, as far as the session's state is concerned.
  async #followContext(watchdog: Watchdog): Promise<void> {
    const { context, state, lifecycle } = this.#session;
    if (context.state === 'running') watchdog.endSuspension();
    else if (!this.held && lifecycle.status.state === 'running') await watchdog.replaceClock();
    state.followContext();
  }

  async #loseProcessor(watchdog: Watchdog, error: Error): Promise<void> {
    if (!(await watchdog.replaceProcessor())) this.#fail('processor-failed', error);
  }

  async #endSource(watchdog: Watchdog, source: InputSource, end: CaptureEnd): Promise<void> {
    if (end === 'lost' && (await watchdog.replaceTrack(source.input))) return;
    source.close();
    if (end === 'ended') this.#session.state.leave('source-ended');
    else this.#loseSource(source.label);
  }

  // A source that is lost ends the session's run only when it was the last one: its own `end` tells.
  #loseSource(label: string): void {
    if (this.#session.rack.open.length === 0) this.#fail('source-lost', captureLost(label));
  }

  #fail(reason: 'source-lost' | 'processor-failed' | 'context-failed', error: Error): void {
    this.#session.lifecycle.enter('failed', reason, error);
  }
}

async function originOf(source: InputSource | null): Promise<CaptureSource> {
  const { state } = await navigator.permissions.query({ name: 'microphone' });
  if (source === null || source.kind === 'push' || state !== 'granted') throw mustAsk();
  return source.origin;
}

function mustAsk(): CaptureError {
  return new CaptureError(
    'permission-denied',
    'The browser would have to ask for the microphone again.',
    'Choose it anew.',
  );
}
