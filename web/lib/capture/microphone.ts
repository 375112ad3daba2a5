import { CaptureError } from '../errors.ts';
import type { OpenSource } from './source.ts';
import { openStream } from './stream.ts';

/** Which microphone, and what the browser may do to its sound: by default nothing. */
export interface MicrophoneOptions {
  /** From `listMicrophones()`; the system's default when left out. */
  readonly deviceId?: string;
  /** Default false. */
  readonly echoCancellation?: boolean;
  /** Default false. */
  readonly noiseSuppression?: boolean;
  /** Default false. */
  readonly autoGainControl?: boolean;
}

/** A microphone that a person can choose. */
export interface MicrophoneInfo {
  readonly deviceId: string;
  /** Empty until the microphone was allowed once. Untrusted text. */
  readonly label: string;
}

/** The microphones of this machine; their labels are known after the first permission. */
export async function listMicrophones(): Promise<MicrophoneInfo[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

/**
 * Calls back whenever a device comes or goes, until the signal aborts.
 */
export function watchMicrophones(callback: () => void, signal: AbortSignal): void {
  navigator.mediaDevices?.addEventListener('devicechange', callback, { signal });
}

/** Asks for the microphone and opens it. @throws CaptureError */
export async function openMicrophone(
  context: AudioContext,
  options: MicrophoneOptions,
): Promise<OpenSource> {
  const { deviceId, ...processing } = options;
  const audio: MediaTrackConstraints = {
    echoCancellation: processing.echoCancellation ?? false,
    noiseSuppression: processing.noiseSuppression ?? false,
    autoGainControl: processing.autoGainControl ?? false,
    ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
  };
  return openStream(context, await askForMicrophone(audio), 'microphone', 'lost');
}

async function askForMicrophone(audio: MediaTrackConstraints): Promise<MediaStream> {
  if (navigator.mediaDevices === undefined) {
    throw new CaptureError(
      'unsupported',
      'This page may not use a microphone, because it was not loaded securely.',
      'Open it over https or from localhost.',
    );
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw microphoneError(error);
  }
}

function microphoneError(error: unknown): CaptureError {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new CaptureError(
        'permission-denied',
        'The microphone was not allowed, so there is nothing to listen to.',
        'Allow it in the site settings beside the address bar, then try again.',
        error,
      );
    case 'NotFoundError':
      return new CaptureError(
        'no-device',
        'No microphone was found on this machine.',
        'Plug one in and try again, or choose a file or the oscillator.',
        error,
      );
    case 'OverconstrainedError':
      return new CaptureError(
        'constraint',
        'The chosen microphone is not there any more.',
        'Choose another one and try again.',
        error,
      );
    default:
      return new CaptureError(
        'device-busy',
        'The microphone is there, but the system could not open it.',
        'Close other programs that use it and try again.',
        error,
      );
  }
}
