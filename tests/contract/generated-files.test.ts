import { describe, expect, test } from 'vitest';
import { assertFresh, staleFiles } from '../../scripts/lib/generated-files.mjs';

describe('the generated files', () => {
  test('are what their generators print now', async () => {
    expect((await staleFiles()).map(({ file }) => file)).toEqual([]);
  });

  test('are refused by name when a generator prints something else', async () => {
    const generate = () => Promise.resolve([{ file: 'public/_headers', text: 'other' }]);
    await expect(assertFresh(generate)).rejects.toThrow('Stale: public/_headers.');
  });
});
