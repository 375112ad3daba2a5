import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { SECURITY_HEADERS } from '../../scripts/lib/headers.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import type { Glitch, GlitchKind } from '../../web/lib/index.ts';
import { runAudio, snapshot, start } from '../support/app.ts';
import { PageServer } from '../support/page-server.ts';

const patience = { timeout: 20_000 };

function glitches<Kind extends GlitchKind>(
  page: Page,
  kind: Kind,
): Promise<Extract<Glitch, { kind: Kind }>[]> {
  return page.evaluate(
    (wanted) =>
      window.quanta!.glitches.snapshot().events.filter((glitch) => glitch.kind === wanted),
    kind,
  ) as Promise<Extract<Glitch, { kind: Kind }>[]>;
}

test('a page that is blocked has a long task where it was blocked', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 2);
  const { fromMs, toMs, audioMs } = await page.evaluate(() => {
    const audio = window.quanta!.context.currentTime * 1000;
    const from = performance.now();
    let to = from;
    while (to - from < 600) to = performance.now();
    return { fromMs: from, toMs: to, audioMs: audio };
  });
  const found = () => glitches(page, 'long-task');
  await expect
    .poll(async () => (await found()).some(({ durationMs }) => durationMs >= 600), patience)
    .toBe(true);
  const task = (await found()).find(({ durationMs }) => durationMs >= 600)!;
  expect(task.pageMs).toBeLessThanOrEqual(fromMs);
  expect(task.pageMs + task.durationMs).toBeGreaterThanOrEqual(toMs);
  // The same moment on both clocks, to what a task and the device's buffers may lie between.
  expect(Math.abs(task.audioMs! - audioMs)).toBeLessThan(250);
});

test('quanta that the clock passed over are told to the frame, at their time on both clocks', async ({
  page,
}) => {
  const prelude = await readFile(fromRoot('tests/fixtures/failing-prelude.js'), 'utf8');
  await using server = await PageServer.start(SECURITY_HEADERS, (path, bytes) =>
    path.includes('/processor-') ? Buffer.from(prelude + bytes.toString()) : bytes,
  );
  await start(page, 'oscillator', `${server.url}/#deadline`);
  await runAudio(page, 2.5);
  const [gap, ...others] = await glitches(page, 'missed-quanta');
  expect(others).toEqual([]);
  const { rate, pageMs } = await page.evaluate(() => ({
    rate: window.quanta!.sampleRate,
    pageMs: performance.now() - (window.quanta!.context.currentTime - 2) * 1000,
  }));
  expect(gap).toMatchObject({ frame: Math.ceil((2 * rate) / 128) * 128, frames: 1280 });
  expect(gap!.audioMs).toBeCloseTo((gap!.frame * 1000) / rate, 6);
  expect(gap!.durationMs).toBeCloseTo((1280 * 1000) / rate, 6);
  expect(Math.abs(gap!.pageMs - pageMs)).toBeLessThan(100);
  expect((await snapshot(page)).missedFrames).toBe(1280);
  await expect(page.getByTestId('glitch-count-missed-quanta')).toHaveAttribute('data-value', '1');
});

test('no gap is lost while the page is blocked', async ({ page }) => {
  const prelude = await readFile(fromRoot('tests/fixtures/failing-prelude.js'), 'utf8');
  // Every fourth quantum of the third second is missed: more gaps than the ring of events holds.
  const often = prelude.replace(
    /if \(currentFrame >= missFrom.*/,
    'const quantum = currentFrame / frames; const second = currentFrame / sampleRate;' +
      ' if (second >= 2 && second < 3 && quantum % 4 === 0) return true;',
  );
  expect(often).not.toBe(prelude);
  await using server = await PageServer.start(SECURITY_HEADERS, (path, bytes) =>
    path.includes('/processor-') ? Buffer.from(often + bytes.toString()) : bytes,
  );
  await start(page, 'oscillator', server.url);
  await runAudio(page, 1.5);
  await page.evaluate(() => {
    const from = performance.now();
    while (performance.now() - from < 2000);
  });
  await runAudio(page, 0.1);
  const { counts, events } = await page.evaluate(() => window.quanta!.glitches.snapshot());
  const { missedFrames } = await snapshot(page);
  const rate = await page.evaluate(() => window.quanta!.sampleRate);
  expect(missedFrames / 128).toBeGreaterThan(64);
  // Every gap but one that the browser itself may have made is one quantum long.
  expect(counts['missed-quanta'].events).toBeGreaterThanOrEqual(Math.floor(rate / 128 / 4));
  expect(counts['missed-quanta'].durationMs).toBeCloseTo((missedFrames * 1000) / rate, 6);
  expect(events.filter(({ kind }) => kind === 'missed-quanta').length).toBeGreaterThan(0);
});

test('kinds that nobody counts here say why', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  const { unavailable } = await page.evaluate(() => window.quanta!.glitches.snapshot());
  expect(unavailable['capture-loss']).toMatch(/No source/);
  expect(unavailable.underrun).toBeUndefined();
  expect(unavailable['long-task']).toBeUndefined();
});
