import type { LiveRecord } from '../../../scripts/soak/record.mjs';
import type { ListenerData, Session } from '../../../web/lib/index.ts';
import type { LaggardTask } from './laggard.ts';
import type { LatencyFound, LatencyTask } from './latency-reader.ts';
import type { MixFound, MixTask } from './mix-reader.ts';
import { Thread } from './thread.ts';
import type { VoiceFound, VoiceTask } from './voice-reader.ts';

type Found = Pick<
  LiveRecord,
  'segments' | 'channelErrors' | 'readers' | 'voice' | 'handOffMs' | 'consumerMs'
>;

/** Where all readers stand before the first frame. */
export interface Places {
  readonly markers: ListenerData;
  readonly alignedMix: ListenerData;
  readonly alignedVoice: ListenerData;
  readonly latency: ListenerData;
  readonly lappedMix: ListenerData;
  readonly frozenMix: ListenerData;
  readonly skippingVoice: ListenerData;
  readonly frozenVoice: ListenerData;
}

/** Takes the readers' places; the audio clock must not have run yet. */
export function takePlaces({ mix, bus }: Session): Places {
  if (mix.published + bus.published > 0) throw new Error('The audio clock has run already.');
  const ofMix = (name: string): ListenerData => mix.listen({ name }).transfer();
  const ofVoice = (name: string): ListenerData => bus.listen({ name }).transfer();
  return {
    markers: ofMix('markers'),
    alignedMix: ofMix('aligned mix'),
    alignedVoice: ofVoice('aligned voice'),
    latency: ofVoice('latency'),
    lappedMix: ofMix('lapped mix'),
    frozenMix: ofMix('frozen mix'),
    skippingVoice: ofVoice('skipping voice'),
    frozenVoice: ofVoice('frozen voice'),
  };
}

/** The readers at work, each kind in a Worker of its own. */
export class Readers {
  readonly #markers: Thread<MixTask, MixFound>;
  readonly #aligned: Thread<VoiceTask, VoiceFound>;
  readonly #latency: Thread<LatencyTask, LatencyFound>;
  readonly #laggard: Thread<LaggardTask, LiveRecord['readers']>;

  /** @param session Whose audio clock runs. */
  constructor(session: Session, places: Places, inputs: number) {
    const { lappedMix, frozenMix, skippingVoice, frozenVoice } = places;
    this.#markers = new Thread(
      new Worker(new URL('./mix-reader.ts', import.meta.url), { type: 'module' }),
      { data: places.markers, inputs },
    );
    this.#aligned = new Thread(
      new Worker(new URL('./voice-reader.ts', import.meta.url), { type: 'module' }),
      {
        mix: places.alignedMix,
        voice: places.alignedVoice,
        rateHz: session.sampleRate,
        firstFrame: session.scope.firstFrame,
      },
    );
    this.#latency = new Thread(
      new Worker(new URL('./latency-reader.ts', import.meta.url), { type: 'module' }),
      { data: places.latency },
    );
    this.#laggard = new Thread(
      new Worker(new URL('./laggard.ts', import.meta.url), { type: 'module' }),
      {
        ...{ lappedMix, frozenMix, skippingVoice, frozenVoice },
        mixCapacityFrames: session.mix.capacityFrames,
      },
    );
  }

  /** Lets all of them read what is left. */
  async finish(): Promise<Found> {
    const [markers, aligned, latency, late] = await Promise.all([
      this.#markers.finish(),
      this.#aligned.finish(),
      this.#latency.finish(),
      this.#laggard.finish(),
    ]);
    const { segments, channelErrors } = markers;
    const { handOffMs, consumerMs } = latency;
    const readers = [markers.books, ...aligned.books, latency.books, ...late];
    return { segments, channelErrors, readers, voice: aligned.voice, handOffMs, consumerMs };
  }
}
