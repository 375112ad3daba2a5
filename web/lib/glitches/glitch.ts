/** What can go wrong, each with its time. */

interface GlitchTime {
  /** Counts from 0 on in the order of finding, which is not always the order of the times. */
  readonly id: number;
  /** Its begin on the audio clock (frames divided by the rate); null before that clock was read. */
  readonly audioMs: number | null;
  /** Its begin on the page's `performance.now()`. */
  readonly pageMs: number;
  /** It may have begun so much earlier; 0 where the begin is known to the frame. */
  readonly earlierMs: number;
  /** How much audio it cost, or how long it took. */
  readonly durationMs: number;
}

/** The audio clock passed these frames without a call of the processor. */
export interface MissedQuanta extends GlitchTime {
  readonly kind: 'missed-quanta';
  readonly frame: number;
  readonly frames: number;
}

/** An input had nothing for some quanta in the middle of its sound: no channel, or zeros. */
export interface InputGap extends GlitchTime {
  readonly kind: 'input-gap';
  readonly input: number;
  readonly frame: number;
  readonly frames: number;
  /** A device that mutes itself between words sends zeros as well. */
  readonly what: 'absent' | 'zeros';
}

/** The output ran dry, as the browser counts it. */
export interface OutputUnderrun extends GlitchTime {
  readonly kind: 'underrun';
  readonly events: number;
}

/** The device delivered audio and the browser dropped it before the processor. */
export interface CaptureLossGlitch extends GlitchTime {
  readonly kind: 'capture-loss';
}

/** Quanta took longer than their time, among those that were measured. */
export interface OverBudget extends GlitchTime {
  readonly kind: 'over-budget';
  readonly quanta: number;
}

/** The page's main thread was busy. */
export interface LongTask extends GlitchTime {
  readonly kind: 'long-task';
  /** Who found it: where the browser has none of them, there are no such glitches. */
  readonly source: 'long-animation-frame' | 'longtask';
  /** What ran longest in it, as far as the browser tells. Untrusted text; may be empty. */
  readonly invoker: string;
}

/** The browser's audio clock jumped against the page's; positive: it fell behind. */
export interface ClockStepGlitch extends GlitchTime {
  readonly kind: 'clock-step';
  readonly stepMs: number;
}

/** The engine was replaced by its other form, or lost. */
export interface EngineChange extends GlitchTime {
  readonly kind: 'engine-change';
  /** A `FallbackReason`. */
  readonly reason: string;
}

/** The capture stopped or fell silent: told when it is over, or when it was given up. */
export interface CaptureFaultGlitch extends GlitchTime {
  readonly kind: 'capture-fault';
  /** A `CaptureFaultKind`. */
  readonly fault: string;
  /** Null: all inputs. */
  readonly input: number | null;
}

/** Everything that the log holds. */
export type Glitch =
  | MissedQuanta
  | InputGap
  | OutputUnderrun
  | CaptureLossGlitch
  | OverBudget
  | LongTask
  | ClockStepGlitch
  | EngineChange
  | CaptureFaultGlitch;

/** The kinds of glitches. */
export type GlitchKind = Glitch['kind'];

/** Every kind, in the order in which a page may show them. */
export const glitchKinds: readonly GlitchKind[] = [
  'missed-quanta',
  'over-budget',
  'underrun',
  'input-gap',
  'capture-loss',
  'capture-fault',
  'clock-step',
  'engine-change',
  'long-task',
];

// Over each member of the union, not over what all have in common.
type WithoutId<Member> = Member extends Glitch ? Omit<Member, 'id'> : never;

/** A glitch that the log has not numbered yet. */
export type NewGlitch = WithoutId<Glitch>;
