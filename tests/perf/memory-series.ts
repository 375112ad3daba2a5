import type { Browser, CDPSession, Page } from '@playwright/test';
import type { WorkletHeap } from '../../scripts/lib/worklet-heap.mjs';
import type { Result } from '../../scripts/perf/record.mjs';
import { resultOf } from '../../scripts/perf/results.mjs';
import { processesOf, residentBytes } from '../../scripts/perf/threads.mjs';

/** One look: bytes, and null where nobody tells. */
interface Look {
  readonly sec: number;
  readonly pageHeap: number;
  readonly resident: number | null;
}

const everyMs = 1000;

/** The page's heap and the memory of its process over time; the worklet's heap at both ends. */
export class MemorySeries {
  readonly #cdp: CDPSession;
  readonly #heap: WorkletHeap;
  readonly #pids: readonly number[];
  readonly #workletBefore: number | null;
  readonly #start = performance.now();
  readonly #looks: Promise<Look>[] = [];

  private constructor(
    cdp: CDPSession,
    heap: WorkletHeap,
    pids: readonly number[],
    workletBefore: number | null,
  ) {
    this.#cdp = cdp;
    this.#heap = heap;
    this.#pids = pids;
    this.#workletBefore = workletBefore;
  }

  static async start(page: Page, browser: Browser, heap: WorkletHeap): Promise<MemorySeries> {
    const cdp = await page.context().newCDPSession(page);
    const processes = await processesOf(browser);
    const pids = processes.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    return new MemorySeries(cdp, heap, pids, (await heap.read())?.usedSize ?? null);
  }

  /** Call it often: it looks once a second. */
  look(): void {
    const sec = (performance.now() - this.#start) / 1000;
    if (sec * 1000 >= everyMs * this.#looks.length) this.#looks.push(this.#read(sec));
  }

  async stop(): Promise<{ readonly results: readonly Result[]; readonly series: readonly Look[] }> {
    const series = await Promise.all(this.#looks);
    const after = (await this.#heap.read())?.usedSize ?? null;
    await this.#cdp.detach();
    const residents = series.map(({ resident }) => resident).filter((bytes) => bytes !== null);
    const worklet = after === null || this.#workletBefore === null ? [] : [after];
    return {
      series,
      results: [
        ...of(
          'page-heap',
          series.map(({ pageHeap }) => pageHeap),
        ),
        ...of('worklet-heap', worklet),
        ...of('resident', residents),
      ],
    };
  }

  async #read(sec: number): Promise<Look> {
    const { usedSize } = await this.#cdp.send('Runtime.getHeapUsage');
    const known = this.#pids.map(residentBytes).filter((bytes) => bytes !== null);
    const resident = known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
    return { sec, pageHeap: usedSize, resident };
  }
}

function of(name: string, samples: readonly number[]): Result[] {
  return samples.length === 0 ? [] : [resultOf({ name, unit: 'bytes' }, samples)];
}
