/** What the library says of a thing that does not work, as a card. Everything else works on. */
import { QuantaError } from '../../lib/index.ts';
import type { Failure } from './failure.ts';

/** As the library tells it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly cause?: unknown;
}

/** @param unknown What is said of an error that is none of the library's. */
export function problemOf(error: unknown, unknown: string): Problem {
  if (error instanceof QuantaError) {
    const { message, remedy, cause } = error;
    return { code: String(error.code), message, remedy, cause };
  }
  return {
    code: 'unexpected',
    message: unknown,
    remedy: 'Try again. If it comes back, report the words below.',
    cause: error,
  };
}

/** @param actionLabel Of the button that tries again. */
export function problemNotice(
  { code, message, remedy, cause }: Problem,
  actionLabel: string,
): Failure {
  return {
    code,
    tone: 'warn',
    title: message,
    meaning: '',
    remedy,
    action: 'retry',
    actionLabel,
    detail: cause instanceof Error ? `${cause.name}: ${cause.message}` : '',
  };
}

/** What needs shared memory, in a page without it. */
export function notIsolatedNotice(title: string, meaning: string): Failure {
  return {
    code: 'not-isolated',
    tone: 'warn',
    title,
    meaning,
    remedy:
      'Serve the page with the headers “Cross-Origin-Opener-Policy: same-origin” and “Cross-Origin-Embedder-Policy: require-corp”, then reload it in a tab of its own.',
    action: 'reload',
    actionLabel: 'Check again',
    detail: '',
  };
}
