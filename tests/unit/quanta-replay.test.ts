import { afterAll, describe, expect, test } from 'vitest';
import { readFlightLog } from '../../web/shared/flight-log.ts';
import { constants, directoryWord, flightResultWord } from '../../web/shared/layout.gen.ts';
import { FieldSession, flightFile } from '../support/flight.ts';
import { QuantaFolder } from '../support/quanta.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

interface Replayed {
  readonly ok: true;
  readonly identical: boolean;
  readonly quanta: number;
  readonly comparisons: readonly {
    readonly between: string;
    readonly quanta: number;
    readonly windows: number;
    readonly difference: { readonly quantum: number; readonly what: string } | null;
  }[];
  readonly unended: readonly { readonly quantum: number }[];
  readonly failures: readonly { readonly engine: string; readonly quantum: number }[];
  readonly cost: Readonly<Record<string, { readonly quantumUs: { readonly p50: number } }>>;
  readonly dearest: readonly { readonly us: number }[];
}

async function replay(
  bytes: Uint8Array,
  ...options: string[]
): Promise<{ exitCode: number; result: Replayed }> {
  folder.write('recording', bytes);
  const { exitCode, stdout } = await folder.run(['replay', 'recording', '--json', ...options]);
  const { files } = JSON.parse(stdout) as { files: readonly Replayed[] };
  return { exitCode, result: files[0]! };
}

describe('replay', { timeout: 300_000 }, () => {
  test('of a session gives the field’s bits, in WebAssembly and natively', async () => {
    const field = await FieldSession.start();
    field.run(3);
    const { exitCode, result } = await replay(field.file);
    expect(result.comparisons.map(({ between, difference }) => [between, difference])).toEqual([
      ['wasm and field', null],
      ['native and field', null],
      ['wasm and native', null],
    ]);
    for (const { quanta, windows } of result.comparisons) {
      expect(quanta).toBe(1125);
      expect(windows).toBeGreaterThan(10);
    }
    expect(exitCode).toBe(0);
    expect(result.cost['wasm']!.quantumUs.p50).toBeGreaterThan(0);
    expect(result.cost['native']!.quantumUs.p50).toBeGreaterThan(0);
    expect(result.dearest).toHaveLength(5);
  });

  test('begins at whichever segment is there', async () => {
    const field = await FieldSession.start();
    field.run(14);
    const segments = field.segments;
    expect(segments.length).toBeGreaterThan(2);
    const { exitCode, result } = await replay(flightFile(segments.slice(1)), '--engine', 'wasm');
    expect(result.comparisons[0]!.difference).toBeNull();
    expect(exitCode).toBe(0);
  });

  test('says from which quantum on something differs, and exits with 1', async () => {
    const field = await FieldSession.start();
    field.run(1);
    const [segment] = field.segments;
    const log = Uint32Array.from(segment!.log);
    const at = readFlightLog({ ...segment!, log }).quanta[77]!.result!;
    at[flightResultWord.mixDigest]! ^= 1;
    const { exitCode, result } = await replay(flightFile([{ ...segment!, log }]), '--engine=wasm');
    expect(result.comparisons[0]!.difference).toMatchObject({ quantum: 77, what: 'mix' });
    expect(exitCode).toBe(1);
  });

  test('runs the quantum in which the engine trapped, and what its successor did', async () => {
    const field = await FieldSession.start();
    field.run(1);
    breakMixRing(field);
    expect(() => field.quantum()).toThrow(WebAssembly.RuntimeError);
    const successor = await field.successor();
    successor.run(0.5);
    const { exitCode, result } = await replay(successor.file);
    expect(result.unended).toEqual([expect.objectContaining({ quantum: 375 })]);
    expect(result.quanta).toBe(375 + 1 + 188);
    expect(result.failures).toEqual([]);
    expect(result.identical).toBe(true);
    expect(exitCode).toBe(0);
  });

  test.each([
    ['cut short', (bytes: Uint8Array) => bytes.subarray(0, 5000)],
    ['of something else', () => Buffer.from('RIFFxxxxWAVE')],
    [
      'with a byte changed',
      (bytes: Uint8Array) => Uint8Array.from(bytes, (b, i) => b ^ +(i === 9000)),
    ],
    ['that is empty', () => new Uint8Array()],
  ])('of a file %s exits with 2 and says why', async (_, change) => {
    const field = await FieldSession.start();
    field.run(0.1);
    folder.write('recording', change(field.file));
    const { exitCode, stderr } = await folder.run(['replay', 'recording']);
    expect(stderr).toMatch(/^quanta: recording: cannot be replayed: .+\.\n$/);
    expect(exitCode).toBe(2);
  });

  test('of a file that is not there, and of none, exits with 2', async () => {
    expect((await folder.run(['replay', 'nowhere'])).exitCode).toBe(2);
    expect((await folder.run(['replay'])).exitCode).toBe(2);
    expect((await folder.run(['replay', 'a', '--engine', 'abacus'])).exitCode).toBe(2);
  });

  test('prints where the time went', async () => {
    const field = await FieldSession.start();
    field.run(0.5);
    folder.write('recording', field.file);
    const { stdout } = await folder.run(['replay', 'recording', '--engine', 'wasm', '--top', '3']);
    expect(stdout).toContain('wasm and field: identical in 188 quanta');
    for (const stage of ['push', 'mix', 'publish', 'meter', 'analyze', 'quantum']) {
      expect(stdout).toMatch(new RegExp(`^ {4}${stage} +[\\d.]+ +[\\d.]+`, 'm'));
    }
  });
});

/** The mix ring's writer now points past the end of the memory. */
function breakMixRing({ engine: { buffer } }: FieldSession): void {
  const directory = new Uint32Array(buffer, constants.arenaBase);
  const [begin, end] = [directory[directoryWord.mixRing]!, directory[directoryWord.voiceRing]!];
  const words = new Uint32Array(buffer, 0, constants.arenaBase / 4);
  words.forEach((word, i) => {
    if (word >= begin && word < end) words[i] = 0xffff_f000;
  });
}
