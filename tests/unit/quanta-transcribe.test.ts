/** Speech to text in Node, with the real model on recorded speech. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { CLIPS, pathOf } from '../../scripts/lib/speech-clips.mjs';
import { loadMoonshine, speechModules } from '../../scripts/lib/speech.mjs';
import { QuantaFolder } from '../support/quanta.ts';
import { wavFile } from '../support/wav.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

// Setup says so where it could not fetch them.
const isThere =
  CLIPS.every((clip) => existsSync(pathOf(clip))) &&
  existsSync(fromRoot('public/models/moonshine-tiny/decoder.onnx'));

const pathTo = (name: string): string => pathOf(CLIPS.find((clip) => clip.name === name)!);

describe.skipIf(!isThere)('transcribe', () => {
  const address =
    'And so my fellow Americans ask not what your country can do for you, ask what you can do for your country.';

  test('writes down what is said', async () => {
    const { exitCode, stdout } = await folder.run(['transcribe', pathTo('jfk')]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`${address}\n`);
  });

  test('leaves silence out, and takes the whole file where that is wanted', async () => {
    const spoken = new Int16Array(readFileSync(pathTo('cards-003')).buffer.slice(44));
    const samples = new Float32Array(160_000);
    samples.set(
      Float32Array.from(spoken, (sample) => sample / 32_768),
      80_000,
    );
    folder.write('late.wav', wavFile([samples], 16_000));
    const late = ['transcribe', folder.pathOf('late.wav'), '--format', 'json'];
    const textsOf = async (args: string[]): Promise<{ startMs: number; text: string }[]> => {
      const { stdout } = await folder.run(args);
      return (JSON.parse(stdout) as { files: [{ texts: [] }] }).files[0].texts;
    };
    const [found] = await textsOf(late);
    expect(found!.startMs).toBeGreaterThan(4000);
    expect(found!.text).toMatch(/clubs/);
    expect(await textsOf([...late, '--whole'])).toMatchObject([{ startMs: 0 }]);
  });

  test('tells files apart, and goes on behind one that cannot be used', async () => {
    const files = [pathTo('cards-001'), 'none.wav', pathTo('cards-003')];
    const { exitCode, stdout, stderr } = await folder.run(['transcribe', ...files]);
    expect(exitCode).toBe(1);
    expect(stdout).toBe(`${files[0]}:\nTen of clubs.\n${files[2]}:\nSeven of clubs.\n`);
    expect(stderr).toBe('quanta: none.wav: no such file.\n');
  });

  test('makes captions and JSON of any rate and number of channels', async () => {
    const samples = Float32Array.from(
      new Int16Array(readFileSync(pathTo('jfk')).buffer.slice(78)),
      (sample) => sample / 32_768,
    );
    const twice = Float32Array.from(
      { length: 3 * samples.length },
      (_, i) => samples[Math.floor(i / 3)] ?? 0,
    );
    folder.write('48.wav', wavFile([twice, new Float32Array(twice.length)], 48_000));
    const srt = await folder.run(['transcribe', folder.pathOf('48.wav'), '--format', 'srt']);
    expect(srt.stdout).toMatch(
      /^1\n00:00:00,\d{3} --> 00:00:1[01],\d{3}\nAnd so,? my fellow American/,
    );
    const json = await folder.run(['transcribe', folder.pathOf('48.wav'), '--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      command: 'transcribe',
      files: [{ ok: true, model: 'moonshine-tiny', texts: [{ guard: null }] }],
    });
  });
});

describe('transcribe refuses', () => {
  test.each([
    [[], 'transcribe takes one file or more'],
    [['a.wav', '--format', 'doc'], '--format takes text, srt, vtt, json, was doc'],
    [['a.wav', 'b.wav', '--format', 'vtt'], '--format vtt takes one file'],
    [['a.wav', '--model', 'huge'], 'moonshine-tiny, moonshine-base; was huge'],
  ])('%j', async (args, message) => {
    const { exitCode, stderr } = await folder.run(['transcribe', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe.skipIf(!isThere)('Moonshine', () => {
  test('gives text where it is expected, even of noise, and none of silence else', async () => {
    const model = await loadMoonshine(await speechModules(), 'moonshine-tiny');
    const silence = new Float32Array(32_000);
    expect((await model.recognize(silence)).tokens).toEqual([]);
    expect((await model.recognize(silence, { expectText: true })).tokens).not.toEqual([]);
    await model.close();
  });

  test('takes stretches that are shorter than its first layer', async () => {
    const model = await loadMoonshine(await speechModules(), 'moonshine-tiny');
    await expect(model.recognize(new Float32Array(10))).resolves.toMatchObject({ repeats: false });
    await model.close();
  });

  test('stops between two tokens when it is told to', async () => {
    const model = await loadMoonshine(await speechModules(), 'moonshine-tiny');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(model.recognize(new Float32Array(16_000), { signal })).rejects.toThrow('enough');
    await model.close();
  });
});
