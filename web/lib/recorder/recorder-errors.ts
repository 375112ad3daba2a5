/** Why there is no recording, in words for a person. */
import { RecorderError, type RecorderErrorCode } from '../errors.ts';

const kept = 'What was recorded until then is kept.';

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

export function storageDenied(cause: unknown): RecorderError {
  return new RecorderError(
    'storage-denied',
    `The browser gives this page no place for files: ${reasonOf(cause)}. Nothing can be recorded.`,
    'Open the page in a window that is not private, and allow it to keep data.',
    cause,
  );
}

export function storageFull(): RecorderError {
  return new RecorderError(
    'storage-full',
    `There is no room left for the recording. ${kept}`,
    'Save and delete takes, or free space on the disk, and record again.',
  );
}

export function storageFailed(cause: unknown): RecorderError {
  return new RecorderError(
    'storage-failed',
    `The recording could not be written: ${reasonOf(cause)}. ${kept}`,
    'Try again; if it stays so, save the takes and restart the browser.',
    cause,
  );
}

export function formatUnsupported(label: string, reason: string): RecorderError {
  return new RecorderError(
    'format-unsupported',
    `This browser cannot record ${label} here: ${reason}.`,
    'Choose another format; WAV works everywhere.',
  );
}

export function encoderFailed(cause: unknown): RecorderError {
  return new RecorderError(
    'encoder-failed',
    `The encoder failed: ${reasonOf(cause)}. ${kept}`,
    'Record again in another format; WAV needs no encoder.',
    cause,
  );
}

export function nothingToRecord(reason: string): RecorderError {
  return new RecorderError(
    'nothing-to-record',
    `There is nothing to record: ${reason}.`,
    'Open a source at an input, or record the mix.',
  );
}

export function recordWorkerFailed(reason: string): RecorderError {
  return new RecorderError(
    'worker-failed',
    `The recorder’s Worker was lost: ${reason}. ${kept}`,
    'The take is in the list as far as it goes; record again.',
  );
}

export function takeMissing(id: string): RecorderError {
  return new RecorderError(
    'take-missing',
    `There is no take ${id} any more.`,
    'Look at the list again: it was deleted, here or in another window.',
  );
}

export function recorderClosed(): RecorderError {
  return new RecorderError('closed', 'The recorder was closed.', 'Open a new one.');
}

/** An error as a Worker tells it. */
export interface ToldError {
  readonly code: RecorderErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** As data that a message carries. */
export function tellError(error: unknown): ToldError {
  const { code, message, remedy } = error instanceof RecorderError ? error : storageFailed(error);
  return { code, message, remedy };
}

/** The error that was told. */
export function heardError({ code, message, remedy }: ToldError): RecorderError {
  return new RecorderError(code, message, remedy);
}

/** What the file system said, in the library's words. */
export function storageError(cause: unknown): RecorderError {
  if (cause instanceof RecorderError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'QuotaExceededError') return storageFull();
  return ['SecurityError', 'NotAllowedError'].includes(name)
    ? storageDenied(cause)
    : storageFailed(cause);
}
