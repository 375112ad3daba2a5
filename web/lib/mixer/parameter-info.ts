import { masterParameters, stripParameters } from '../../shared/layout.gen.ts';
import type { MasterParameter, StripParameter } from './command.ts';

/** What a parameter of the mixer takes. */
export interface ParameterInfo {
  /** `dB`, `Hz`, `ms`, `switch` (0 or 1) and others; empty for plain numbers. */
  readonly unit: string;
  /** What it is before anybody sets it. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

/** Every parameter of an input's strip, in the order in which the engine holds them. */
export const stripParameterInfo: Readonly<Record<StripParameter, ParameterInfo>> = stripParameters;

/** Every parameter of the master. */
export const masterParameterInfo: Readonly<Record<MasterParameter, ParameterInfo>> =
  masterParameters;
