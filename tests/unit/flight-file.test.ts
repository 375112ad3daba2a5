import { describe, expect, test } from 'vitest';
import { crc32 } from '../../web/shared/crc32.ts';
import { decodeFlight, encodeFlight } from '../../web/shared/flight-file.ts';
import {
  FlightFormatError,
  readFlightLog,
  type FlightSegment,
} from '../../web/shared/flight-log.ts';
import { constants, flightEntry } from '../../web/shared/layout.gen.ts';
import { FieldSession, flightFile } from '../support/flight.ts';
import { seededRandom } from '../support/random.ts';

const entry = (kind: number, words: readonly number[]): number[] => [
  kind * 2 ** constants.flightKindShift + words.length,
  ...words,
];
const checkpoint = entry(flightEntry.checkpoint, [1, 2, 3]);
const done = entry(flightEntry.done, [1, 2, 3, 4, 5, 6]);
const segmentOf = (...entries: readonly number[][]): FlightSegment => ({
  number: 7,
  continues: false,
  log: Uint32Array.from(entries.flat()),
});
/** One mono input of two frames. */
const quantum = entry(flightEntry.quantum, [128, 1, 2, 1, 900, 10, 11]);

function errorOf(act: () => void): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('the checksum', () => {
  test('is the one of the standard', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32(Buffer.from('56789'), crc32(Buffer.from('1234')))).toBe(0xcbf43926);
  });
});

describe('the file of a recording', () => {
  test('gives back what was put into it, whatever the reason is written in', () => {
    const segments = [segmentOf(checkpoint, quantum), { ...segmentOf(checkpoint), number: 9 }];
    const occasion = { rateHz: 44_100, reason: 'Störung — 音', savedAt: 'now' };
    const file = decodeFlight(Buffer.concat([...encodeFlight(occasion, segments)]));
    expect(file.head).toMatchObject({ ...occasion, segments: 2 });
    expect(file.segments).toEqual(segments);
  });

  test('is refused at every length but its own', () => {
    const bytes = flightFile([segmentOf(checkpoint, quantum, done)]);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeFlight(bytes.subarray(0, length))).toThrow(FlightFormatError);
    }
    expect(() => decodeFlight(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(FlightFormatError);
    expect(decodeFlight(bytes).segments).toHaveLength(1);
  });

  test('is refused with any bit flipped', () => {
    const bytes = flightFile([segmentOf(checkpoint, quantum, done)]);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => decodeFlight(flipped), `bit ${bit}`).toThrow(FlightFormatError);
    }
  });

  test('with lengths beyond all bounds takes no memory', () => {
    const bytes = flightFile([segmentOf(checkpoint)]);
    const headBytes = new DataView(bytes.buffer).getUint32(12, true);
    for (const at of [12, 20 + headBytes + 12]) {
      const hostile = Uint8Array.from(bytes);
      new DataView(hostile.buffer).setUint32(at, 0xffff_ffff, true);
      expect(() => decodeFlight(hostile)).toThrow(FlightFormatError);
    }
  });

  test('of another version, or with another head, is refused with what is wrong', () => {
    const bytes = flightFile([segmentOf(checkpoint)]);
    const other = Uint8Array.from(bytes);
    other[8] = 2;
    expect(() => decodeFlight(other)).toThrow('it has version 2, this program reads 1');
    const text = Buffer.from(bytes).toString('latin1');
    for (const [from, to, says] of [
      ['"abiVersion":1', '"abiVersion":9', 'its abiVersion is 9'],
      ['"rateHz":48000', '"rateHz":-8000', 'its rateHz is no whole number'],
      ['"segments":1', '"segments":0', 'its segments is no whole number from 1'],
      ['"reason":"test"', '"reason":1234.5', 'its reason is no text'],
      ['{"flightSchema"', 'x"flightSchema"', 'its head is no JSON'],
    ] as const) {
      const hostile = Buffer.from(text.replace(from, to), 'latin1');
      const length = hostile.readUInt32LE(12);
      hostile.writeUInt32LE(crc32(hostile.subarray(20, 20 + length)), 16);
      expect(() => decodeFlight(hostile)).toThrow(says);
    }
  });

  test('never does anything but throw its own error on noise', () => {
    const random = seededRandom(5);
    const bytes = flightFile([segmentOf(checkpoint, quantum, done)]);
    for (let round = 0; round < 2000; round += 1) {
      const noisy = Uint8Array.from(bytes, (byte) => (random() < 0.02 ? random() * 256 : byte));
      expect(errorOf(() => decodeFlight(noisy).segments.forEach(readFlightLog))).toSatisfy(
        (error) => error === undefined || error instanceof FlightFormatError,
      );
    }
  });
});

describe('the log of a segment', () => {
  test('tells quanta with their commands, results and costs', () => {
    const command = entry(flightEntry.command, [1, 2, 3, 4, 5, 6, 7, 8]);
    const later = entry(flightEntry.quantum, [130, 1, 2, 0, 4321]);
    const { quanta, checkpoint: state } = readFlightLog(
      segmentOf(checkpoint, quantum, command, done, later),
    );
    expect([...state]).toEqual([1, 2, 3]);
    expect(quanta.map(({ frame }) => frame)).toEqual([2 ** 32 + 128, 2 ** 32 + 130]);
    expect(quanta.map(({ costNs }) => costNs)).toEqual([4321, 0]);
    expect([...quanta[0]!.samples]).toEqual([10, 11]);
    expect(quanta[0]!.commands).toHaveLength(1);
    expect([...quanta[0]!.result!]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(quanta[1]!.result).toBeNull();
  });

  test.each([
    ['no checkpoint', [quantum, done]],
    ['nothing in it', []],
    ['a result before a quantum', [checkpoint, done]],
    ['two results', [checkpoint, quantum, done, done]],
    ['a quantum that never ended before another', [checkpoint, quantum, quantum, done]],
    ['an unknown entry', [checkpoint, quantum, entry(9, [1])]],
    ['a command of seven words', [checkpoint, quantum, entry(flightEntry.command, [1, 2])]],
    ['an entry beyond the end', [checkpoint, [flightEntry.done * 2 ** 24 + 5]]],
    ['a quantum of no frames', [checkpoint, entry(flightEntry.quantum, [0, 0, 0, 0, 0])]],
    ['a quantum of 2^31 frames', [checkpoint, entry(flightEntry.quantum, [0, 0, 2 ** 31, 0, 0])]],
    ['too few samples', [checkpoint, entry(flightEntry.quantum, [0, 0, 2, 1, 0, 5])]],
    ['three channels', [checkpoint, entry(flightEntry.quantum, [0, 0, 1, 3, 0, 1, 2, 3])]],
    ['a ninth input', [checkpoint, entry(flightEntry.quantum, [0, 0, 1, 2 ** 16, 0, 1])]],
    ['a quantum of two words', [checkpoint, entry(flightEntry.quantum, [0, 0])]],
  ] as const)('with %s is refused', (_, entries) => {
    expect(() => readFlightLog(segmentOf(...entries.map((words) => [...words])))).toThrow(
      FlightFormatError,
    );
  });
});

describe('the recorder in the wasm engine', () => {
  test.each(['engine', 'fallback'] as const)('of the %s build leaves such logs', async (build) => {
    const field = await FieldSession.start(build);
    field.run(0.5);
    const [segment] = field.segments;
    const { quanta } = readFlightLog(segment!);
    expect(quanta.map(({ frame }) => frame)).toEqual(quanta.map((_, i) => i * 128));
    expect(quanta.every(({ result }) => result !== null)).toBe(true);
    expect(quanta.flatMap(({ commands }) => commands)).toHaveLength(7);
  });

  test('of both builds leaves the same results', async () => {
    const [wasm, javascript] = await Promise.all(
      (['engine', 'fallback'] as const).map(async (build) => {
        const field = await FieldSession.start(build);
        field.run(0.5);
        return readFlightLog(field.segments[0]!).quanta.map(({ result }) => Array.from(result!));
      }),
    );
    expect(wasm).toEqual(javascript);
  });

  test('records nothing in a memory that has no room for it', async () => {
    const field = await FieldSession.start('engine', 0);
    field.run(0.1);
    expect(field.segments).toEqual([]);
  });
});
