import type { Page } from '@playwright/test';

/** Widths of phones and of small screens at which something sticks out of the page. */
export async function overflows(page: Page): Promise<number[]> {
  const found: number[] = [];
  const before = page.viewportSize();
  for (const width of [360, 720, 1024]) {
    await page.setViewportSize({ width, height: 740 });
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    if (scrollWidth > clientWidth) found.push(width);
  }
  if (before !== null) await page.setViewportSize(before);
  return found;
}
