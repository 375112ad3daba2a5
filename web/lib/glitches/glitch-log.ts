import { type Glitch, type GlitchKind, glitchKinds, type NewGlitch } from './glitch.ts';

/** How many of a kind there were, and how long all of them together. */
export interface GlitchCount {
  readonly events: number;
  readonly durationMs: number;
}

/** The counts of every kind: they are of all glitches, whether the log still holds them or not. */
export type GlitchCounts = Readonly<Record<GlitchKind, GlitchCount>>;

/** Holds the newest glitches and counts all of them. */
export class GlitchLog {
  readonly #capacity: number;
  readonly #counts: Record<GlitchKind, GlitchCount>;
  #events: readonly Glitch[] = [];
  #total = 0;

  /** @param capacity How many are held. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#counts = Object.fromEntries(
      glitchKinds.map((kind) => [kind, { events: 0, durationMs: 0 }]),
    ) as Record<GlitchKind, GlitchCount>;
  }

  /** Those that are held, oldest first; never changed in place. */
  get events(): readonly Glitch[] {
    return this.#events;
  }

  /** How many there were. */
  get total(): number {
    return this.#total;
  }

  /** How many of them are not held any more. */
  get forgotten(): number {
    return this.#total - this.#events.length;
  }

  /** Of each kind. */
  get counts(): GlitchCounts {
    return { ...this.#counts };
  }

  /** Takes one in, and gives it its number. */
  add(glitch: NewGlitch): Glitch {
    const numbered: Glitch = { ...glitch, id: this.#total };
    this.#total += 1;
    this.#events = [...this.#events, numbered].slice(-this.#capacity);
    this.count(glitch.kind, 1, glitch.durationMs);
    return numbered;
  }

  /** Counts glitches that nobody saw one by one. */
  count(kind: GlitchKind, events: number, durationMs: number): void {
    const { [kind]: before } = this.#counts;
    this.#counts[kind] = {
      events: before.events + events,
      durationMs: before.durationMs + durationMs,
    };
  }
}
