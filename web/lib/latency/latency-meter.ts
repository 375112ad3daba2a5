import { checkRange, reject } from '../errors.ts';
import { DelayModule } from './delay-module.ts';
import { type MeterHost, orderFor, soonFrame } from './meter-host.ts';
import { record } from './tap.ts';

/** How the latency is measured; everything has a default. */
export interface LatencyOptions {
  /** The input of the mixer whose source listens, 0 to 7. Default 0. */
  readonly input?: number;
  /** Level of the sequence, -80 to 0 dBFS. Default -20. */
  readonly levelDb?: number;
  /** Where the sequence is played. Default: the context's destination. */
  readonly output?: AudioNode;
  /** What is listened to instead of the input's source: a node of the same context. */
  readonly from?: AudioNode;
  /** Ends the measurement. */
  readonly signal?: AbortSignal;
}

/** What the meter found. */
export interface LatencyReading {
  /** Whether the sequence came back; if not, the figures are NaN. */
  readonly found: boolean;
  /** From the frame in which the graph played a sample to the frame in which it came in. */
  readonly frames: number;
  /** The same in milliseconds. */
  readonly ms: number;
  /** Standard deviation of `frames`, from the coherence that was measured. */
  readonly uncertaintyFrames: number;
  /** The sequence against all else that came in with it: noise, echo, other sounds. */
  readonly snrDb: number;
  /** Whether it came back with the opposite sign. */
  readonly inverted: boolean;
}

// What float leaves of a sequence that comes back as it was.
const largestSnrDb = 80;

/**
 * Plays one maximum length sequence and finds it in what comes in. Latencies from 0 up to the length
 * of the sequence are found, 0.68 s at 48 kHz; it takes twice that time.
 *
 * @throws RangeError, SessionError `asset-missing`, the reason of a signal.
 */
export async function measureLatency(
  host: MeterHost,
  options: LatencyOptions,
): Promise<LatencyReading> {
  const { levelDb = -20, output = host.context.destination, signal = host.ends } = options;
  checkRange('measureLatency.levelDb', levelDb, -80, 0, 'dBFS');
  const from = listenedTo(host, options);
  const { context, moduleUrl } = host;
  const order = orderFor(context.sampleRate);
  const frames = 2 ** order;
  const maxDelay = frames / 2 - 1;
  const stop = AbortSignal.any([host.ends, signal]);
  const module = await DelayModule.load(moduleUrl, frames, maxDelay, stop);
  const startFrame = soonFrame(context);
  const player = makePlayer(context, module.sequence(order), levelDb);
  player.connect(output);
  player.start(startFrame / context.sampleRate);
  try {
    const heard = await record(from, { startFrame, frames: frames + 2 * maxDelay }, stop);
    return readingOf(module, heard, maxDelay, context.sampleRate);
  } finally {
    player.stop();
    player.disconnect();
  }
}

function listenedTo({ rack }: MeterHost, { input = 0, from }: LatencyOptions): AudioNode {
  return from ?? rack.nodeOf(input) ?? reject('measureLatency.input', 'one with a source', input);
}

function makePlayer(
  context: AudioContext,
  sequence: Float32Array,
  levelDb: number,
): AudioBufferSourceNode {
  const gain = 10 ** (levelDb / 20);
  const { sampleRate } = context;
  const buffer = new AudioBuffer({ length: sequence.length, sampleRate });
  buffer.copyToChannel(
    sequence.map((sample) => gain * sample),
    0,
  );
  return new AudioBufferSourceNode(context, { buffer });
}

// The recording begins with the sequence, and the estimator looks to both sides of its middle.
function readingOf(
  module: DelayModule,
  heard: Float32Array,
  maxDelay: number,
  sampleRate: number,
): LatencyReading {
  const { found, coherence, inverted, ...delay } = module.measure(heard);
  const frames = found ? delay.frames + maxDelay : NaN;
  const snrDb = 10 * Math.log10(coherence / (1 - coherence));
  return {
    found,
    frames,
    ms: (1000 * frames) / sampleRate,
    uncertaintyFrames: found ? delay.errorFrames : NaN,
    snrDb: found ? Math.min(snrDb, largestSnrDb) : NaN,
    inverted: found && inverted,
  };
}
