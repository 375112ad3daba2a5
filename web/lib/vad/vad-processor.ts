import { BusHistory } from '../bus/bus-history.ts';
import type { WaitOptions } from '../bus/follower.ts';
import type { Listener } from '../bus/listener.ts';
import { type RingAddress, ringAt } from '../bus/ring-address.ts';
import { constants } from '../../shared/layout.gen.ts';
import { reject } from '../errors.ts';
import { HeardSegment } from './heard-segment.ts';
import { Segmenter } from './segmenter.ts';
import { type SegmenterOptions, type SegmenterSettings, settingsOf } from './settings.ts';
import type {
  FrameProbability,
  Misfire,
  SegmenterEvent,
  SpeechEnd,
  FoundSegment,
  SpeechStart,
} from './segmenter-event.ts';
import { type VadAssets, VadFiles } from './vad-assets.ts';
import { type FrameDetector, VoiceFrames } from './voice-frames.ts';

const { chunkRateHz } = constants;

/** How speech is found; everything has a default. */
export interface VadOptions extends SegmenterOptions {
  /** Where the detector's files are. */
  readonly assets?: VadAssets;
}

/** Sound that is there as a whole. */
export interface VadSound {
  /** Of the samples. Default 16000, at which nothing is resampled. */
  readonly sampleRate?: number;
}

/** A frame was judged. */
export interface VadFrame extends FrameProbability {
  readonly kind: 'frame';
  /** The open segment with this frame; null: nobody speaks. */
  readonly segment: FoundSegment | null;
}

/** What is found on a bus. Its segments lie in the ring. */
export type VadEvent = VadFrame | SpeechStart | SpeechEnd<HeardSegment> | Misfire<HeardSegment>;

/**
 * Finds speech: in sound that is there as a whole, and on a bus as it comes. The detector's files, 0.5
 * MB, are fetched when they are first needed. Any number of buses at once. Page, Worker or Node.
 *
 * ```ts
 * const vad = new VadProcessor({ threshold: 0.5, preset: 'command' });
 * for await (const event of vad.events(bus.listen())) {
 *   if (event.kind === 'speech-end') use(event.segment.read());
 * }
 * ```
 */
export class VadProcessor {
  /** The options with their defaults. */
  readonly settings: SegmenterSettings;
  readonly #options: SegmenterOptions;
  readonly #files: VadFiles;

  /** @throws RangeError */
  constructor({ assets = {}, ...options }: VadOptions = {}) {
    this.settings = settingsOf(options);
    this.#options = options;
    this.#files = new VadFiles(assets);
  }

  /**
   * Whether somebody speaks.
   * @param samples From -1 to 1, one channel.
   * @throws RangeError, VadError
   */
  async containsSpeech(samples: Float32Array, sound: VadSound = {}): Promise<boolean> {
    return (await this.segments(samples, sound)).length > 0;
  }

  /**
   * All speech. Samples of segments are counted at 16 kHz, whatever the rate.
   * @param samples From -1 to 1, one channel.
   * @throws RangeError, VadError
   */
  async segments(samples: Float32Array, sound: VadSound = {}): Promise<FoundSegment[]> {
    const { segments } = await this.analyze(samples, sound);
    return segments;
  }

  /** As `segments`, with the probabilities of all frames. */
  async analyze(
    samples: Float32Array,
    { sampleRate = chunkRateHz }: VadSound = {},
  ): Promise<{ segments: FoundSegment[]; frames: FrameProbability[] }> {
    const resampler = sampleRate === chunkRateHz ? null : await this.#files.resampler();
    const voice = resampler?.resample(samples, sampleRate) ?? samples;
    const cutter = new VoiceFrames(await this.#files.detector());
    const frames = [...cutter.push(voice, 0), ...cutter.finish()];
    const segmenter = new Segmenter(this.#options);
    const events = [...frames.flatMap((frame) => segmenter.push(frame)), ...segmenter.finish()];
    const found = events.flatMap((event) => (event.kind === 'speech-end' ? [event.segment] : []));
    return { frames, segments: found.map((segment) => within(segment, voice.length)) };
  }

  /**
   * What is heard on a bus of 16 kHz from the listener's place on, until the bus or the listener is
   * closed: then the open segment ends. What the listener lost is a gap: see `Segmenter`. Time that
   * the detector takes is in the listener's status.
   *
   * @throws RangeError, VadError, the signal's reason when it aborts.
   */
  async *events(
    listener: Listener,
    options: WaitOptions = {},
  ): AsyncGenerator<VadEvent, void, undefined> {
    const { rateHz } = ringAt(listener.address).shape;
    if (rateHz !== chunkRateHz) reject('vad.listener', `at ${chunkRateHz} Hz`, rateHz);
    const detector = await this.#files.detector();
    yield* this.follow(judged(listener, detector, options), listener.address);
  }

  /**
   * As `events`, with probabilities that come from elsewhere.
   * @param frames Of the sound in the ring, by its numbers.
   */
  async *follow(
    frames: AsyncIterable<FrameProbability>,
    ring: RingAddress,
  ): AsyncGenerator<VadEvent, void, undefined> {
    const segmenter = new Segmenter(this.#options);
    const history = new BusHistory(ring);
    for await (const frame of frames) {
      const events = segmenter.push(frame, history.startSample);
      yield { kind: 'frame', ...frame, segment: segmenter.current };
      for (const event of events) yield inRing(event, ring);
    }
    for (const event of segmenter.finish()) yield inRing(event, ring);
  }
}

/** The last frame may reach beyond the sound. */
function within(segment: FoundSegment, length: number): FoundSegment {
  return { ...segment, endSample: Math.min(segment.endSample ?? length, length) };
}

function inRing(event: SegmenterEvent, ring: RingAddress): VadEvent {
  if (event.kind === 'speech-start') return event;
  return { ...event, segment: new HeardSegment(event.segment, ring) };
}

async function* judged(
  listener: Listener,
  detector: FrameDetector,
  options: WaitOptions,
): AsyncGenerator<FrameProbability, void, undefined> {
  const cutter = new VoiceFrames(detector);
  for (;;) {
    const chunk = await listener.recv(options);
    if (chunk === undefined) return;
    const startedMs = performance.now();
    const frames = cutter.push(chunk.samples, chunk.seq * chunk.samples.length);
    const { valid } = chunk;
    listener.reportInference(performance.now() - startedMs);
    // What the writer overwrote meanwhile was not heard.
    if (valid) yield* frames;
    else cutter.restart();
  }
}
