import { reject } from '../errors.ts';
import { DelayModule } from './delay-module.ts';
import { type MeterHost, orderFor, soonFrame } from './meter-host.ts';
import { record } from './tap.ts';

/** Which inputs are compared; everything has a default. */
export interface DelayOptions {
  /** The input that leads, 0 to 7. Default 0. */
  readonly first?: number;
  /** The input that lags. Default 1. */
  readonly second?: number;
  /** Ends the measurement. */
  readonly signal?: AbortSignal;
}

/** By how much the second input lags the first. */
export interface DelayReading {
  /** Whether they have anything in common; if not, the figures are NaN. */
  readonly found: boolean;
  /** Positive: the second is late. */
  readonly frames: number;
  readonly ms: number;
  /** Standard deviation of `frames`, from the coherence. */
  readonly uncertaintyFrames: number;
  /** The square of the coherence, 0 to 1, the mean of the band. */
  readonly coherence: number;
  /** Whether they have opposite signs. */
  readonly inverted: boolean;
}

/**
 * Listens to both sources for 1.4 s at 48 kHz. Delays up to half of 0.68 s are found, either way.
 *
 * @throws RangeError, SessionError `asset-missing`, the reason of a signal.
 */
export async function measureDelay(host: MeterHost, options: DelayOptions): Promise<DelayReading> {
  const { first = 0, second = 1, signal = host.ends } = options;
  const nodes = [requireNode(host, 'first', first), requireNode(host, 'second', second)];
  const { context, moduleUrl } = host;
  const frames = 2 ** orderFor(context.sampleRate);
  const maxDelay = frames / 2 - 1;
  const stop = AbortSignal.any([host.ends, signal]);
  const module = await DelayModule.load(moduleUrl, frames, maxDelay, stop);
  const recording = { startFrame: soonFrame(context), frames: frames + 2 * maxDelay };
  const heard = await Promise.all(nodes.map((node) => record(node, recording, stop)));
  const [early, late] = heard as [Float32Array, Float32Array];
  module.setFirst(early.subarray(maxDelay, maxDelay + frames));
  const { found, errorFrames, ...delay } = module.measure(late);
  const shown = found ? delay.frames : NaN;
  return {
    found,
    frames: shown,
    ms: (1000 * shown) / context.sampleRate,
    uncertaintyFrames: found ? errorFrames : NaN,
    coherence: delay.coherence,
    inverted: found && delay.inverted,
  };
}

function requireNode({ rack }: MeterHost, name: 'first' | 'second', input: number): AudioNode {
  return rack.nodeOf(input) ?? reject(`measureDelay.${name}`, 'an input with a source', input);
}
