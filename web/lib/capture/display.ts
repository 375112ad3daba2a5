import { CaptureError } from '../errors.ts';
import type { OpenSource } from './source.ts';
import { openStream } from './stream.ts';

/** Whether the browser can share a tab's or the system's sound. */
export function canCaptureDisplay(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** Asks for a tab, window or screen and opens its sound. @throws CaptureError */
export async function openDisplay(context: AudioContext): Promise<OpenSource> {
  return openStream(context, await askForDisplay(), 'display', 'ended');
}

async function askForDisplay(): Promise<MediaStream> {
  if (!canCaptureDisplay()) {
    throw new CaptureError(
      'unsupported',
      'This browser cannot share the sound of a tab.',
      'Use desktop Chrome or Edge, or choose another source.',
    );
  }
  try {
    // Browsers insist on video, though nothing looks at it.
    return await navigator.mediaDevices.getDisplayMedia({
      video: true,
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
  } catch (error) {
    throw new CaptureError(
      'permission-denied',
      'Nothing was shared, so there is nothing to listen to.',
      'Try again and choose a tab with “share audio” on.',
      error,
    );
  }
}
