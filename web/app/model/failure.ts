/** What a person is told when something fails: one card, with one button that helps. */
import { CaptureError, type CaptureKind, QuantaError } from '../../lib/index.ts';

/** What the card's button does. */
export type Action =
  | 'retry'
  | 'resume'
  | 'reload'
  | 'choose-file'
  | 'use-oscillator'
  | 'use-default-microphone'
  | 'use-device-rate';

/** A failure in words. */
export interface Failure {
  /** For programs and for bug reports. */
  readonly code: string;
  /** `bad`: nothing is measured. `warn`: less is measured. `info`: nothing is wrong. */
  readonly tone: 'bad' | 'warn' | 'info';
  /** What happened. */
  readonly title: string;
  /** What it means. */
  readonly meaning: string;
  /** What to do. */
  readonly remedy: string;
  readonly action: Action;
  /** What the button says. */
  readonly actionLabel: string;
  /** The browser's own words, or empty. Untrusted text. */
  readonly detail: string;
}

interface Wording {
  readonly title: string;
  readonly action: Action;
  readonly actionLabel: string;
}

const retry = { action: 'retry', actionLabel: 'Try again' } as const;
const restart = { action: 'retry', actionLabel: 'Start again' } as const;
const oscillator = { action: 'use-oscillator', actionLabel: 'Use the oscillator' } as const;
const otherFile = { action: 'choose-file', actionLabel: 'Choose another file' } as const;
const deviceRate = { action: 'use-device-rate', actionLabel: 'Use the device’s rate' } as const;
const reload = { action: 'reload', actionLabel: 'Reload the page' } as const;

const wordings: Readonly<Record<string, Wording>> = {
  'permission-denied': { title: 'The microphone was not allowed', ...retry },
  'no-device': { title: 'No microphone was found', ...oscillator },
  'device-busy': { title: 'The microphone is busy', ...retry },
  'device-lost': { title: 'The microphone went away', ...retry },
  constraint: {
    title: 'That microphone is gone',
    action: 'use-default-microphone',
    actionLabel: 'Use the default microphone',
  },
  'rate-mismatch': { title: 'The source does not fit the sample rate', ...deviceRate },
  'no-audio': { title: 'The share has no sound', ...retry },
  'file-unreadable': { title: 'The file cannot be read', ...otherFile },
  'file-too-long': { title: 'The file is too large', ...otherFile },
  unsupported: { title: 'This browser cannot open the source', ...oscillator },
  'context-failed': { title: 'The audio output failed', ...restart },
  'rate-unsupported': { title: 'The sample rate is not supported', ...deviceRate },
  'worklet-failed': { title: 'The audio worklet did not start', ...reload },
  'processor-failed': { title: 'The audio processor stopped', ...restart },
  'resume-timeout': {
    title: 'The audio clock stands still',
    action: 'resume',
    actionLabel: 'Resume',
  },
};

const unexpected: Wording = { title: 'Something unexpected happened', ...restart };

/** Puts an error into words. @param kind Of the source that was asked for. */
export function failureOf(error: unknown, kind: CaptureKind): Failure {
  if (!isOurs(error)) return unexpectedFailure(error);
  const wording = wordingOf(error, kind);
  return {
    ...wording,
    code: error.code,
    tone: 'bad',
    meaning: error.message,
    remedy: error.remedy,
    detail: causeText(error.cause),
  };
}

function isOurs(error: unknown): error is QuantaError {
  return error instanceof QuantaError;
}

function wordingOf(error: QuantaError, kind: CaptureKind): Wording {
  if (kind === 'display' && error.code === 'permission-denied') {
    return { title: 'Nothing was shared', action: 'retry', actionLabel: 'Share again' };
  }
  if (kind !== 'microphone' && error instanceof CaptureError && error.code === 'device-lost') {
    return { title: 'The source went away', ...retry };
  }
  return wordings[error.code] ?? unexpected;
}

function unexpectedFailure(error: unknown): Failure {
  return {
    ...unexpected,
    code: 'unexpected',
    tone: 'bad',
    meaning: 'The page met an error that it does not know, so it stopped measuring.',
    remedy: 'Start again. If it comes back, report the words below.',
    detail: causeText(error),
  };
}

function causeText(cause: unknown): string {
  if (cause instanceof Error) return `${cause.name}: ${cause.message}`;
  return typeof cause === 'string' ? cause : '';
}

/** The browser holds the audio clock: a touch of the page lets it go on. */
export const suspended: Failure = {
  code: 'context-suspended',
  tone: 'warn',
  title: 'The browser paused the audio',
  meaning: 'The audio clock stands still, so no quantum arrives. Nothing was closed.',
  remedy: 'Press Resume. Browsers wait for a click or a key before they let a page run audio.',
  action: 'resume',
  actionLabel: 'Resume',
  detail: '',
};

/** The person ended a share in the browser's own bar. */
export const sourceEnded: Failure = {
  code: 'source-ended',
  tone: 'info',
  title: 'The source has ended',
  meaning: 'It was stopped outside this page, or it played to its end.',
  remedy: 'Start it again, or choose another source.',
  ...restart,
  detail: '',
};
