import { readFile } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { MARK_CATEGORY, QUANTUM_CATEGORY, quantaBetween } from '../../scripts/lib/audio-trace.mjs';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import type { DeadlineFigure, DeadlineReading, Session } from '../../web/lib/index.ts';
import { runAudio, start } from '../support/app.ts';
import { PageServer } from '../support/page-server.ts';

const windowSec = 20;
// The meter hands the cost to the engine after it has read the clock: that is in the trace only.
const recordingUs = 2;

/** The page with an engine that takes longer, in the way that the prelude's shape says. */
class LoadedPage implements AsyncDisposable {
  /** Path of the processor's module; empty before it was asked for. */
  processor = '';
  #server: PageServer | undefined;

  static async serve(shape: string): Promise<LoadedPage> {
    const prelude = await readFile(fromRoot('tests/fixtures/loading-prelude.js'), 'utf8');
    const loaded = new LoadedPage();
    loaded.#server = await PageServer.start(SECURITY_HEADERS, (path, bytes) => {
      if (!path.includes('/processor-')) return bytes;
      loaded.processor = path;
      return Buffer.from(`const shape = '${shape}';\n${prelude}${bytes.toString()}`);
    });
    return loaded;
  }

  get url(): string {
    return this.#server!.url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
  }
}

interface Comparison {
  readonly reading: DeadlineReading;
  /** What Chromium's trace says of the same quanta, in microseconds, rising. */
  readonly traced: readonly number[];
  /** The same of a processor that does nothing. */
  readonly bare: readonly number[];
}

/** Measures all quanta of some seconds by the meter and by the trace. */
async function compare(page: Page, browser: Browser, processor: string): Promise<Comparison> {
  await page.evaluate(addBareProcessor, processor);
  await page.evaluate(() => window.quanta!.telemetry.deadline.measure({ every: 1 }));
  // The code is compiled as far as it will be.
  await runAudio(page, 4);
  await browser.startTracing(page, { categories: [QUANTUM_CATEGORY, MARK_CATEGORY] });
  await runAudio(page, 1);
  const reading = await page.evaluate(readWindow, windowSec);
  const calls = quantaBetween(await browser.stopTracing(), 'window-begin', 'window-end');
  const sorted = calls.map((thread) => thread.toSorted((a, b) => a - b));
  const [bare, traced] = sorted.toSorted((a, b) => at(a, 0.5) - at(b, 0.5));
  expect(Math.abs(traced!.length - reading.measured)).toBeLessThanOrEqual(8);
  return { reading, traced: traced!, bare: bare! };
}

/** In the page: a processor that does nothing, of the same inputs and outputs, in its own context. */
async function addBareProcessor(url: string): Promise<void> {
  const { context } = window.quanta!;
  const second = new AudioContext({ sampleRate: context.sampleRate });
  await second.audioWorklet.addModule(url);
  const options = { numberOfInputs: 8, numberOfOutputs: 1, outputChannelCount: [2] };
  new AudioWorkletNode(second, 'bare', options).connect(second.destination);
  await second.resume();
}

/**
 * In the page: what the meter says of some seconds of audio, with their ends marked in the trace, just outside
 * of the meter's, so that it has seen no quantum that is not in the trace.
 */
async function readWindow(seconds: number): Promise<DeadlineReading> {
  const { context, telemetry } = window.quanta!;
  const { deadline } = telemetry;
  const endSec = context.currentTime + seconds;
  performance.mark('window-begin');
  const begin = deadline.mark();
  while (context.currentTime < endSec) await new Promise((resolve) => setTimeout(resolve, 100));
  const end = deadline.mark();
  performance.mark('window-end');
  return deadline.read(begin, end);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * sorted.length)]!;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** By how much a figure differs from the truth, as a share of it. */
function errorOf(figure: DeadlineFigure, truth: number): number {
  expect(figure.reason).toBeNull();
  return Math.abs(figure.valueUs! / truth - 1);
}

for (const shape of ['flat', 'bimodal', 'spikes']) {
  test(`the meter agrees with the browser's trace under a load that is ${shape}`, async ({
    page,
    browser,
  }, { annotations }) => {
    test.setTimeout(300_000);
    await using loaded = await LoadedPage.serve(shape);
    await start(page, 'oscillator', loaded.url);
    await runAudio(page, 1);
    const { reading, traced, bare } = await compare(page, browser, loaded.processor);
    annotations.push({ type: 'figures', description: describe(reading, traced, bare) });
    const { p50, p95, p99, max, source } = reading;
    expect(source).toMatchObject({ kind: 'temporal', resolutionUs: 5 });
    expect(reading.coverage).toBeGreaterThan(0.99);
    expect(errorOf(p50, at(traced, 0.5) - at(bare, 0.5))).toBeLessThan(0.1);
    expect(errorOf(p95, at(traced, 0.95))).toBeLessThan(0.1);
    expect(errorOf(p99, at(traced, 0.99))).toBeLessThan(0.1);
    expect(max.valueUs! / traced.at(-1)!).toBeLessThan(1.2);
    const { valueUs, standardErrorUs } = reading.mean;
    const errorUs = Math.hypot(standardErrorUs!, standardError(traced), standardError(bare));
    // What a call costs by itself lies between the median and the mean of calls that do nothing: the
    // mean also has their waits for a core, which a call with work in it has inside, where the meter is.
    const call = mean(traced) - valueUs!;
    expect(call).toBeGreaterThan(at(bare, 0.5) - 2 * errorUs);
    expect(call).toBeLessThan(mean(bare) + 2 * errorUs + recordingUs);
  });
}

// A million take six minutes: QUANTA_GHOST_WINDOWS=10.
const ghostWindows = Number(process.env['QUANTA_GHOST_WINDOWS'] ?? 1);
const ghostQuanta = 100_000;

test('no quantum is shown that cost more than the trace says, in a hundred thousand', async ({
  page,
  browser,
}, { annotations }) => {
  test.setTimeout((ghostWindows + 1) * 300_000);
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await page.evaluate(startSmallQuanta);
  for (let window = 0; window < ghostWindows; window += 1) {
    await browser.startTracing(page, { categories: [QUANTUM_CATEGORY, MARK_CATEGORY] });
    const { measured, max } = await page.evaluate(readQuanta, ghostQuanta);
    const calls = quantaBetween(await browser.stopTracing(), 'window-begin', 'window-end');
    // The page's own session runs on, in quanta of the usual length.
    const small = calls.toSorted((a, b) => b.length - a.length)[0]!;
    const longest = small.reduce((most, us) => Math.max(most, us));
    expect(measured).toBeGreaterThanOrEqual(ghostQuanta);
    expect(Math.abs(small.length / measured - 1)).toBeLessThan(0.01);
    const description = `${measured} quanta: max ${max.valueUs}, trace ${longest}`;
    annotations.push({ type: 'figures', description });
    expect(max.valueUs! / longest).toBeLessThan(1.2);
  }
});

/** In the page: a second session with quanta as short as a third of a millisecond, all measured. */
async function startSmallQuanta(): Promise<void> {
  const sessions = window.quanta!.constructor as unknown as typeof Session;
  const session = await sessions.create({ sampleRate: 96_000, quantumFrames: 32 });
  await session.capture({ kind: 'oscillator' });
  await session.telemetry.deadline.measure({ every: 1 });
  Object.assign(window, { smallQuanta: session });
}

/** In the page: what the meter says of the next quanta of that session. */
async function readQuanta(quanta: number): Promise<DeadlineReading> {
  const { smallQuanta } = window as unknown as { smallQuanta: Session };
  const { deadline } = smallQuanta.telemetry;
  performance.mark('window-begin');
  const begin = deadline.mark();
  let end = begin;
  while (end!.words.measured < begin!.words.measured + quanta) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    end = deadline.mark();
  }
  performance.mark('window-end');
  return deadline.read(begin, end);
}

/** One line for the report. */
function describe(
  { p50, p95, p99, max, mean: meterMean }: DeadlineReading,
  traced: readonly number[],
  bare: readonly number[],
): string {
  const pairs = [
    ['p50', p50.valueUs, at(traced, 0.5)],
    ['p95', p95.valueUs, at(traced, 0.95)],
    ['p99', p99.valueUs, at(traced, 0.99)],
    ['max', max.valueUs, traced.at(-1)!],
    ['mean', meterMean.valueUs, mean(traced)],
  ] as const;
  const words = pairs.map(
    ([name, meter, trace]) => `${name} ${meter?.toFixed(1)} (trace ${trace.toFixed(1)})`,
  );
  return `${words.join(', ')}; a call by itself ${at(bare, 0.5)}, mean ${mean(bare).toFixed(1)}`;
}
