import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DIGEST_MODULES, DIGEST_PAGES } from '../../scripts/lib/build-engine.mjs';
import { fallbackModule } from '../../scripts/lib/fallback-module.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { outputOf } from '../../scripts/lib/run.mjs';

const pageBytes = 65536;

/** Lines of a size and the digest that tests/native/digest/fft_digest.h makes of it. */
const digests = readFileSync(fromRoot('tests/fixtures/fft.digests'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' ').map(Number) as [size: number, digest: number]);

interface DigestExports {
  fft_digest(size: number): number;
}

const newMemory = (): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: DIGEST_PAGES, maximum: DIGEST_PAGES });

async function asWasm(file: string): Promise<DigestExports> {
  const bytes = Uint8Array.from(readFileSync(fromRoot(file)));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: newMemory() } });
  return instance.exports as unknown as DigestExports;
}

async function asJavaScript(file: string): Promise<DigestExports> {
  const text = outputOf('wasm2js', ['-O2', '--all-features', fromRoot(file)]);
  const source = fallbackModule(text, { arenaBase: 0, memoryBytes: DIGEST_PAGES * pageBytes });
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  const { instantiate } = (await import(/* @vite-ignore */ url)) as {
    instantiate: (memory: WebAssembly.Memory) => DigestExports;
  };
  return instantiate(newMemory());
}

const [simd, scalar] = DIGEST_MODULES;

// The native tests hold the native build to the same digests.
describe.each([
  ['as WebAssembly with SIMD', () => asWasm(simd)],
  ['as WebAssembly without SIMD', () => asWasm(scalar)],
  ['as JavaScript', () => asJavaScript(scalar)],
] as const)('transforms %s', (_name, load) => {
  test('give the bits that the native build gives', async () => {
    const exports = await load();
    expect(digests.length).toBeGreaterThan(10);
    for (const [size, digest] of digests) {
      expect([size, exports.fft_digest(size) >>> 0]).toEqual([size, digest]);
    }
  });
});
