/** The studio's page, as a browser loads it: under the page's own policy, with the radio behind it. */
import { expect, type Page } from '@playwright/test';
import { build, type InlineConfig, preview, type PreviewServer } from 'vite';
import { headersFor } from '../../scripts/lib/headers.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { webcastProxy } from '../../scripts/lib/webcast-proxy.mjs';
import type { StreamOptions, StreamStatus } from '../../web/lib/index.ts';
import type { Studio } from '../studio/main.ts';

const config: InlineConfig = {
  configFile: false,
  root: fromRoot('tests/studio'),
  publicDir: fromRoot('public'),
  // A server that is killed is no news here.
  logLevel: 'silent',
  appType: 'mpa',
  worker: { format: 'es' },
  build: {
    outDir: fromRoot('build/studio'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
  },
};

export const buildStudio = (): Promise<unknown> => build(config);

/** How a studio's page differs. */
export interface StudioServerOptions {
  /** Where `/webcast/` leads. */
  readonly ports: { readonly studio: number; readonly master: number };
  /** Another origin that the policy lets the page broadcast to. */
  readonly streamOrigin?: string;
}

export class StudioServer implements AsyncDisposable {
  readonly #server: PreviewServer;

  private constructor(server: PreviewServer) {
    this.#server = server;
  }

  static async start({ ports, streamOrigin }: StudioServerOptions): Promise<StudioServer> {
    const headers = Object.fromEntries(headersFor(streamOrigin));
    const address = { host: '127.0.0.1', port: 0, strictPort: false };
    const server = await preview({
      ...config,
      preview: { ...address, headers, proxy: webcastProxy(ports) },
    });
    return new StudioServer(server);
  }

  get url(): string {
    return this.#server.resolvedUrls?.local[0] ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}

declare global {
  // Of the page; only `var` puts a name on globalThis.
  var studio: Studio;
}

/** A studio's page that plays. */
export class StudioPage {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(
    page: Page,
    url: string,
    frequenciesHz: readonly number[],
    rateHz = 48_000,
  ): Promise<StudioPage> {
    await page.goto(url);
    await page.evaluate(([tones, rate]) => studio.play(tones, rate), [
      frequenciesHz,
      rateHz,
    ] as const);
    return new StudioPage(page);
  }

  start(options: StreamOptions): Promise<void> {
    return this.#page.evaluate((asked) => studio.start(asked), options);
  }

  status(): Promise<StreamStatus> {
    return this.#page.evaluate(() => studio.status());
  }

  history(): Promise<readonly string[]> {
    return this.#page.evaluate(() => studio.history());
  }

  stop(): Promise<void> {
    return this.#page.evaluate(() => studio.stop());
  }

  async setTitle(title: string, artist: string): Promise<void> {
    await this.#page.evaluate(([words, who]) => studio.setMetadata({ title: words, artist: who }), [
      title,
      artist,
    ] as const);
  }

  /** Waits for a state, and for the code behind it where one is named. */
  async until(state: string, code?: string): Promise<void> {
    await expect
      .poll(() => this.status(), { timeout: 60_000 })
      .toMatchObject({ state, ...(code === undefined ? {} : { code }) });
  }

  /** Waits until so much of the audio clock has passed. */
  async play(seconds: number): Promise<void> {
    const from = await this.#page.evaluate(() => studio.seconds());
    await expect
      .poll(() => this.#page.evaluate(() => studio.seconds()), { timeout: seconds * 4000 + 10_000 })
      .toBeGreaterThan(from + seconds);
  }
}
