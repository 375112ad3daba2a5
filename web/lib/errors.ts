/** The library's errors: one class per kind, each with a closed set of codes. */

/**
 * Base of all errors that the library throws for reasons outside the caller's program.
 *
 * `message` says what happened and what it means, `remedy` what a person can do about it. A wrong
 * argument is a RangeError instead: path, requirement, what came.
 */
export abstract class QuantaError<Code extends string = string> extends Error {
  /** What happened, for programs. */
  readonly code: Code;
  /** What to do about it, one sentence for a person. */
  readonly remedy: string;

  constructor(code: Code, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = remedy;
  }
}

/** Why a session could not start or go on. */
export type SessionErrorCode =
  | 'context-failed'
  | 'rate-unsupported'
  | 'worklet-failed'
  | 'processor-failed'
  | 'resume-timeout'
  | 'not-isolated'
  | 'engine-missing'
  | 'asset-missing'
  | 'not-recording'
  | 'closed';

/** A session could not start or go on. */
export class SessionError extends QuantaError<SessionErrorCode> {}

/** Why a source could not be opened or was lost. */
export type CaptureErrorCode =
  | 'permission-denied'
  | 'no-device'
  | 'device-busy'
  | 'device-lost'
  | 'constraint'
  | 'rate-mismatch'
  | 'no-audio'
  | 'file-unreadable'
  | 'file-too-long'
  | 'unsupported';

/** A source could not be opened or was lost. */
export class CaptureError extends QuantaError<CaptureErrorCode> {}

/** Why the mixer did not do what it was told. */
export type MixerErrorCode = 'queue-full' | 'refused' | 'closed';

/** The mixer did not do what it was told. */
export class MixerError extends QuantaError<MixerErrorCode> {}

/** Why speech cannot be found. */
export type VadErrorCode = 'asset-missing' | 'asset-damaged' | 'detector-failed';

/** Speech cannot be found. */
export class VadError extends QuantaError<VadErrorCode> {}

/** Why there is no speech to text. */
export type SpeechErrorCode =
  | 'model-missing'
  | 'model-unreachable'
  | 'model-corrupt'
  | 'model-failed'
  | 'worker-failed'
  | 'closed';

/** There is no speech to text; everything else works on. */
export class SpeechError extends QuantaError<SpeechErrorCode> {}

/** Why a recording could not begin or go on, or a take not be had. */
export type RecorderErrorCode =
  | 'storage-denied'
  | 'storage-full'
  | 'storage-failed'
  | 'format-unsupported'
  | 'encoder-failed'
  | 'nothing-to-record'
  | 'worker-failed'
  | 'take-missing'
  | 'closed';

/** A recording could not begin or go on, or a take cannot be had. What was recorded is kept. */
export class RecorderError extends QuantaError<RecorderErrorCode> {}

/** Why a file is not played. */
export type PlayerErrorCode =
  | 'file-unreadable'
  | 'no-audio'
  | 'codec-unsupported'
  | 'too-many-channels'
  | 'file-damaged'
  | 'input-taken'
  | 'address-refused'
  | 'worker-failed'
  | 'closed';

/** A file is not played into the mixer; everything else works on. */
export class PlayerError extends QuantaError<PlayerErrorCode> {}

/** Why there is no broadcast. */
export type StreamErrorCode = 'codec-unsupported' | 'worker-failed' | 'closed';

/** A broadcast could not start. */
export class StreamError extends QuantaError<StreamErrorCode> {}

/** Throws the house's RangeError: `session.sampleRate must be ..., was 7.` */
export function reject(path: string, requirement: string, was: unknown): never {
  throw new RangeError(`${path} must be ${requirement}, was ${String(was)}.`);
}

/** Checks that a number lies in a range; undefined passes. @throws RangeError */
export function checkRange(
  path: string,
  value: number | undefined,
  min: number,
  max: number,
  unit: string,
): void {
  if (value === undefined || (value >= min && value <= max)) return;
  reject(path, `from ${min} to ${max} ${unit}`, value);
}
