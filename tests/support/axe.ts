/** Accessibility rules, checked on the running page. */
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

declare global {
  // Only `var` puts a name on globalThis.
  var axe: typeof import('axe-core');
}

/** The checker: an init script of the page. */
export const axeFile: string = createRequire(import.meta.url).resolve('axe-core');

/** Rules that the page breaks, with the first element that breaks each. */
export async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run(document);
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}
