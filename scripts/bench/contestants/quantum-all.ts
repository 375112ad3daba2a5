/** Whole quanta while four Workers follow the mix: see `benchmarks/quantum-all.mjs`. */
import type { ProgramMaker } from '../contestant-table.mjs';
import { followed } from './bus-readers/followed.ts';

export const contestants: Readonly<Record<string, ProgramMaker>> = {
  '4-readers': (kernels) => followed(kernels, 'quantum_all', 4),
};
