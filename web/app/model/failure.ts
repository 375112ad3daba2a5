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
  | 'use-device-rate'
  | 'load-version';

/** A failure in words. */
export interface Failure {
  /** For programs and for bug reports. */
  readonly code: string;
  /** `bad`: nothing is measured. `warn`: less is measured. `info`: nothing is wrong. */
  readonly tone: 'bad' | 'warn' | 'info';
  /** What happened. */
  readonly title: string;
  /** What it means; empty where the title says it. */
  readonly meaning: string;
  /** What to do. */
  readonly remedy: string;
  readonly action: Action;
  /** What the button says. */
  readonly actionLabel: string;
  /** The browser's own words, or empty. Untrusted text. */
  readonly detail: string;
}

type Help = Pick<Failure, 'action' | 'actionLabel'>;

const retry: Help = { action: 'retry', actionLabel: 'Try again' };
const restart: Help = { action: 'retry', actionLabel: 'Start again' };
const shareAgain: Help = { action: 'retry', actionLabel: 'Share again' };
const oscillator: Help = { action: 'use-oscillator', actionLabel: 'Use the oscillator' };
const otherFile: Help = { action: 'choose-file', actionLabel: 'Choose another file' };
const deviceRate: Help = { action: 'use-device-rate', actionLabel: 'Use the device’s rate' };
const reload: Help = { action: 'reload', actionLabel: 'Reload the page' };
const resume: Help = { action: 'resume', actionLabel: 'Resume' };
const defaultMicrophone: Help = {
  action: 'use-default-microphone',
  actionLabel: 'Use the default microphone',
};

const helps: Readonly<Record<string, Help>> = {
  'permission-denied': retry,
  'no-device': oscillator,
  'device-busy': retry,
  'device-lost': retry,
  constraint: defaultMicrophone,
  'rate-mismatch': deviceRate,
  'no-audio': shareAgain,
  'file-unreadable': otherFile,
  'file-too-long': otherFile,
  unsupported: oscillator,
  'context-failed': restart,
  'rate-unsupported': deviceRate,
  'worklet-failed': reload,
  'processor-failed': restart,
  'resume-timeout': resume,
};

/** Puts an error into words. @param kind Of the source that was asked for. */
export function failureOf(error: unknown, kind: CaptureKind): Failure {
  if (!isOurs(error)) return unexpectedFailure(error);
  return {
    ...helpFor(error, kind),
    code: error.code,
    tone: 'bad',
    title: error.message,
    meaning: '',
    remedy: error.remedy,
    detail: wordsOf(error.cause),
  };
}

function isOurs(error: unknown): error is QuantaError {
  return error instanceof QuantaError;
}

function helpFor(error: QuantaError, kind: CaptureKind): Help {
  if (kind === 'display' && error instanceof CaptureError) return shareAgain;
  return helps[error.code] ?? restart;
}

function unexpectedFailure(error: unknown): Failure {
  return {
    ...restart,
    code: 'unexpected',
    tone: 'bad',
    title: 'The page met an error that it does not know.',
    meaning: 'It stopped measuring.',
    remedy: 'Start again. If it comes back, report the words below.',
    detail: wordsOf(error),
  };
}

function wordsOf(cause: unknown): string {
  if (cause instanceof Error) return `${cause.name}: ${cause.message}`;
  return typeof cause === 'string' ? cause : '';
}

/** The file of a view did not arrive. */
export function missingView(title: string, error: unknown): Failure {
  return {
    ...retry,
    code: 'view-missing',
    tone: 'bad',
    title: `The ${title} view could not be loaded.`,
    meaning: 'Its file did not arrive from the server. The audio goes on.',
    remedy: 'Check the connection, then try again.',
    detail: wordsOf(error),
  };
}

/** The browser holds the audio clock: a touch of the page lets it go on. */
export const suspended: Failure = {
  ...resume,
  code: 'context-suspended',
  tone: 'warn',
  title: 'The browser paused the audio.',
  meaning: 'The audio clock stands still, so no quantum arrives. Nothing was closed.',
  remedy: 'Press “Resume”: browsers want a click or a key before a page runs audio.',
  detail: '',
};

/** The source came to its end without a fault. */
export const sourceEnded: Failure = {
  ...restart,
  code: 'source-ended',
  tone: 'info',
  title: 'The source has ended.',
  meaning: 'It played to its end, or was stopped outside this page.',
  remedy: 'Start it again, or choose another source.',
  detail: '',
};
