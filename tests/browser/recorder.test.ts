import { afterEach, describe, expect, test } from 'vitest';
import { Recorder, type RecorderHost, type RecordOptions, type Take } from '../../web/lib/index.ts';
import { wavHeadBytes } from '../../web/lib/recorder/wav-header.ts';
import { MadeMix, madeSample } from '../support/made-sound.ts';
import hangingWorkerUrl from '../support/hanging-record-worker.ts?worker&url';

const closers: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function open(host: RecorderHost = new MadeMix()) {
  const workers: Worker[] = [];
  const startWorker = (): Worker => {
    const worker = new Worker(hangingWorkerUrl, { type: 'module' });
    workers.push(worker);
    return worker;
  };
  const recorder = new Recorder(host, { startWorker });
  closers.push(() => {
    recorder.close();
    for (const worker of workers) worker.terminate();
  });
  closers.push(async () => {
    for (const { id } of await recorder.takes.list()) await recorder.takes.delete(id);
  });
  return { recorder, workers };
}

const mix32: RecordOptions = { source: 'mix', format: 'wav32f' };

/** The planes of a 32-bit stereo file. */
async function planesOf(recorder: Recorder, { id }: Take): Promise<readonly Float32Array[]> {
  const bytes = await (await recorder.takes.file(id)).arrayBuffer();
  const samples = new Float32Array(bytes, wavHeadBytes);
  return [0, 1].map((channel) => samples.filter((_, i) => i % 2 === channel));
}

/** Frames of a plane that are not what was played. */
function wrongFrames(plane: Float32Array, channel: number, firstFrame: number): number {
  return plane.filter((sample, i) => sample !== madeSample(channel, firstFrame + i)).length;
}

/** Plays until something has come to pass, in steps that the ring outlasts. */
async function playUntil(made: MadeMix, holds: () => boolean, frames = 4800): Promise<void> {
  await expect
    .poll(() => (made.play(frames), holds()), { timeout: 60_000, interval: 20 })
    .toBe(true);
}

describe('the recorder', () => {
  test('writes every frame of the mix between start and stop, bit by bit', async () => {
    const made = new MadeMix();
    made.play(1000);
    const { recorder } = open(made);
    const recording = await recorder.start({ ...mix32, name: 'A/B: “first” <take>' });
    await playUntil(made, () => recording.status.frames > 200_000);
    made.play(777);
    const end = made.mix.published;
    const [take] = await recording.stop();
    expect(take).toMatchObject({ frames: end - 1000, channels: 2, sampleRate: 48_000 });
    expect(recording.status).toMatchObject({ state: 'done', frames: end - 1000, dropouts: [] });
    const planes = await planesOf(recorder, take!);
    expect(planes.map(({ length }) => length)).toEqual([end - 1000, end - 1000]);
    expect(planes.map((plane, channel) => wrongFrames(plane, channel, 1000))).toEqual([0, 0]);
    expect((await recorder.takes.file(take!.id)).name).toBe('A-B- “first” -take-.wav');
    expect(made.mix.listeners).toEqual([]);
  });
});
