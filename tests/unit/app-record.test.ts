import { describe, expect, test } from 'vitest';
import { outlinePath, rangeOf, shownSpanSec } from '../../web/app/draw/take-columns.ts';
import { formatBytes, formatElapsed } from '../../web/app/format.ts';
import type { RecordState, TakeEntry } from '../../web/app/model/record-desk.ts';
import { levelOfColumns, levelOfMeters } from '../../web/app/model/record-level.ts';
import {
  bytesPerMinute,
  dateInWords,
  dropoutsInWords,
  estimateInWords,
  missingFormats,
  recordNotice,
  recordPhaseInWords,
  recoveredInWords,
  sourceChoices,
  takeFacts,
  takeName,
} from '../../web/app/model/record-words.ts';
import type { MeterReading } from '../../web/lib/index.ts';

const state: RecordState = {
  phase: 'idle',
  settings: { source: 'mix', format: 'wav16', preRollSec: 0, bitrateKbps: 64 },
  isReady: true,
  sampleRateHz: 48_000,
  inputs: [
    { input: 0, label: 'Microphone' },
    { input: 2, label: 'A <b>file</b>' },
  ],
  formats: null,
  running: null,
  takes: null,
  recovered: 0,
  freeBytes: null,
  notice: null,
};

const chosen = (settings: Partial<RecordState['settings']>): RecordState => ({
  ...state,
  settings: { ...state.settings, ...settings },
});

describe('the size of a recording', () => {
  test.each([
    ['wav16', 48_000 * 2 * 2 * 60],
    ['wav24', 48_000 * 2 * 3 * 60],
    ['wav32f', 48_000 * 2 * 4 * 60],
    ['mp3', 8000 * 60],
    ['opus-ogg', 8000 * 60],
  ] as const)('of a minute of %s is %d bytes', (format, bytes) => {
    expect(bytesPerMinute(chosen({ format }))).toBe(bytes);
  });

  test('of FLAC lies under that of WAV with as many bits', () => {
    const bytes = bytesPerMinute(chosen({ format: 'flac' }));
    expect(bytes).toBeLessThan(bytesPerMinute(chosen({ format: 'wav24' })));
  });

  test('of all inputs counts each of them', () => {
    const one = bytesPerMinute(chosen({ source: 0 }));
    expect(bytesPerMinute(chosen({ source: 'inputs' }))).toBe(2 * one);
  });

  test('is told with what there is room for', () => {
    expect(estimateInWords(state)).toBe('11.0 MiB a minute.');
    const roomFor = (minutes: number) =>
      estimateInWords({ ...state, freeBytes: minutes * bytesPerMinute(state) });
    expect(roomFor(0.5)).toContain('less than a minute');
    expect(roomFor(1.5)).toContain('1 minute.');
    expect(roomFor(90)).toContain('90 minutes.');
    expect(roomFor(600)).toContain('10 hours.');
    expect(roomFor(1e9)).toContain('more than 999 hours.');
    expect(estimateInWords(chosen({ format: 'flac' }))).toMatch(/^about /);
  });
});

describe('what was lost', () => {
  const lost = (...seconds: number[]) =>
    seconds.map((sec) => ({ atFrame: sec * 48_000, frames: 4800 }));

  test.each([
    [[], 'No sound was lost.'],
    [[2], '1 gap, 100 ms in all, at 00:02.0. Silence fills it.'],
    [[2, 61], '2 gaps, 200 ms in all, at 00:02.0 and 01:01.0. Silence fills them.'],
    [
      [1, 2, 3, 4, 5],
      '5 gaps, 500 ms in all, at 00:01.0, 00:02.0, 00:03.0 and 2 more. Silence fills them.',
    ],
  ])('at %j is told', (seconds, words) => {
    expect(dropoutsInWords(lost(...seconds), 48_000)).toBe(words);
  });
});

describe('a take', () => {
  const take: TakeEntry = {
    ...{ id: '1', name: 'One', format: 'flac', channels: 1, sampleRateHz: 44_100 },
    ...{ frames: 44_100 * 3725, bytes: 3 * 2 ** 30, createdAtMs: 0, isRecovered: false },
    dropouts: [],
  };

  test('has its length, form and size in a line', () => {
    expect(takeFacts(take)).toEqual(['1:02:05', 'FLAC, 24 bits', '44.1 kHz mono', '3.0 GiB']);
    expect(takeFacts({ ...take, channels: 6 })[2]).toBe('44.1 kHz 6 channels');
  });

  test('is named after what it is of, and by the time on the wall', () => {
    const at = new Date(2026, 0, 31, 9, 5, 7);
    expect(takeName(state, at)).toBe('Mix 2026-01-31 09.05.07');
    expect(takeName(chosen({ source: 'inputs' }), at)).toBe('Inputs 2026-01-31 09.05.07');
    expect(takeName(chosen({ source: 2 }), at)).toBe('A <b>file</b> 2026-01-31 09.05.07');
    expect(takeName(chosen({ source: 7 }), at)).toBe('Input 2026-01-31 09.05.07');
  });

  test('has its date in the person’s language', () => {
    expect(dateInWords(new Date(2026, 0, 31, 9, 5).getTime(), 'en-GB')).toBe('31 Jan 2026, 09:05');
  });

  test('that was recovered is announced', () => {
    expect(recoveredInWords(0)).toBe('');
    expect(recoveredInWords(1)).toContain('A recording was cut off');
    expect(recoveredInWords(2)).toContain('2 recordings were cut off');
  });
});

test('the choice of what is recorded has the inputs that are open', () => {
  expect(sourceChoices(state).map(({ value }) => value)).toEqual(['mix', 'inputs', '0', '2']);
  expect(sourceChoices({ inputs: [] }).map(({ value }) => value)).toEqual(['mix']);
});

test('what a browser cannot write is told with the reason', () => {
  const known = { format: 'aac', label: 'AAC', isSupported: false, reason: 'no encoder' } as const;
  expect(missingFormats(null)).toEqual([]);
  expect(missingFormats([{ ...known, isSupported: true }])).toEqual([]);
  expect(missingFormats([known, { ...known, reason: '' }])).toEqual(['AAC: no encoder', 'AAC']);
});

test('every phase has its words', () => {
  const words = (['starting', 'recording', 'finishing', 'idle'] as const).map((phase) =>
    recordPhaseInWords({ ...state, phase }),
  );
  expect(new Set(words).size).toBe(4);
  expect(recordPhaseInWords({ ...state, isReady: false })).toContain('Press Start');
});

test('a problem keeps the words of its cause', () => {
  const cause = new DOMException('No room.', 'QuotaExceededError');
  const problem = { code: 'storage-full', message: 'Full.', remedy: 'Make room.', cause };
  expect(recordNotice(problem)).toMatchObject({
    ...{ code: 'storage-full', title: 'Full.', remedy: 'Make room.' },
    detail: 'QuotaExceededError: No room.',
  });
});

describe('an overview', () => {
  const overview = { framesPerColumn: 100, minima: [-0.1, -0.9, -0.2], maxima: [0.5, 0.3, 0.7] };

  test('is folded into the columns of a screen', () => {
    expect(rangeOf(overview, 0, 100)).toEqual([-0.1, 0.5]);
    expect(rangeOf(overview, 0, 300)).toEqual([-0.9, 0.7]);
    expect(rangeOf(overview, 250, 260)).toEqual([-0.2, 0.7]);
    expect(rangeOf(overview, 300, 400)).toBeNull();
  });

  test('is shown over a time that doubles when it is full', () => {
    expect([0, 30, 31, 60, 61, 3600].map(shownSpanSec)).toEqual([30, 30, 60, 60, 120, 3840]);
  });

  test('as an outline goes along its upper edge and back along the lower one', () => {
    expect(outlinePath(overview, 300, 3)).toBe('M0,0.500L1,0.700L2,0.300L2,1.200L1,1.900L0,1.100Z');
    expect(outlinePath({ ...overview, maxima: [9], minima: [-9] }, 100, 1)).toBe(
      'M0,0.000L0,2.000Z',
    );
  });

  test('tells how loud its end is', () => {
    expect(levelOfColumns(overview)?.peakDb).toBeCloseTo(20 * Math.log10(0.9), 6);
    const long = { ...overview, framesPerColumn: 16_384 };
    expect(levelOfColumns(long)?.peakDb).toBeCloseTo(20 * Math.log10(0.7), 6);
    expect(levelOfColumns({ ...overview, minima: [], maxima: [] })).toBeNull();
  });
});

test('the level of the mix is that of its louder channel', () => {
  const reading = { peakLeft: 0.1, peakRight: 1, rmsLeft: 0.1, rmsRight: 0.01 } as MeterReading;
  const { peakDb, rmsDb } = levelOfMeters(reading);
  expect(peakDb).toBeCloseTo(0, 6);
  expect(rmsDb).toBeCloseTo(-20, 6);
});

test('sizes and times have as many places as they need', () => {
  const sizes = [1023, 1024, 2 ** 20 - 1, 2 ** 20, 2 ** 30, 2 ** 45];
  expect(sizes.map(formatBytes)).toEqual([
    ...['1023 bytes', '1.0 KiB', '1024.0 KiB', '1.0 MiB', '1.0 GiB', '32.0 TiB'],
  ]);
  expect([0, 59.99, 60, 3725].map(formatElapsed)).toEqual(['00:00', '00:59', '01:00', '1:02:05']);
});
