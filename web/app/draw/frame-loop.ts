import type { Session, TelemetrySnapshot } from '../../lib/index.ts';

/** What the views are handed on each frame. */
export interface Frame {
  readonly session: Session;
  readonly snapshot: TelemetrySnapshot;
  /** On the page's clock. */
  readonly nowMs: number;
  /** Whether it is time to change the text: figures that change at display rate cannot be read. */
  readonly text: boolean;
}

/** Draws a frame. */
export type Painter = (frame: Frame) => void;

const textIntervalMs = 100;
// For people who asked for less motion: figures and traces change, nothing glides.
const calmIntervalMs = 500;

/** The page's one drawing loop: one look at the telemetry per frame, none while the page is hidden. */
export class FrameLoop {
  readonly #painters = new Set<Painter>();
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #session: Session | null = null;
  #request = 0;
  #drawnMs = -Infinity;
  #textMs = -Infinity;

  constructor() {
    document.addEventListener('visibilitychange', () => this.#schedule());
  }

  /** Draws with the painter until the signal aborts. */
  add(painter: Painter, signal: AbortSignal): void {
    this.#painters.add(painter);
    signal.addEventListener('abort', () => this.#painters.delete(painter));
  }

  /** The session to draw; null rests. */
  set session(session: Session | null) {
    this.#session = session;
    this.#drawnMs = -Infinity;
    this.#textMs = -Infinity;
    this.#schedule();
  }

  #schedule(): void {
    cancelAnimationFrame(this.#request);
    if (this.#session === null || document.hidden) return;
    this.#request = requestAnimationFrame((nowMs) => {
      this.#draw(nowMs);
      this.#schedule();
    });
  }

  #draw(nowMs: number): void {
    if (this.#session === null || nowMs - this.#drawnMs < this.#intervalMs) return;
    this.#drawnMs = nowMs;
    const text = nowMs - this.#textMs >= textIntervalMs;
    if (text) this.#textMs = nowMs;
    const snapshot = this.#session.telemetry.snapshot();
    const frame: Frame = { session: this.#session, snapshot, nowMs, text };
    for (const paint of this.#painters) paint(frame);
  }

  get #intervalMs(): number {
    return this.#calm.matches ? calmIntervalMs : 0;
  }
}
