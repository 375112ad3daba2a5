/** What all performance measurements share: the page with the lab beside it, and how results go out. */
import { type Browser, type Page, test as base } from '@playwright/test';
import { buildLab, newLabPage, serveLab } from '../../scripts/lib/lab-page.mjs';
import { commit, machine } from '../../scripts/lib/machine.mjs';
import { LoadWatch } from '../../scripts/perf/load.mjs';
import { ATTACHMENT, type Part, type Result } from '../../scripts/perf/record.mjs';
import {
  processesOf,
  type ThreadTicks,
  threadShares,
  threadTicks,
  ticksBetween,
} from '../../scripts/perf/threads.mjs';

/** Length of a measurement. */
export const measureSec = Number(process.env['PERF_SECONDS'] ?? 10);

/** What a measurement found. */
export interface Found {
  readonly results: readonly Result[];
  readonly details: Part['details'];
}

interface Lab {
  readonly url: string;
}

interface Fixtures {
  readonly labPage: Page;
}

/** Tests with the built page, served with the lab beside it. */
export const test = base.extend<Fixtures, { lab: Lab }>({
  lab: [
    async ({ browserName: _browserName }, use) => {
      await buildLab();
      const server = await serveLab();
      await use({ url: server.url });
      await server.close();
    },
    { scope: 'worker' },
  ],
  labPage: async ({ browser }, use) => {
    const page = await newLabPage(browser);
    await use(page);
    await page.context().close();
  },
});

/** Measures, with a look at the machine before and after, and hands the part to the reporter. */
export async function measure(
  name: string,
  browser: Browser,
  act: () => Promise<Found>,
): Promise<Found> {
  const watch = new LoadWatch();
  const before = threadTicks(await processesOf(browser));
  const found = await act();
  const after = threadTicks(await processesOf(browser));
  const part: Part = {
    ...{ name, ...found },
    machine: machine(),
    browser: `Chromium ${browser.version()}`,
    node: process.version,
    commit: commit(),
    date: new Date().toISOString(),
    load: watch.end(after.size === 0 ? null : ticksBetween(before, after)),
  };
  const body = JSON.stringify(part);
  await test.info().attach(ATTACHMENT, { body, contentType: 'application/json' });
  return found;
}

/** Shares of a core that each thread of the browser takes while `act` runs. */
export async function withThreads<T>(
  browser: Browser,
  act: () => Promise<T>,
): Promise<{ value: T; threads: ReturnType<typeof threadShares> }> {
  const processes = await processesOf(browser);
  const [before, start]: [ThreadTicks, number] = [threadTicks(processes), performance.now()];
  const value = await act();
  const seconds = (performance.now() - start) / 1000;
  return { value, threads: threadShares(before, threadTicks(processes), seconds, processes) };
}
