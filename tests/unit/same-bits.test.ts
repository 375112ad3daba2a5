import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DIGEST_MODULES, DIGEST_PAGES } from '../../scripts/lib/build-engine.mjs';
import { fallbackModule } from '../../scripts/lib/fallback-module.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { outputOf } from '../../scripts/lib/run.mjs';

const pageBytes = 65536;

/** Lines of a number and the digest that a function of tests/native/digest makes of it. */
const digestsOf = (file: string) =>
  readFileSync(fromRoot('tests/fixtures', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number) as [of: number, digest: number]);

interface DigestExports {
  fft_digest(size: number): number;
  vad_digest(seed: number): number;
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
  ['WebAssembly with SIMD', () => asWasm(simd)],
  ['WebAssembly without SIMD', () => asWasm(scalar)],
  ['JavaScript', () => asJavaScript(scalar)],
] as const)('as %s', (_name, load) => {
  test.each([
    ['transforms', 'fft_digest', 'fft.digests', 10],
    ['probabilities of voice', 'vad_digest', 'vad.digests', 3],
  ] as const)('%s have the bits of the native build', async (_what, name, file, least) => {
    const exports = await load();
    const digests = digestsOf(file);
    expect(digests.length).toBeGreaterThanOrEqual(least);
    for (const [of, digest] of digests) expect([of, exports[name](of) >>> 0]).toEqual([of, digest]);
  });
});
