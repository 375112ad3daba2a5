/** The spectrum's cursor: where it stands, and what it reads there. */
import type { Analysis, Partial } from '../../lib/index.ts';
import { aWeightingDb } from '../draw/a-weighting.ts';
import type { FrequencyAxis } from '../draw/frequency-axis.ts';
import { levelAt } from '../draw/spectrum-columns.ts';

/** What the spectrum has at a frequency. */
export interface CursorReading {
  readonly hz: number;
  readonly levelDb: number;
  /** The partial that it reads, where there is one: then the frequency is the partial's own. */
  readonly partial: Partial | null;
}

/** How levels are read. */
export interface CursorContext {
  readonly analysis: Analysis;
  readonly sampleRate: number;
  readonly weighted: boolean;
  /** What is fainter is not shown, and not held on to. */
  readonly floorDb: number;
}

/** Moves along the axis, and holds on to partials that are near. */
export class SpectrumCursor {
  #pinned: number | null = null;
  #hover: number | null = null;

  /** Where it stands, from 0 to 1; null: it follows the strongest partial. */
  get position(): number | null {
    return this.#hover ?? this.#pinned;
  }

  /** Puts it where it stays. */
  pin(position: number | null): void {
    this.#pinned = limited(position);
    this.#hover = null;
  }

  /** Puts it where the pointer is; null: back to where it stays. */
  hover(position: number | null): void {
    this.#hover = limited(position);
  }

  /** Jumps to the next partial above (+1) or below (-1). */
  jump(direction: 1 | -1, axis: FrequencyAxis, context: CursorContext): void {
    const here = this.position ?? (direction === 1 ? 0 : 1);
    const places = shownPartials(axis, context).map(({ frequencyHz }) =>
      axis.position(frequencyHz),
    );
    const ahead = places.filter((place) => (place - here) * direction > stillHere);
    const next = direction === 1 ? Math.min(...ahead) : Math.max(...ahead);
    if (ahead.length > 0) this.pin(next);
  }

  /**
   * Reads the level there.
   *
   * @param reach How near a partial must be, as a part of the axis.
   */
  read(axis: FrequencyAxis, reach: number, context: CursorContext): CursorReading | null {
    const { analysis } = context;
    const { position } = this;
    const shown = shownPartials(axis, context);
    if (position === null) return strongest(shown, context);
    const near = shown.filter(
      ({ frequencyHz }) => Math.abs(axis.position(frequencyHz) - position) <= reach,
    );
    if (near.length > 0) return readingOf(loudestOf(near), context);
    const hz = axis.hz(position);
    const binHz = context.sampleRate / 2 / (analysis.levelsDb.length - 1);
    const levelDb = levelAt(analysis.levelsDb, hz / binHz) + weightDb(hz, context);
    return { hz, levelDb, partial: null };
  }
}

// What is within this of the cursor is where it stands already.
const stillHere = 1e-4;

/** Partials on the axis that are as loud as its floor. */
function shownPartials(axis: FrequencyAxis, context: CursorContext): Partial[] {
  return context.analysis.partials.filter(
    ({ frequencyHz, levelDbfs }) =>
      frequencyHz >= axis.minHz &&
      frequencyHz <= axis.maxHz &&
      levelDbfs + weightDb(frequencyHz, context) >= context.floorDb,
  );
}

function limited(position: number | null): number | null {
  return position === null ? null : Math.min(1, Math.max(0, position));
}

function strongest(shown: readonly Partial[], context: CursorContext): CursorReading | null {
  return shown.length === 0 ? null : readingOf(loudestOf(shown), context);
}

function loudestOf(partials: readonly Partial[]): Partial | null {
  let loudest: Partial | null = null;
  for (const partial of partials) {
    if (loudest === null || partial.levelDbfs > loudest.levelDbfs) loudest = partial;
  }
  return loudest;
}

function readingOf(partial: Partial | null, context: CursorContext): CursorReading | null {
  if (partial === null) return null;
  const { frequencyHz: hz, levelDbfs } = partial;
  return { hz, levelDb: levelDbfs + weightDb(hz, context), partial };
}

function weightDb(hz: number, { weighted }: CursorContext): number {
  return weighted ? aWeightingDb(hz) : 0;
}
