/** What goes wrong with voice detection, in words for a person. */
import { engineStatus } from '../../shared/layout.gen.ts';
import { SessionError } from '../errors.ts';

export function vadFailed(reason: string): SessionError {
  return new SessionError(
    'vad-failed',
    `The voice detector does not work: ${reason || 'it gave no reason'}.`,
    'Reload the page, or choose another place or backend for it.',
  );
}

/** @param status Of the engine. */
export function vadRefused(status: number): SessionError {
  if (status !== engineStatus.notInitialized) return vadFailed(`status ${status} of the engine`);
  return new SessionError(
    'engine-missing',
    'No engine runs in this session, so it detects no voice.',
    'See session.engine for the reason, then create a new session.',
  );
}

export function fileMissing(url: string | URL, why: string): SessionError {
  return new SessionError(
    'asset-missing',
    `${String(url)} could not be used: ${why}. No voice is detected.`,
    'Check that the server sends the file as it was built, and try again.',
  );
}
