/** Switches on what a measurement wants of the page's session, and brings back the books. */
import type { FeatureSet, LabRecord } from '../../scripts/lib/lab-record.mjs';
// The page's own declaration of window.quanta.
import type {} from '../../web/app/global.ts';
import { ringAt } from '../../web/lib/bus/ring-address.ts';
import type { Session, StripParameter } from '../../web/lib/index.ts';
import { clockBooks } from '../support/clock-books.ts';
import { Followers } from './followers.ts';
import { Pushers } from './pushers.ts';

declare global {
  // Only `var` puts a name on globalThis.
  var lab: {
    begin(features: FeatureSet): Promise<void>;
    finish(): Promise<LabRecord>;
  };
}

const lookMs = 100;
const pageBytes = 65_536;

const busyStrip: readonly (readonly [StripParameter, number])[] = [
  ['highPassOn', 1],
  ['lowShelfDb', 3],
  ['lowMidDb', -3],
  ['highMidDb', 3],
  ['highShelfDb', -3],
  ['gateOn', 1],
  ['compressorOn', 1],
];

/** One run: what was begun, and what it is compared with at the end. */
class Run {
  readonly #session: Session;
  readonly #beforePages: number;
  #followers: Followers | null = null;
  #pushers: Pushers | null = null;

  constructor(session: Session) {
    this.#session = session;
    this.#beforePages = pagesOf(session);
  }

  async begin({ effects, analysis, push, voice, listeners }: FeatureSet): Promise<void> {
    const { mixer, analyzer } = this.#session;
    if (effects) {
      for (const [parameter, value] of busyStrip) {
        await mixer.send({ kind: 'set', input: 0, parameter, value });
      }
      await mixer.send({ kind: 'set-master', parameter: 'limiterOn', value: 1 });
    }
    if (analysis) await analyzer.configure({ on: true, input: 'mix', hopFrames: 2048 });
    if (voice) await this.#session.vad.enable();
    if (push) this.#pushers = await Pushers.open(this.#session);
    if (listeners) this.#followers = new Followers(this.#session);
  }

  async finish(): Promise<LabRecord> {
    const session = this.#session;
    const pushes = await this.#pushers?.finish();
    const clock = await clockBooks(session);
    await hold(session);
    const { scope, sampleRate, quantumFrames } = session;
    const { books = [], handOffMs = [] } = (await this.#followers?.finish()) ?? {};
    return {
      rateHz: sampleRate,
      quantumFrames,
      engine: engineOf(session),
      clock,
      frames: { received: scope.frames, missed: scope.missedFrames },
      counted: countedBy(session),
      published: { mix: session.mix.published, voice: session.bus.published },
      judgedChunks: ringAt(session.vad.addressOf('mix')).published(),
      listeners: books,
      pushes: pushes?.() ?? [],
      memory: {
        beforePages: this.#beforePages,
        afterPages: pagesOf(session),
        sealed: isSealed(session),
      },
      handOffMs,
    };
  }
}

function engineOf({ engine }: Session): LabRecord['engine'] {
  const { engine: kind, status, reason } = engine;
  return { kind, status, reason };
}

function countedBy({ telemetry }: Session): LabRecord['counted'] {
  const words = telemetry.engine;
  if (words === undefined) throw new Error('There is no engine.');
  const { quantumCount, frameCount, gapFrames, droppedFrames, badSamples } = words;
  return { quanta: quantumCount, frames: frameCount, gapFrames, droppedFrames, badSamples };
}

function pagesOf({ memory }: Session): number {
  return (memory?.buffer.byteLength ?? 0) / pageBytes;
}

/** Whether the engine's memory is as large as it may become, so that nothing in it can take more. */
function isSealed({ memory }: Session): boolean {
  if (!(memory instanceof WebAssembly.Memory)) return false;
  try {
    memory.grow(1);
    return false;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}

// The browser ends the quantum that it is in.
async function hold(session: Session): Promise<void> {
  const { scope } = session;
  await session.suspend();
  let frames: number;
  do {
    ({ frames } = scope);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  } while (scope.frames !== frames);
}

let run: Run | null = null;

globalThis.lab = {
  async begin(features) {
    if (globalThis.quanta === undefined) throw new Error('The page has no session.');
    run = new Run(globalThis.quanta);
    await run.begin(features);
  },
  async finish() {
    if (run === null) throw new Error('Nothing was begun.');
    return run.finish();
  },
};
