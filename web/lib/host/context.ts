import { constants } from '../../shared/layout.gen.ts';
import { checkRange, SessionError } from '../errors.ts';

/** Frames per quantum where nothing else is asked for, or where the browser offers no choice. */
export const defaultQuantumFrames: number = constants.defaultQuantumFrames;

/** What decides how the context runs. */
export interface ContextOptions {
  /** 3000 to 768000. Default: the output device's. */
  readonly sampleRate?: number;
  /** Frames per quantum, 1 to 16384, where the browser offers a choice. Default 128. */
  readonly quantumFrames?: number;
  /** As in AudioContextOptions. Default `interactive`. */
  readonly latencyHint?: AudioContextLatencyCategory | number;
}

/** `renderSizeHint` is newer than the DOM types. */
interface SizedContextOptions extends AudioContextOptions {
  renderSizeHint?: number;
}

/**
 * Makes the audio context.
 * @throws RangeError for a wrong option; SessionError `rate-unsupported` or `context-failed`.
 */
export function createContext(options: ContextOptions): AudioContext {
  const { sampleRate, quantumFrames, latencyHint = 'interactive' } = options;
  const { minRateHz, maxRateHz, maxQuantumFrames } = constants;
  checkRange('session.sampleRate', sampleRate, minRateHz, maxRateHz, 'Hz');
  checkRange('session.quantumFrames', quantumFrames, 1, maxQuantumFrames, 'frames');
  const contextOptions: SizedContextOptions = { latencyHint };
  if (sampleRate !== undefined) contextOptions.sampleRate = sampleRate;
  if (quantumFrames !== undefined) contextOptions.renderSizeHint = quantumFrames;
  try {
    return new AudioContext(contextOptions);
  } catch (error) {
    throw contextError(error, sampleRate);
  }
}

function contextError(error: unknown, sampleRate: number | undefined): SessionError {
  if (error instanceof DOMException && error.name === 'NotSupportedError') {
    return new SessionError(
      'rate-unsupported',
      `This browser cannot run audio at ${sampleRate} Hz.`,
      'Choose another sample rate, or the device default.',
      error,
    );
  }
  return new SessionError(
    'context-failed',
    'The browser could not open its audio output.',
    'Close other pages that play sound and try again.',
    error,
  );
}
