import { DeadlineView, deadlineOffset } from '../../shared/deadline-view.ts';
import { telemetryBytes } from '../../shared/layout.gen.ts';
import type { EngineMemory, EngineReport } from '../../shared/messages.ts';
import { TelemetryView } from '../../shared/telemetry-view.ts';

/** What the page reads of the engine that runs now, in shared memory or in the page's copy of it. */
export class EngineViews {
  readonly #memory: EngineMemory | null;
  readonly #copy: ArrayBuffer | null;
  #telemetry: TelemetryView | undefined;
  #deadline: DeadlineView | undefined;

  /** @param copy Without shared memory: the telemetry, then the deadline meter. */
  constructor(memory: EngineMemory | null, copy: ArrayBuffer | null) {
    this.#memory = memory;
    this.#copy = copy;
  }

  /** The telemetry; undefined without an engine. */
  get telemetry(): TelemetryView | undefined {
    return this.#telemetry;
  }

  /** The deadline meter; undefined without an engine. */
  get deadline(): DeadlineView | undefined {
    return this.#deadline;
  }

  /** Another engine runs, or none. */
  follow({ engine, telemetryOffset }: EngineReport): void {
    const buffer = this.#memory?.buffer ?? this.#copy;
    this.#telemetry = undefined;
    this.#deadline = undefined;
    if (engine === 'none' || buffer === null) return;
    const shared = this.#memory !== null;
    this.#telemetry = new TelemetryView(buffer, shared ? telemetryOffset : 0);
    this.#deadline = new DeadlineView(buffer, shared ? deadlineOffset(buffer) : telemetryBytes);
  }
}
