import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import type { CaptureFault, CaptureFaultKind } from '../../web/lib/index.ts';
import { runAudio, snapshot, start, withBrowser } from '../support/app.ts';
import { PageServer } from '../support/page-server.ts';
import { noise, seededRandom } from '../support/random.ts';
import { wavFile } from '../support/wav.ts';

declare global {
  // Only `var` puts a name on globalThis.
  var found: CaptureFault[];
  var over: CaptureFault[];
  var deviceHz: number;
  /** When the page's thread got round to a timer, in milliseconds. */
  var ticksMs: number[];
}

const patience = { timeout: 20_000 };
const mostSec = 0.25;
const tickMs = 25;

/** Keeps every fault from now on, as it is found and as it ends. */
async function keepFaults(page: Page): Promise<void> {
  await page.evaluate((everyMs) => {
    globalThis.found = [];
    globalThis.over = [];
    window.quanta!.watchdog.on('fault', (fault) => globalThis.found.push(fault));
    window.quanta!.watchdog.on('over', (fault) => globalThis.over.push(fault));
    globalThis.ticksMs = [performance.now()];
    setInterval(() => globalThis.ticksMs.push(performance.now()), everyMs);
  }, tickMs);
}

/** Starts a microphone and waits until it has sound. */
async function startMicrophone(page: Page, path: string): Promise<void> {
  await start(page, 'microphone', path);
  await runAudio(page, 1);
  await keepFaults(page);
}

/** The first fault of a kind: it was found in time, on the audio clock. */
async function firstFault(page: Page, kind: CaptureFaultKind): Promise<CaptureFault> {
  await expect
    .poll(() => page.evaluate(() => globalThis.found.map((fault) => fault.kind)), patience)
    .toContain(kind);
  const { fault, rateHz } = await page.evaluate((wanted) => {
    const first = globalThis.found.find((each) => each.kind === wanted)!;
    return { fault: first, rateHz: window.quanta!.sampleRate };
  }, kind);
  const tookSec = (fault.foundFrame - fault.sinceFrame) / rateHz;
  expect(tookSec).toBeLessThanOrEqual(mostSec + (await longestPauseSec(page)));
  return fault;
}

/** For how long a busy machine has held up the page's thread, which finds nothing meanwhile. */
async function longestPauseSec(page: Page): Promise<number> {
  const ticksMs = await page.evaluate(() => globalThis.ticksMs);
  const pausesMs = ticksMs.slice(1).map((ms, i) => ms - ticksMs[i]! - 2 * tickMs);
  return Math.max(0, ...pausesMs) / 1000;
}

/** The same fault when it is over. */
async function endOf(page: Page, { id }: CaptureFault): Promise<NonNullable<CaptureFault['end']>> {
  const ended = () => page.evaluate((wanted) => globalThis.over.find((f) => f.id === wanted), id);
  await expect.poll(ended, patience).toBeDefined();
  return (await ended())!.end!;
}

/** Positions of the listeners' clock: nothing is lost or begun anew. */
function published(page: Page): Promise<{ chunks: number; frames: number; clock: number }> {
  return page.evaluate(() => {
    const { bus, mix, scope } = window.quanta!;
    const { frames, missedFrames } = scope;
    return { chunks: bus.published, frames: mix.published, clock: frames + missedFrames };
  });
}

test('a microphone whose track is stopped is found, and opened again', async ({ page }) => {
  await startMicrophone(page, '/');
  const before = await published(page);
  await page.evaluate(() => window.quanta!.source!.track!.stop());
  const fault = await firstFault(page, 'track-ended');
  expect(fault).toMatchObject({ input: 0, tone: 'bad' });
  const { how, gapFrames, frame } = await endOf(page, fault);
  expect(how).toBe('recovered');
  expect(gapFrames).toBe(frame - fault.sinceFrame);
  expect(gapFrames).toBeGreaterThan(0);
  expect(await page.evaluate(() => window.quanta!.source!.track!.readyState)).toBe('live');
  await runAudio(page, 1);
  const after = await published(page);
  expect(after.chunks).toBeGreaterThan(before.chunks);
  // The mix is at the clock's place: not a frame of it was left out.
  expect(Math.abs(after.frames - after.clock)).toBeLessThanOrEqual(1024);
  const glitches = await page.evaluate(() => window.quanta!.glitches.snapshot().events);
  expect(glitches).toContainEqual(
    expect.objectContaining({ kind: 'capture-fault', fault: 'track-ended', input: 0 }),
  );
});

test('an audio clock that is stopped from outside is found and started again', async ({ page }) => {
  await startMicrophone(page, '/');
  await page.evaluate(() => window.quanta!.context.suspend());
  const fault = await firstFault(page, 'context-suspended');
  const { how, gapMs } = await endOf(page, fault);
  expect(how).not.toBe('closed');
  expect(gapMs).toBeGreaterThan(0);
  await runAudio(page, 0.5);
  // The browser passes over some quanta as it stops: they are in the list, to the frame.
  const { missedFrames } = await snapshot(page);
  const { events } = await page.evaluate(() => window.quanta!.glitches.snapshot());
  const missed = events.map((event) => (event.kind === 'missed-quanta' ? event.frames : 0));
  expect(missed.reduce((a, b) => a + b, 0)).toBe(missedFrames);
  expect(await page.evaluate(() => window.quanta!.status.state)).toBe('running');
});

test('a clock that is held on purpose is no fault', async ({ page }) => {
  await startMicrophone(page, '/');
  await page.evaluate(() => window.quanta!.suspend());
  await expect.poll(() => page.evaluate(() => window.quanta!.context.state)).toBe('suspended');
  await page.evaluate(() => window.quanta!.resume());
  await runAudio(page, 0.5);
  const kinds = await page.evaluate(() => globalThis.found.map(({ kind }) => kind));
  expect(kinds).not.toContain('context-suspended');
});

test('a microphone that sends zeros is called silent, calmly, and nothing is done', async ({
  baseURL,
}, testInfo) => {
  const rate = 44_100;
  const samples = noise(4 * rate, seededRandom(1)).map((sample, i) =>
    i % (2 * rate) < rate ? sample * 0.5 : 0,
  );
  const file = testInfo.outputPath('half-silent.wav');
  await writeFile(file, wavFile([Float32Array.from(samples)], rate, 'int16'));
  await withBrowser({ wavFile: file }, async (context) => {
    const page = await context.newPage();
    await startMicrophone(page, baseURL!);
    const track = await page.evaluateHandle(() => window.quanta!.source!.track!);
    const fault = await firstFault(page, 'zeros');
    expect(fault).toMatchObject({ tone: 'info', title: 'Digital silence.' });
    const { how, gapFrames } = await endOf(page, fault);
    expect(how).toBe('by-itself');
    const rateHz = await page.evaluate(() => window.quanta!.sampleRate);
    expect(gapFrames / rateHz).toBeGreaterThan(0.8);
    expect(gapFrames / rateHz).toBeLessThan(1.3);
    expect(await track.evaluate((live) => live === window.quanta!.source!.track)).toBe(true);
  });
});

test('a microphone that changes its rate is found, and opened again', async ({ page }) => {
  await page.addInitScript(makeMicrophone);
  await startMicrophone(page, '/');
  const track = await page.evaluateHandle(() => window.quanta!.source!.track!);
  await page.evaluate(() => void (globalThis.deviceHz = 16_000));
  const fault = await firstFault(page, 'rate-changed');
  expect((await endOf(page, fault)).how).toBe('recovered');
  expect(await track.evaluate((old) => old === window.quanta!.source!.track)).toBe(false);
});

test('a microphone that stops sending is found as dead', async ({ page }) => {
  await page.addInitScript(makeMicrophone);
  await startMicrophone(page, '/');
  await page.evaluate(() => void (globalThis.deviceHz = 0));
  expect(await firstFault(page, 'no-frames')).toMatchObject({ input: 0, tone: 'bad' });
});

/** In the page: a microphone that runs at `deviceHz`, and not at all at 0. */
function makeMicrophone(): void {
  globalThis.deviceHz = 48_000;
  const Generator = (
    globalThis as unknown as {
      MediaStreamTrackGenerator: new (init: { kind: 'audio' }) => MediaStreamTrack & {
        writable: WritableStream<AudioData>;
      };
    }
  ).MediaStreamTrackGenerator;
  navigator.mediaDevices.getUserMedia = () => {
    const track = new Generator({ kind: 'audio' });
    const writer = track.writable.getWriter();
    const startMs = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      if (track.readyState === 'ended') return clearInterval(timer);
      for (; sent * 10 < performance.now() - startMs + 30; sent += 1) {
        const { deviceHz } = globalThis;
        if (deviceHz === 0) continue;
        const data = Float32Array.from({ length: deviceHz / 100 }, () => Math.random() - 0.5);
        const shape = { format: 'f32-planar', numberOfChannels: 1 } as const;
        const length = { sampleRate: deviceHz, numberOfFrames: data.length };
        void writer.write(new AudioData({ ...shape, ...length, timestamp: sent * 10_000, data }));
      }
    }, 5);
    return Promise.resolve(new MediaStream([track]));
  };
}

test('a processor that throws is replaced, and positions go on', async ({ page }) => {
  const prelude = await readFile(fromRoot('tests/fixtures/failing-prelude.js'), 'utf8');
  await using server = await PageServer.start(SECURITY_HEADERS, (path, bytes) =>
    path.includes('/processor-') ? Buffer.from(prelude + bytes.toString()) : bytes,
  );
  await start(page, 'oscillator', server.url);
  await runAudio(page, 1);
  await keepFaults(page);
  const before = await published(page);
  const fault = await firstFault(page, 'processor-error');
  const { how, gapFrames } = await endOf(page, fault);
  expect(how).toBe('recovered');
  await runAudio(page, 1);
  const after = await published(page);
  expect(after.chunks).toBeGreaterThan(before.chunks);
  const { events, counts } = await page.evaluate(() => window.quanta!.glitches.snapshot());
  const { missedFrames, level } = await snapshot(page);
  const missed = events.filter((event) => event.kind === 'missed-quanta');
  expect(missed.map(({ frames }) => frames).reduce((a, b) => a + b)).toBe(missedFrames);
  expect(counts['missed-quanta'].events).toBe(missed.length);
  expect(missed).toHaveLength(2);
  expect(missed[0]!.frames).toBe(1280);
  // The fault is over when the page is told so.
  const rateHz = await page.evaluate(() => window.quanta!.sampleRate);
  const heldFrames = (await longestPauseSec(page)) * rateHz;
  expect(Math.abs(missed[1]!.frames - gapFrames)).toBeLessThanOrEqual(4800 + heldFrames);
  expect(Math.abs(after.frames - after.clock)).toBeLessThanOrEqual(1024);
  expect(level!.peakDb).toBeCloseTo(-12, 0);
  const engine = await page.evaluate(() => window.quanta!.telemetry.engine!);
  expect(engine.frameCount + engine.gapFrames).toBeGreaterThanOrEqual(after.clock);
});
