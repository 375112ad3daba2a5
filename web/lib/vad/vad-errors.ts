/** What goes wrong with voice detection, in words for a person. */
import { engineStatus } from '../../shared/layout.gen.ts';
import { SessionError, VadError } from '../errors.ts';

export function vadFailed(reason: string): VadError {
  return new VadError(
    'detector-failed',
    `The voice detector does not work: ${reason || 'it gave no reason'}.`,
    'Reload the page, or choose another place or backend for it.',
  );
}

/** @param status Of the engine. */
export function vadRefused(status: number): VadError | SessionError {
  if (status !== engineStatus.notInitialized) return vadFailed(`status ${status} of the engine`);
  return new SessionError(
    'engine-missing',
    'No engine runs in this session, so it detects no voice.',
    'See session.engine for the reason, then create a new session.',
  );
}

export function fileMissing(url: string | URL, why: string): VadError {
  return new VadError(
    'asset-missing',
    `${String(url)} could not be loaded: ${why}. No voice is detected.`,
    'Check that the server sends the file as it was built, and try again.',
  );
}

export function fileDamaged(url: string | URL, sha256: string): VadError {
  return new VadError(
    'asset-damaged',
    `${String(url)} is damaged or of another version: its SHA-256 is ${sha256}.`,
    'Reload the page; if that does not help, its files have to be published anew together.',
  );
}

/** What there is to say when the detector does not take its files. */
export function filesUnusable(cause: unknown): VadError {
  return new VadError(
    'asset-damaged',
    'A file of the voice detector is damaged or of another version.',
    'Reload the page; if that does not help, its files have to be published anew together.',
    cause,
  );
}
