import { resumeTimeout } from '../session-errors.ts';

/** A context without an output device never starts. */
const resumeTimeoutMs = 3000;

/**
 * Lets the audio clock run, from a click or a key.
 *
 * @param ends Aborts when there is nobody left to be told that it does not.
 * @throws SessionError `resume-timeout` when the browser does not start it within three seconds.
 */
export async function resumeContext(context: AudioContext, ends: AbortSignal): Promise<void> {
  const timeout = AbortSignal.timeout(resumeTimeoutMs);
  const late = Promise.withResolvers<never>();
  timeout.addEventListener('abort', () => late.reject(resumeTimeout()), { signal: ends });
  await Promise.race([context.resume(), late.promise]);
}
