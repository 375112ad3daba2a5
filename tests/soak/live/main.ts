/** The soak's page: a session, its readers in Workers, load beside them, and the record of it all. */
import type { LiveRecord, Reading } from '../../../scripts/soak/record.mjs';
import { Session } from '../../../web/lib/index.ts';
import { clockBooks } from '../../support/clock-books.ts';
import { ClockWatch } from './clock-watch.ts';
import { inputGainDb } from './marker-decoder.ts';
import { Readers, takePlaces } from './readers.ts';

/** What one run is. */
export interface LiveOptions {
  readonly inputs: number;
  /** The fake microphone's rate, so that nothing is resampled before the worklet. */
  readonly rateHz: number;
  /** How long the measurement lasts, on the audio clock. */
  readonly seconds: number;
  /** Whether other Workers keep the machine busy. */
  readonly load: boolean;
}

declare global {
  // Only `var` puts a name on globalThis.
  var soak: (options: LiveOptions) => Promise<LiveRecord>;
}

// Until the figures have something to start from: the loss meter takes eight readings in two seconds.
const settleSec = 4;
const lookMs = 100;

function startLoad(): Worker[] {
  return Array.from(
    { length: navigator.hardwareConcurrency },
    () => new Worker(new URL('./load.ts', import.meta.url), { type: 'module' }),
  );
}

async function openInputs(session: Session, inputs: number): Promise<void> {
  const answers: Promise<unknown>[] = [];
  for (let input = 0; input < inputs; input += 1) {
    const value = inputGainDb(input);
    answers.push(session.mixer.send({ kind: 'set', input, parameter: 'gainDb', value }));
  }
  for (let input = 0; input < inputs; input += 1) {
    await session.capture({ kind: 'microphone' }, { input });
  }
  await Promise.all(answers);
}

/** Waits for a time on the audio clock. */
async function runAudio(session: Session, seconds: number): Promise<void> {
  const end = session.scope.frames + seconds * session.sampleRate;
  while (session.scope.frames < end) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

function look(session: Session): Reading {
  const { captureLossMs: lossMs } = session.telemetry.snapshot();
  return { lossMs, position: session.mix.published, missedFrames: session.scope.missedFrames };
}

// The browser ends the quantum that it is in.
async function hold(session: Session): Promise<void> {
  await session.suspend();
  let frames: number;
  do {
    ({ frames } = session.scope);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  } while (session.scope.frames !== frames);
}

globalThis.soak = async ({ inputs, rateHz, seconds, load }) => {
  await using session = await Session.create({
    sampleRate: rateHz,
    assets: { engine: '/engine.wasm' },
  });
  const places = takePlaces(session);
  await openInputs(session, inputs);
  const readers = new Readers(session, places, inputs);
  const loaders = load ? startLoad() : [];
  await runAudio(session, settleSec);
  const watch = new ClockWatch(session);
  const first = look(session);
  await runAudio(session, seconds);
  const last = look(session);
  const clock = watch.stop();
  const running = await clockBooks(session);
  await hold(session);
  for (const loader of loaders) loader.terminate();
  const found = await readers.finish();
  const { scope, quantumFrames } = session;
  return {
    inputs,
    rateHz,
    quantumFrames,
    running,
    frames: { first: scope.firstFrame, received: scope.frames, missed: scope.missedFrames },
    published: { mix: session.mix.published, voice: session.bus.published },
    ...found,
    first,
    last,
    clock,
  };
};
