import { describe, expect, test } from 'vitest';
import { canonicalJson, isUntouched } from '../../scripts/certify/certificate.mjs';
import { checksOf } from '../../scripts/certify/checks.mjs';
import { certifyOptions } from '../../scripts/certify/options.mjs';
import type { CertifiedRun } from '../../scripts/certify/run.mjs';
import { CommandError } from '../../scripts/lib/run.mjs';

const heap = { usedSize: 400_000, totalSize: 2_000_000, backingStorageSize: 300_000 };
const listener = {
  name: 'a',
  ring: 'mix',
  published: 1000,
  delivered: 990,
  dropped: 10,
  pending: 0,
};
const push = {
  ...{ input: 1, offered: 500, pushed: 500, droppedByProducer: 0, taken: 480, inRing: 20 },
  underruns: 0,
};

/** A run in which everything is as it should be. */
const perfect: CertifiedRun = {
  browser: 'known',
  wantedQuanta: 10,
  quanta: 10,
  trace: { quantaUs: Array<number>(10).fill(30), collections: [], lost: false },
  heap: { before: heap, after: heap },
  record: {
    rateHz: 48_000,
    quantumFrames: 128,
    engine: { kind: 'wasm', status: 'active', reason: null },
    clock: { clock: 1280 + 7, first: 7, received: 1152, missed: 128 },
    frames: { received: 1152, missed: 128 },
    counted: { quanta: 9, frames: 1152, gapFrames: 128, droppedFrames: 0, badSamples: 0 },
    published: { mix: 1280, voice: 0 },
    judgedChunks: 1,
    listeners: [listener, listener, listener, listener] as CertifiedRun['record']['listeners'],
    pushes: [push, push],
    memory: { beforePages: 768, afterPages: 768, sealed: true },
    handOffMs: [1],
  },
  files: [],
  commit: 'abc',
  imports: ['env.memory'],
};

function missed(run: CertifiedRun): string[] {
  return checksOf(run)
    .filter(({ met }) => !met)
    .map(({ name }) => name);
}

const withRecord = (patch: Partial<CertifiedRun['record']>): CertifiedRun => ({
  ...perfect,
  record: { ...perfect.record, ...patch },
});
const withTrace = (patch: Partial<CertifiedRun['trace']>): CertifiedRun => ({
  ...perfect,
  trace: { ...perfect.trace, ...patch },
});
const grown = (name: keyof typeof heap, bytes: number): CertifiedRun => ({
  ...perfect,
  heap: { before: heap, after: { ...heap, [name]: heap[name] + bytes } },
});

describe('a certificate', () => {
  test('is given to a run in which everything adds up', () => {
    expect(missed(perfect)).toEqual([]);
  });

  test.each<[string, CertifiedRun, string]>([
    ['a collection', withTrace({ collections: ['MinorGC'] }), 'garbage collections'],
    ['a hole in the trace', withTrace({ lost: true }), 'pieces of the trace'],
    ['a trace that saw half of it', withTrace({ quantaUs: [30, 30] }), 'quanta in the trace'],
    ['a voice detector that stood still', withRecord({ judgedChunks: 0 }), 'chunks that the voice'],
    ['too few quanta', { ...perfect, quanta: 9 }, 'length'],
    [
      'more memory',
      withRecord({ memory: { beforePages: 1, afterPages: 2, sealed: true } }),
      'growth of the engine',
    ],
    [
      'memory that could grow',
      withRecord({ memory: { beforePages: 1, afterPages: 1, sealed: false } }),
      'could still take',
    ],
    ['a heap that grows', grown('usedSize', 600_000), "growth of the worklet's heap"],
    ['buffers that grow', grown('backingStorageSize', 1), "growth of the worklet's buffers"],
    ['a heap that nobody saw', { ...perfect, heap: null }, "growth of the worklet's heap"],
    [
      'the JavaScript engine',
      withRecord({ engine: { kind: 'javascript', status: 'fallback', reason: 'trap' } }),
      'engine other',
    ],
    ['a frame that nobody has', withRecord({ published: { mix: 1281, voice: 0 } }), 'unaccounted'],
    [
      'a listener too few',
      withRecord({ listeners: perfect.record.listeners.slice(1) }),
      'listeners',
    ],
    [
      'a chunk that a listener lost uncounted',
      withRecord({
        listeners: [
          ...perfect.record.listeners.slice(1),
          { ...perfect.record.listeners[0]!, dropped: 9 },
        ],
      }),
      'unaccounted',
    ],
    [
      'a frame that a push input lost',
      withRecord({ pushes: [push, { ...push, taken: 479 }] }),
      'unaccounted',
    ],
    [
      'a frame that no ring took',
      withRecord({ pushes: [push, { ...push, offered: 501 }] }),
      'unaccounted',
    ],
  ])('is refused for %s', (_what, run, check) => {
    expect(missed(run).join()).toContain(check);
  });

  test('is refused to an engine that can ask somebody for memory', () => {
    const asking = { ...perfect, imports: ['env.memory', 'env.malloc'] };
    expect(missed(asking).join()).toContain('imports');
  });
});

describe('a signature', () => {
  test('is over the content, whatever the order of its keys and its spaces', () => {
    const one = canonicalJson({ b: [1, { d: null, c: 'x' }], a: true });
    expect(one).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson({ a: true, b: [1, { c: 'x', d: null }] })).toBe(one);
  });

  test('is missed in a file that is no certificate', () => {
    expect(() => isUntouched('{}')).toThrow(CommandError);
    expect(() => isUntouched('not JSON')).toThrow(CommandError);
    expect(isUntouched('{"verdict":"pass","signedOff":{"digest":"0"}}')).toBe(false);
  });
});

describe('npm run certify', () => {
  test.each([
    [['--minutes', '0'], '--minutes takes a number above 0, up to 1440, was 0.'],
    [['--control', 'lazy'], '--control takes allocating, was lazy.'],
  ])('refuses %j', (args, message) => {
    expect(() => certifyOptions(args)).toThrow(new CommandError(message));
  });

  test('takes ten minutes and writes its reports in their usual place', () => {
    expect(certifyOptions([])).toMatchObject({ minutes: 10, control: null, verify: null });
    expect(certifyOptions([]).json).toMatch(/build\/reports\/certificate\.json$/);
  });
});
