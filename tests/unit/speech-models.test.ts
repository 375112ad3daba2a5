import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bringPackageFiles, isThere, sha256Of } from '../../scripts/lib/package-files.mjs';
import { fromRoot, root } from '../../scripts/lib/paths.mjs';
import {
  bringDefaultModel,
  MANIFEST,
  modelNamed,
  MODELS,
} from '../../scripts/lib/speech-models.mjs';

/** A port that nobody listens on. */
const NOWHERE = 'http://127.0.0.1:9';

const withoutNetwork = (): void => {
  vi.stubEnv('npm_config_registry', NOWHERE);
  // What npm has fetched before would be found.
  vi.stubEnv('npm_config_cache', folder);
};

let folder = '';
beforeEach(() => {
  mkdirSync(fromRoot('build'), { recursive: true });
  folder = mkdtempSync(fromRoot('build', 'test-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('the files of a package', () => {
  const wanted = (text: string) => ({
    path: path.relative(root, path.join(folder, 'file')),
    source: 'dist/file',
    bytes: text.length,
    sha256: sha256Of(Buffer.from(text)),
  });

  test('are not fetched where they are there', () => {
    withoutNetwork();
    const file = wanted('right');
    writeFileSync(path.join(folder, 'file'), 'right');
    expect(isThere(file)).toBe(true);
    expect(bringPackageFiles('quanta-no-such-package@1.0.0', [file])).toBe(false);
  });

  test('of the right length and other bytes are not there', () => {
    writeFileSync(path.join(folder, 'file'), 'wrong');
    expect(isThere(wanted('right'))).toBe(false);
  });

  test('that cannot be fetched are named, with what to look for', () => {
    withoutNetwork();
    expect(() => bringPackageFiles('quanta-no-such-package@1.0.0', [wanted('right')])).toThrow(
      /^quanta-no-such-package@1\.0\.0 could not be fetched \(ECONNREFUSED\)\. Is there a network\?$/,
    );
  });
});

describe('the speech models', () => {
  test('go by their short names, too', () => {
    expect(['tiny', 'base', 'moonshine-base'].map(modelNamed)).toEqual([
      'moonshine-tiny',
      'moonshine-base',
      'moonshine-base',
    ]);
    expect(() => modelNamed('huge')).toThrow(/moonshine-tiny, moonshine-base; was huge/);
  });

  test('are named in what ships, with their licence', () => {
    const licence = readFileSync(fromRoot('LICENSE'), 'utf8');
    expect(licence).toMatch(/ONNX Runtime: Copyright/);
    expect(licence).toMatch(/Moonshine, its models tiny and base/);
    expect(licence).toMatch(/llama-tokenizer-js, the vocabulary: Copyright/);
  });

  test('are left out of a build without a network, which says so and goes on', async () => {
    withoutNetwork();
    const { encoder } = MANIFEST.models['moonshine-tiny']!.files;
    const kept = isThere({ ...encoder, path: `${MODELS}/${encoder.path}` });
    const said = vi.spyOn(console, 'log').mockReturnValue();
    vi.spyOn(MANIFEST.models, 'moonshine-tiny', 'get').mockReturnValue({
      ...MANIFEST.models['moonshine-tiny']!,
      files: { encoder: { ...encoder, path: 'none/encoder.onnx' }, decoder: encoder },
    });
    await bringDefaultModel();
    expect(said.mock.calls.join()).toMatch(/^No speech model.*Is there a network\?/);
    expect(kept).toBe(isThere({ ...encoder, path: `${MODELS}/${encoder.path}` }));
  });
});
