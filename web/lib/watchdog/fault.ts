/** What can be wrong with a capture, and in which words a person is told. */

/**
 * `no-frames`: nothing arrives. `zeros`: the device delivers digital silence. `track-ended`: the device
 * is gone. `context-suspended`: the audio clock was stopped by somebody else. `processor-error`: the
 * processor threw. `rate-changed`: the device runs at another rate than when it was opened.
 */
export type CaptureFaultKind =
  'no-frames' | 'zeros' | 'track-ended' | 'context-suspended' | 'processor-error' | 'rate-changed';

/** What brings a capture back: opening the device anew, the clock, a new processor, or nothing. */
export type Remedy = 'reopen' | 'resume' | 'rebuild' | 'none';

/** A fault in the words of a person. */
export interface FaultWords {
  /** `bad`: nothing is captured. `warn`: it may not be what it seems. `info`: nothing need be wrong. */
  readonly tone: 'bad' | 'warn' | 'info';
  /** What happened. */
  readonly title: string;
  /** What it means. */
  readonly meaning: string;
  /** What to do. */
  readonly remedy: string;
}

/** A kind of fault in words, with what brings the capture back. */
export interface FaultPlan extends FaultWords {
  readonly recovery: Remedy;
}

const noQuanta: FaultPlan = {
  tone: 'bad',
  recovery: 'rebuild',
  title: 'The audio processor is not called any more.',
  meaning: 'The audio clock goes on and no quantum is processed. What it costs is counted.',
  remedy: 'Stop and start again.',
};

const plans: Readonly<Record<CaptureFaultKind, FaultPlan>> = {
  'no-frames': {
    tone: 'bad',
    recovery: 'reopen',
    title: 'The microphone delivers nothing.',
    meaning: 'It is open and no frame of it arrives. Its input is silent; the audio clock goes on.',
    remedy: 'Unplug it and plug it in again, or choose another one.',
  },
  zeros: {
    tone: 'info',
    recovery: 'none',
    title: 'Digital silence.',
    meaning:
      'The microphone delivers frames, and every sample is zero: it is muted, or turned down.',
    remedy: 'If you expected sound, look for a mute switch on the microphone or in the system.',
  },
  'track-ended': {
    tone: 'bad',
    recovery: 'reopen',
    title: 'The microphone was stopped.',
    meaning: 'Its track has ended, so its input is silent. The audio clock goes on.',
    remedy: 'Plug it in again or allow it again, then choose it anew.',
  },
  'context-suspended': {
    tone: 'warn',
    recovery: 'resume',
    title: 'The audio clock was stopped.',
    meaning: 'The browser or another program on this page holds it, so no quantum arrives.',
    remedy: 'Press “Resume”.',
  },
  'processor-error': {
    tone: 'bad',
    recovery: 'rebuild',
    title: 'The audio processor stopped with an error.',
    meaning: 'No quantum is processed until there is a new one. What it cost is counted.',
    remedy: 'Stop and start again. If it comes back, report it.',
  },
  'rate-changed': {
    tone: 'warn',
    recovery: 'reopen',
    title: 'The microphone changed its rate.',
    meaning: 'The browser converts it, with a jump in the sound; some browsers change its pitch.',
    remedy: 'Choose the microphone anew.',
  },
};

/** A kind of fault in words, of one input or (null) of all of them. */
export function planFor(kind: CaptureFaultKind, input: number | null): FaultPlan {
  return kind === 'no-frames' && input === null ? noQuanta : plans[kind];
}

/** How a fault came to its end. */
export type FaultEnd = 'recovered' | 'by-itself' | 'closed';

/** A fault of the capture, as it was found and as it ended. */
export interface CaptureFault extends FaultWords {
  /** Counts from 0 on. */
  readonly id: number;
  readonly kind: CaptureFaultKind;
  /** The input that it is of; null: all of them. */
  readonly input: number | null;
  /** The audio clock, in frames, from where on there was no capture. */
  readonly sinceFrame: number;
  /** The audio clock, in frames, when it was found. */
  readonly foundFrame: number;
  /** When it was found, on `performance.now()`. */
  readonly foundMs: number;
  /** Null while it lasts. */
  readonly end: {
    readonly how: FaultEnd;
    /** The audio clock, in frames, from where on there was capture again. */
    readonly frame: number;
    /** Frames of the audio clock without capture. */
    readonly gapFrames: number;
    /** The same on the page's clock: the audio clock may have stood still. */
    readonly gapMs: number;
  } | null;
  /** Why the last try to bring the capture back failed; empty if none did. */
  readonly failure: string;
}
