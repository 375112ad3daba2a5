import { cdp } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import { type RecordOptions, Session, type Take } from '../../web/lib/index.ts';
import { SamplePacker } from '../../web/lib/recorder/sample-packer.ts';
import { wavHead, wavHeadBytes } from '../../web/lib/recorder/wav-header.ts';
import { MadeMix, madeSample } from '../support/made-sound.ts';
import {
  closers,
  openRecorder as open,
  planesOf,
  playUntil,
  takeFolder,
  wrongFrames,
} from '../support/record-page.ts';

const rateHz = 48_000;
const mix32: RecordOptions = { source: 'mix', format: 'wav32f' };

/** What the head of a file says of its data, in bytes, and what follows it. */
async function dataOnDisk(): Promise<{ readonly stated: number; readonly there: number }> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(takeFolder);
  for await (const [name, handle] of folder.entries()) {
    if (!name.endsWith('.wav')) continue;
    const file = await (handle as FileSystemFileHandle).getFile();
    const head = new DataView(await file.slice(0, wavHeadBytes).arrayBuffer());
    const stated = head.getUint32(wavHeadBytes - 4, true);
    return { stated, there: file.size - wavHeadBytes };
  }
  throw new Error('There is no file.');
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
    expect(take).toMatchObject({ frames: end - 1000, channels: 2, sampleRate: rateHz });
    expect(recording.status).toMatchObject({ state: 'done', frames: end - 1000, dropouts: [] });
    const planes = await planesOf(recorder, take!);
    expect(planes.map(({ length }) => length)).toEqual([end - 1000, end - 1000]);
    expect(planes.map((plane, channel) => wrongFrames(plane, channel, 1000))).toEqual([0, 0]);
    expect((await recorder.takes.file(take!.id)).name).toBe('A-B- “first” -take-.wav');
    expect(made.mix.listeners).toEqual([]);
  });

  test('begins five seconds in the past, and draws what it has', async () => {
    const made = new MadeMix();
    made.play(2_000_000);
    const { recorder } = open(made);
    await recorder.formats();
    const recording = await recorder.start({ ...mix32, preRollSec: 5 });
    const [take] = await recording.stop();
    expect(take).toMatchObject({ frames: 5 * rateHz, dropouts: [] });
    const [left] = await planesOf(recorder, take!);
    expect(wrongFrames(left!, 0, 2_000_000 - 5 * rateHz)).toBe(0);
    const { overview } = recording;
    expect(overview.length).toBe(Math.ceil((5 * rateHz) / overview.framesPerColumn));
    expect([...overview.maxima]).toEqual([...(await recorder.takes.overview(take!.id)).maxima]);
    expect(Math.max(...overview.maxima)).toBe(left!.reduce((most, x) => Math.max(most, x)));
  });

  test('that was held up for longer than the ring lasts has silence of just what was lost', async () => {
    const made = new MadeMix();
    const { recorder, workers } = open(made);
    const recording = await recorder.start(mix32);
    await playUntil(made, () => recording.status.frames > 50_000);
    const word = new Int32Array(new SharedArrayBuffer(4));
    workers.at(-1)!.postMessage(word.buffer);
    await expect.poll(() => Atomics.load(word, 0)).toBe(1);
    made.play(made.capacity + 12_345);
    Atomics.store(word, 0, 2);
    await expect.poll(() => recording.status.dropouts).toHaveLength(1);
    await playUntil(made, () => recording.status.frames > made.mix.published - 48_000);
    const [take] = await recording.stop();
    expect(take!.frames).toBe(made.mix.published);
    expect(recording.status.dropouts).toEqual(take!.dropouts);
    const { atFrame, frames } = take!.dropouts[0]!;
    // The reader goes on with the newest quarter of the ring.
    expect(atFrame + frames).toBeGreaterThan(0.75 * made.capacity);
    for (const [channel, plane] of (await planesOf(recorder, take!)).entries()) {
      expect(wrongFrames(plane.subarray(0, atFrame), channel, 0)).toBe(0);
      expect(plane.subarray(atFrame, atFrame + frames).every((sample) => sample === 0)).toBe(true);
      expect(wrongFrames(plane.subarray(atFrame + frames), channel, atFrame + frames)).toBe(0);
    }
    const sidecar: unknown = JSON.parse(await (await recorder.takes.sidecar(take!.id)).text());
    expect(sidecar).toMatchObject({ id: take!.id, dropouts: [{ atFrame, frames }] });
  });

  test('whose Worker was killed says so, and has the take as far as it went', async () => {
    const made = new MadeMix();
    const { recorder, workers } = open(made, { stallMs: 5000 });
    const recording = await recorder.start({ ...mix32, name: 'half' });
    await playUntil(made, () => recording.status.frames > 100_000);
    workers.at(-1)!.terminate();
    const written = recording.status.frames;
    await playUntil(made, () => recording.status.state === 'failed', 24_000);
    expect(recording.status.error).toMatchObject({ code: 'worker-failed' });
    const [take] = await recording.stop();
    expect(take).toMatchObject({ name: 'half', isRepaired: true });
    expect(take!.frames).toBeGreaterThanOrEqual(written);
    expect(await recorder.takes.list()).toEqual([take]);
    const [left] = await planesOf(recorder, take!);
    expect([left!.length, wrongFrames(left!, 0, 0)]).toEqual([take!.frames, 0]);
  });

  test('keeps a file readable at any moment, and repairs what a page left behind', async () => {
    const made = new MadeMix();
    const { recorder, workers } = open(made);
    const recording = await recorder.start(mix32);
    await playUntil(made, () => recording.status.frames > 100_000);
    const { stated, there } = await dataOnDisk();
    expect(stated).toBeLessThanOrEqual(there);
    expect(there - stated).toBeLessThan((rateHz / 4 + 8192) * 8);
    const next = open(made).recorder;
    // It is being written: nothing to repair, nothing to list.
    expect(await next.takes.repair()).toEqual([]);
    expect(await next.takes.list()).toEqual([]);
    workers.at(-1)!.terminate();
    let repaired: readonly Take[] = [];
    const repair = async (): Promise<number> => (repaired = await next.takes.repair()).length;
    await expect.poll(repair, { timeout: 30_000 }).toBe(1);
    expect(await next.takes.list()).toEqual(repaired);
    const disk = await dataOnDisk();
    expect(disk.stated).toBe(disk.there);
    expect(repaired[0]!.frames * 8).toBe(disk.there);
    expect(disk.there).toBeGreaterThanOrEqual(there);
  });

  test('leaves nothing of a recording that never had a frame', async () => {
    const made = new MadeMix();
    const { recorder, workers } = open(made);
    await recorder.start(mix32);
    workers.at(-1)!.terminate();
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(takeFolder);
    const countAfterRepair = async (): Promise<number> => {
      expect(await recorder.takes.repair()).toEqual([]);
      let count = 0;
      for await (const _ of folder.keys()) count += 1;
      return count;
    };
    await expect.poll(countAfterRepair, { timeout: 30_000 }).toBe(0);
  });

  test('whose disk is full says so, and keeps what it has', async () => {
    const made = new MadeMix();
    const { recorder } = open(made);
    const { usage = 0 } = await navigator.storage.estimate();
    const quotaSize = usage + 2e6;
    const { origin } = location;
    await cdp().send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
    closers.push(async () => {
      await cdp().send('Storage.overrideQuotaForOrigin', { origin });
    });
    const recording = await recorder.start(mix32);
    await playUntil(made, () => recording.status.state === 'failed');
    expect(recording.status.error).toMatchObject({ code: 'storage-full' });
    const [take] = await recording.stop();
    expect(await recorder.takes.list()).toEqual([take]);
    expect(take!.bytes).toBeGreaterThan(1e6);
    const [left] = await planesOf(recorder, take!);
    expect([left!.length, wrongFrames(left!, 0, 0)]).toEqual([take!.frames, 0]);
  });

  test('ends with the session, and keeps what it has', async () => {
    const made = new MadeMix();
    const { recorder } = open(made);
    const recording = await recorder.start(mix32);
    await playUntil(made, () => recording.status.frames > 10_000);
    made.play(99);
    made.close();
    await expect.poll(() => recording.status.state).toBe('done');
    expect(await recording.stop()).toMatchObject([{ frames: made.mix.published }]);
  });

  test('renames and deletes takes, whatever their names are', async () => {
    const made = new MadeMix();
    const { recorder } = open(made);
    const names = ['../../etc', '', 'CON', '\u202egnp.exe', 'a'.repeat(5000)];
    for (const name of names) {
      await (await recorder.start({ ...mix32, name })).stop();
    }
    const takes = await recorder.takes.list();
    expect(takes.map(({ name }) => name)).toEqual(names);
    const files = await Promise.all(takes.map(({ id }) => recorder.takes.file(id)));
    const saved = ['etc.wav', 'recording.wav', 'CON.wav', 'gnp.exe.wav', `${'a'.repeat(80)}.wav`];
    expect(files.map(({ name }) => name.replace(/^-+/, ''))).toEqual(saved);
    const [{ id }] = takes as [Take];
    await recorder.takes.rename(id, 'better');
    expect((await recorder.takes.list())[0]).toMatchObject({ id, name: 'better' });
    for (const take of takes) await recorder.takes.delete(take.id);
    expect(await recorder.takes.list()).toEqual([]);
    await expect(recorder.takes.file(id)).rejects.toMatchObject({ code: 'take-missing' });
    await expect(recorder.takes.file('../x')).rejects.toMatchObject({ code: 'take-missing' });
  });

  test('refuses what it cannot record', async () => {
    const { recorder } = open(new MadeMix());
    const start = (options: Partial<RecordOptions>): Promise<unknown> =>
      recorder.start({ ...mix32, ...options });
    await expect(start({ preRollSec: 6 })).rejects.toThrow('record.preRollSec must be');
    await expect(start({ source: 7 })).rejects.toThrow('record.source must be');
    await expect(start({ source: 'inputs' })).rejects.toMatchObject({ code: 'nothing-to-record' });
    await expect(start({ source: 0 })).rejects.toMatchObject({ code: 'nothing-to-record' });
    recorder.close();
    await expect(start({})).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('the recorder of a session', () => {
  /** A file of two seconds in which every sample says its frame. */
  function coded(channels: number): File {
    const shape = { sampleType: 'float32', channels, sampleRate: rateHz } as const;
    const frames = 2 * rateHz;
    const planes = Array.from({ length: channels }, (_, channel) =>
      Float32Array.from({ length: frames }, (_sample, i) => madeSample(channel, i)),
    );
    const samples = new SamplePacker(shape, 'none').pack(planes, frames);
    return new File([wavHead(shape, frames), samples], 'coded.wav', { type: 'audio/wav' });
  }

  test('has each input as a take of its own, sample by sample, at the time of the mix', async () => {
    const session = await Session.create({
      sampleRate: rateHz,
      assets: { engine: '/engine.wasm' },
    });
    closers.push(() => session.close());
    await session.capture({ kind: 'file', file: coded(1) }, { input: 0 });
    await session.capture({ kind: 'file', file: coded(2) }, { input: 3 });
    // The mix is then what input 3 gets.
    await session.mixer.send({ kind: 'set', input: 0, parameter: 'mute', value: 1 });
    const { recorder } = open(session);
    await recorder.formats();
    await expect.poll(() => session.mix.published, { timeout: 30_000 }).toBeGreaterThan(rateHz);
    const inputs = await recorder.start({
      ...{ source: 'inputs', format: 'wav32f', preRollSec: 0.5, name: 'desk' },
    });
    const mix = await recorder.start({ ...mix32, preRollSec: 1 });
    await expect.poll(() => inputs.status.frames, { timeout: 60_000 }).toBeGreaterThan(3 * rateHz);
    const [takes, [mixed]] = await Promise.all([inputs.stop(), mix.stop()]);
    expect(takes).toMatchObject([
      { name: 'desk, input 1', source: 0, channels: 1, dropouts: [] },
      { name: 'desk, input 4', source: 3, channels: 2, dropouts: [] },
    ]);
    expect(takes[0]!.frames).toBe(takes[1]!.frames);
    const [[one], [left, right]] = [
      await planesOf(recorder, takes[0]!),
      await planesOf(recorder, takes[1]!),
    ] as const;
    const loop = 2 * rateHz;
    for (const [channel, plane] of [one!, left!, right!].entries()) {
      const sign = channel === 2 ? -1 : 1;
      const first = Math.round(Math.abs(plane[0]!) * 2 ** 20) - 1;
      const isRight = plane.every(
        (sample, i) => sample === sign * madeSample(0, (first + i) % loop),
      );
      expect(isRight).toBe(true);
    }
    const [mixLeft] = await planesOf(recorder, mixed!);
    // Nothing but the moments of the two calls lies between their ends.
    const [end, mixEnd] = [left!, mixLeft!].map((plane) => plane.at(-1)! * 2 ** 20);
    const ahead = (mixEnd! - end! + loop) % loop;
    expect(ahead % session.quantumFrames).toBe(0);
    expect(ahead).toBeLessThan(rateHz / 10);
  });
});
