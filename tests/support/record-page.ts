/** Recorders in a page, with Workers that a test can hold up. */
import { afterEach, beforeEach, expect } from 'vitest';
import { Recorder, type RecorderOptions, type Take } from '../../web/lib/index.ts';
import { wavHeadBytes } from '../../web/lib/recorder/wav-header.ts';
import hangingWorkerUrl from './hanging-record-worker.ts?worker&url';
import { type MadeMix, madeSample } from './made-sound.ts';

/** Where takes lie. */
export const takeFolder = 'quanta-takes';

/** What is to be closed after a test. */
export const closers: (() => void | Promise<void>)[] = [];

async function removeTakes(): Promise<boolean> {
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) {
    if (name !== takeFolder) continue;
    // A Worker that was ended may hold its files for a moment.
    await root.removeEntry(name, { recursive: true }).catch(() => undefined);
    return false;
  }
  return true;
}

beforeEach(async () => {
  for (let isGone = false; !isGone;) isGone = await removeTakes();
});

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A recorder of a session, or of one that is made. */
export function openRecorder(
  host: ConstructorParameters<typeof Recorder>[0],
  options: RecorderOptions = {},
): { readonly recorder: Recorder; readonly workers: readonly Worker[] } {
  const workers: Worker[] = [];
  const startWorker = (): Worker => {
    const worker = new Worker(hangingWorkerUrl, { type: 'module' });
    workers.push(worker);
    return worker;
  };
  const recorder = new Recorder(host, { startWorker, ...options });
  closers.push(() => {
    recorder.close();
    for (const worker of workers) worker.terminate();
  });
  return { recorder, workers };
}

/** The planes of a 32-bit file. */
export async function planesOf(recorder: Recorder, take: Take): Promise<readonly Float32Array[]> {
  const bytes = await (await recorder.takes.file(take.id)).arrayBuffer();
  const samples = new Float32Array(bytes, wavHeadBytes);
  return Array.from({ length: take.channels }, (_, channel) =>
    samples.filter((_sample, i) => i % take.channels === channel),
  );
}

/** Frames of a plane that are not what was played. */
export function wrongFrames(plane: Float32Array, channel: number, firstFrame: number): number {
  return plane.filter((sample, i) => sample !== madeSample(channel, firstFrame + i)).length;
}

/** Plays until something has come to pass, in steps that the ring outlasts. */
export async function playUntil(made: MadeMix, holds: () => boolean, frames = 4800): Promise<void> {
  const step = (): boolean => (made.play(frames), holds());
  await expect.poll(step, { timeout: 60_000, interval: 20 }).toBe(true);
}
