/** What goes wrong with a session, in words for a person. */
import { CaptureError, SessionError } from './errors.ts';

/** @param label Of the source. */
export function captureLost(label: string): CaptureError {
  return new CaptureError(
    'device-lost',
    `“${label}” was disconnected or its permission was taken back.`,
    'Plug it in again or choose another source, then start again. The counters go on.',
  );
}

export function contextFailed(): SessionError {
  return new SessionError(
    'context-failed',
    'The browser lost its audio output.',
    'Check the sound device, then stop and start again.',
  );
}

export function resumeTimeout(): SessionError {
  return new SessionError(
    'resume-timeout',
    'The browser holds the audio clock.',
    'Press “Resume”. If nothing happens, check that a sound output is connected.',
  );
}

export function sessionClosed(): SessionError {
  return new SessionError('closed', 'The session is closed.', 'Create a new session.');
}

export function notIsolated(): SessionError {
  return new SessionError(
    'not-isolated',
    'The page is not cross-origin isolated, so the audio thread can share no memory with listeners.',
    'Serve the page with the headers Cross-Origin-Opener-Policy: same-origin and ' +
      'Cross-Origin-Embedder-Policy: require-corp.',
  );
}

export function engineMissing(): SessionError {
  return new SessionError(
    'engine-missing',
    'No engine runs in this session, so nothing is published.',
    'See session.engine for the reason, then create a new session.',
  );
}

export function delayModuleMissing(cause: unknown): SessionError {
  return new SessionError(
    'asset-missing',
    'The module that measures delays could not be loaded.',
    'Check that the server sends offline.wasm and that its policy allows WebAssembly.',
    cause,
  );
}
