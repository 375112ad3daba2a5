/** Runs Chromium's trace round something. */
import type { Browser, Page } from '@playwright/test';
import {
  type AudioThreadTrace,
  QUANTUM_CATEGORY,
  readAudioTrace,
} from '../../scripts/lib/audio-trace.mjs';

const categories = [QUANTUM_CATEGORY, 'v8', 'disabled-by-default-v8.gc', 'devtools.timeline'];

/** Traces while `act` runs. */
export async function traceAudioThread(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<AudioThreadTrace> {
  await browser.startTracing(page, { categories });
  await act();
  return readAudioTrace(await browser.stopTracing());
}
