/** The mix ring written while 16 Workers follow it: see `benchmarks/bus-write.mjs`. */
import type { ProgramMaker } from '../contestant-table.mjs';
import { followed } from './bus-readers/followed.ts';

export const contestants: Readonly<Record<string, ProgramMaker>> = {
  '16-readers': (kernels) => followed(kernels, 'bus_write', 16),
};
