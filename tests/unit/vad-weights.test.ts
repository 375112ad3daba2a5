import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConstants } from '../../scripts/lib/onnx.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { fieldsOf } from '../../scripts/lib/protobuf.mjs';
import {
  LARGEST_SHORT_FLOAT,
  shortFloatBits,
  shortFloatValue,
} from '../../scripts/lib/short-float.mjs';
import { vadConstants, vadLayers } from '../../scripts/lib/vad-file.gen.mjs';
import { roundTogether } from '../../scripts/lib/vad-rounding.mjs';
import { readVadModel, VAD_WEIGHTS, vadWeights } from '../../scripts/lib/vad-weights.mjs';
import { seededRandom } from '../support/random.ts';
import { type LayerName, shortFloat, VadFile } from '../support/vad-file.ts';

const model = readVadModel();
const constants = readConstants(model, 'then_branch');
const exact = vadWeights(model, 4);
const short = vadWeights(model, 2);

/** A value of the model itself. */
function ofModel(name: string, ...place: number[]): number {
  const tensor = constants.get(`If_0_then_branch__Inline_0__${name}`)!;
  return tensor.values[tensor.dims.reduce((at, dim, i) => at * dim + place[i]!, 0)]!;
}

describe('the fields of a message', () => {
  const read = (...bytes: number[]) => [...fieldsOf(Uint8Array.from(bytes))];

  test('are integers, bytes and fixed lengths, in their order', () => {
    expect(read(0x08, 0x96, 0x01, 0x12, 2, 7, 8, 0x1d, 1, 2, 3, 4)).toEqual([
      { number: 1, value: 150n },
      { number: 2, value: Uint8Array.of(7, 8) },
      { number: 3, value: Uint8Array.of(1, 2, 3, 4) },
    ]);
  });

  test.each([
    ['ends inside of a field', [0x12, 3, 7]],
    ['ends inside of an integer', [0x08, 0x96]],
    ['has an integer without end', [0x08, ...Array.from({ length: 10 }, () => 0xff)]],
    ['has a wire type that is gone', [0x0b]],
    ['has a field of the number 0', [0x00, 1]],
  ])('are an error where it %s', (_what, bytes) => {
    expect(() => read(...bytes)).toThrow(RangeError);
  });
});

describe('a short float', () => {
  test('holds every number that it has', () => {
    for (let bits = 0; bits < 0x8000; bits += 1) {
      expect(shortFloatBits(shortFloat(bits))).toBe(bits);
      const negative = bits === 0 ? 0 : bits | 0x8000;
      expect(shortFloatBits(-shortFloat(bits))).toBe(negative);
    }
  });

  test('is the nearest one, to even where two are', () => {
    const random = seededRandom(3);
    for (let i = 0; i < 20_000; i += 1) {
      const value = random() ** 4 * LARGEST_SHORT_FLOAT;
      const bits = shortFloatBits(value);
      const off = Math.abs(shortFloat(bits) - value);
      for (const other of [bits - 1, bits + 1].filter((near) => near >= 0 && near < 0x8000)) {
        expect(off).toBeLessThanOrEqual(Math.abs(shortFloat(other) - value));
      }
    }
    expect(shortFloat(shortFloatBits(2.5))).toBe(2);
    expect(shortFloat(shortFloatBits(3.5))).toBe(4);
    expect(shortFloat(shortFloatBits(16_383))).toBe(16_384);
  });

  test('is read back as what it stands for', () => {
    for (let bits = 0; bits < 0x10000; bits += 7) {
      expect(shortFloatValue(bits)).toBe(shortFloat(bits));
    }
  });

  test.each([LARGEST_SHORT_FLOAT + 1, -Infinity, NaN])('does not hold %s', (value) => {
    expect(() => shortFloatBits(value)).toThrow(RangeError);
  });
});

describe('rounding together', () => {
  const random = seededRandom(8);
  const rows = Array.from({ length: 20 }, () => ({
    values: Array.from({ length: 200 }, () => (random() - 0.5) * 20_000),
    given: Array.from({ length: 200 }, () => Math.max(0, random() - 0.4)),
  }));
  const { values, given } = rows[0]!;

  test('adds up to next to nothing where nothing is said', () => {
    let ofNearest = 0;
    let ofTogether = 0;
    for (const row of rows) {
      const errorOf = (bits: readonly number[]) =>
        Math.abs(
          bits.reduce((sum, b, i) => sum + (shortFloat(b) - row.values[i]!) * row.given[i]!, 0),
        );
      const together = roundTogether(row.values, row.given);
      const nearest = row.values.map(shortFloatBits);
      ofNearest += errorOf(nearest);
      ofTogether += errorOf(together);
      const changed = together.filter((bits, i) => bits !== nearest[i]);
      expect(changed.length).toBeLessThanOrEqual(4);
    }
    expect(ofTogether).toBeLessThan(ofNearest / 50);
  });

  test('takes a neighbour where it does not take the nearest', () => {
    roundTogether(values, given).forEach((bits, i) => {
      expect(Math.abs(bits - shortFloatBits(values[i]!))).toBeLessThanOrEqual(1);
    });
  });

  test('is rounding to the nearest where all inputs are silent', () => {
    const silent = values.map(() => 0);
    expect(roundTogether(values, silent)).toEqual(values.map(shortFloatBits));
  });

  test('does not leave the range', () => {
    const large = [LARGEST_SHORT_FLOAT, -LARGEST_SHORT_FLOAT, LARGEST_SHORT_FLOAT - 3];
    for (const bits of roundTogether(large, [1, 1, 1])) {
      expect(Math.abs(shortFloat(bits))).toBeLessThanOrEqual(LARGEST_SHORT_FLOAT);
    }
  });
});

describe("the voice detector's weights", () => {
  test('are those that the build publishes', () => {
    expect(Buffer.compare(readFileSync(fromRoot(VAD_WEIGHTS)), short)).toBe(0);
  });

  test('name the model that they come from', () => {
    const at = vadConstants.vadSourceOffset;
    const source = Buffer.from(short.subarray(at, at + 32)).toString('hex');
    expect(source).toBe(createHash('sha256').update(model).digest('hex'));
  });

  test.each([
    ['encoder0', 0],
    ['encoder1', 1],
    ['encoder2', 2],
    ['encoder3', 3],
  ] as const)('have the kernels of %s, for all taps that meet data', (layer, index) => {
    const { inputs, outputs, firstTap, taps } = vadLayers[layer];
    const file = new VadFile(exact);
    for (let output = 0; output < outputs; output += 5) {
      expect(file.bias(layer, output)).toBe(ofModel(`encoder.${index}.reparam_conv.bias`, output));
      for (let input = 0; input < inputs; input += 7) {
        for (let tap = firstTap; tap < firstTap + taps; tap += 1) {
          expect(file.weight(layer, output, input, tap)).toBe(
            ofModel(`encoder.${index}.reparam_conv.weight`, output, input, tap),
          );
        }
      }
    }
  });

  test('have the gates of eight units together', () => {
    const file = new VadFile(exact);
    const { vadHidden } = vadConstants;
    for (const [unit, gate] of [
      [0, 0],
      [9, 1],
      [63, 2],
      [127, 3],
    ] as const) {
      const output = Math.floor(unit / 8) * 32 + gate * 8 + (unit % 8);
      const row = gate * vadHidden + unit;
      for (const input of [0, 1, 64, 127]) {
        const fromFeature = file.weight('gates', output, input);
        const fromOutput = file.weight('gates', output, vadHidden + input);
        expect(fromFeature).toBe(ofModel('decoder.rnn.weight_ih', row, input));
        expect(fromOutput).toBe(ofModel('decoder.rnn.weight_hh', row, input));
      }
      const sum = ofModel('decoder.rnn.bias_ih', row) + ofModel('decoder.rnn.bias_hh', row);
      expect(file.bias('gates', output)).toBe(Math.fround(sum));
    }
  });

  test('are off by 2^-12 of a value, or next to nothing, when they are short', () => {
    const files = [new VadFile(exact), new VadFile(short)] as const;
    for (const layer of Object.keys(vadLayers) as LayerName[]) {
      const { inputs, outputs, firstTap } = vadLayers[layer];
      for (let output = 0; output < outputs; output += 3) {
        const rows = files.map((file) =>
          Array.from({ length: inputs }, (_, input) => file.weight(layer, output, input, firstTap)),
        );
        rows[0]!.forEach((value, i) => {
          const off = Math.abs(rows[1]![i]! - value);
          const unit = Math.max(...rows[0]!.map(Math.abs)) * 2 ** -16;
          expect(off).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -12, unit));
        });
      }
    }
  });

  test('are refused where the model is another', () => {
    const name = Buffer.from('encoder.2.reparam_conv.bias');
    const at = Buffer.from(model).indexOf(
      Buffer.concat([Buffer.from('If_0_then_branch__Inline_0__'), name]),
    );
    const other = Uint8Array.from(model);
    other[at] = 0x4a;
    expect(() => vadWeights(other, 2)).toThrow('encoder.2.reparam_conv.bias');
    expect(() => vadWeights(model.subarray(0, -1), 2)).toThrow(RangeError);
  });
});
