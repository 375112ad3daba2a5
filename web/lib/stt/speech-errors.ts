/** Why there is no speech to text, in words for a person. */
import { SpeechError } from '../errors.ts';

const stillWorks = 'Everything but speech to text works on.';

export function modelMissing(url: string, status: string): SpeechError {
  return new SpeechError(
    'model-missing',
    `The speech model is not on this server: ${url} ${status}. ${stillWorks}`,
    'Whoever runs the server fetches it with “npm run models” and builds the page again.',
  );
}

export function modelUnreachable(url: string, cause: unknown): SpeechError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SpeechError(
    'model-unreachable',
    `The speech model could not be loaded: ${url}: ${reason}. ${stillWorks}`,
    'Check the connection and try again; what has come so far is kept.',
    cause,
  );
}

export function modelCorrupt(url: string): SpeechError {
  return new SpeechError(
    'model-corrupt',
    `The speech model is damaged: ${url} is not the file that belongs to this page. ${stillWorks}`,
    'Try again. If it stays so, the server has another version: it has to be built again.',
  );
}

export function modelFailed(reason: string): SpeechError {
  return new SpeechError(
    'model-failed',
    `The speech model does not run in this browser: ${reason}. ${stillWorks}`,
    'Close other pages if memory is short, or choose the smaller model.',
  );
}

export function workerFailed(reason: string): SpeechError {
  return new SpeechError(
    'worker-failed',
    `The speech Worker was lost again and again: ${reason}. ${stillWorks}`,
    'Switch speech to text off and on again, or choose the smaller model.',
  );
}

export function speechClosed(): SpeechError {
  return new SpeechError('closed', 'Speech to text was closed.', 'Switch it on again.');
}
