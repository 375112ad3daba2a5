import {
  analysisParameters,
  commandKind,
  commandWord,
  constants,
  masterParameters,
  responseWord,
  stripParameters,
} from '../../shared/layout.gen.ts';
import { checkRange, reject } from '../errors.ts';

/** The parameters of an input's strip; units, ranges and initial values are in the layout. */
export type StripParameter = keyof typeof stripParameters;

/** The parameters of the master. */
export type MasterParameter = keyof typeof masterParameters;

/** The parameters of the analysis. */
export type AnalysisParameter = keyof typeof analysisParameters;

/** An order to the engine. `input` counts from 0. */
export type MixerCommand =
  | {
      readonly kind: 'set';
      readonly input: number;
      readonly parameter: StripParameter;
      /** In the parameter's unit; a switch is 0 or 1. */
      readonly value: number;
    }
  | {
      readonly kind: 'set-master';
      readonly parameter: MasterParameter;
      readonly value: number;
    }
  | {
      readonly kind: 'set-analysis';
      readonly parameter: AnalysisParameter;
      readonly value: number;
    }
  | { readonly kind: 'add-input' | 'remove-input'; readonly input: number }
  | { readonly kind: 'start-input' | 'stop-input'; readonly input: number }
  | { readonly kind: 'reset-meters' | 'query-meters' };

/** A command as the engine's words hold it. */
export interface EncodedCommand {
  readonly kind: number;
  readonly input: number;
  readonly parameter: number;
  readonly value: number;
}

const wordBytes = 4;
const wordRange = 2 ** 32;

/** Checks a command and puts it into the engine's numbers. @throws RangeError */
export function encodeCommand(command: MixerCommand): EncodedCommand {
  const words = { kind: 0, input: constants.master, parameter: 0, value: 0 };
  switch (command.kind) {
    case 'set': {
      const { index, min, max, unit } = known(stripParameters, command.parameter);
      checkInput(command.input);
      checkRange(`mixer.${command.parameter}`, command.value, min, max, unit);
      const { input, value } = command;
      return { kind: commandKind.setParameter, input, parameter: index, value };
    }
    case 'set-master': {
      const { index, min, max, unit } = known(masterParameters, command.parameter);
      checkRange(`mixer.${command.parameter}`, command.value, min, max, unit);
      const { value } = command;
      return { ...words, kind: commandKind.setParameter, parameter: index, value };
    }
    case 'set-analysis': {
      const { index, min, max, unit } = known(analysisParameters, command.parameter);
      checkRange(`analysis.${command.parameter}`, command.value, min, max, unit);
      const { value } = command;
      const target = { kind: commandKind.setParameter, input: constants.analysis };
      return { ...words, ...target, parameter: index, value };
    }
    case 'reset-meters':
      return { ...words, kind: commandKind.resetMeters };
    case 'query-meters':
      return { ...words, kind: commandKind.queryMeters };
    case 'add-input':
    case 'remove-input':
    case 'start-input':
    case 'stop-input':
      checkInput(command.input);
      return { ...words, kind: inputKinds[command.kind], input: command.input };
  }
}

const inputKinds = {
  'add-input': commandKind.addInput,
  'remove-input': commandKind.removeInput,
  'start-input': commandKind.startInput,
  'stop-input': commandKind.stopInput,
} as const;

/** Writes a command's words. @param frame Of the audio clock; 0: at once. */
export function writeCommand(
  slot: DataView,
  tag: number,
  command: EncodedCommand,
  frame: number,
): void {
  const put = (word: number, value: number): void => slot.setUint32(word * wordBytes, value, true);
  put(commandWord.tag, tag);
  put(commandWord.kind, command.kind);
  put(commandWord.input, command.input);
  put(commandWord.parameter, command.parameter);
  slot.setFloat32(commandWord.value * wordBytes, command.value, true);
  put(commandWord.frame, frame % wordRange);
  put(commandWord.frameHigh, Math.floor(frame / wordRange));
  put(commandWord.reserved, 0);
}

/** An answer of the engine. */
export interface CommandResponse {
  readonly tag: number;
  /** See `commandStatus` in the layout. */
  readonly status: number;
  readonly appliedAtFrame: number;
}

/** Reads a response's words. */
export function readResponse(slot: DataView): CommandResponse {
  const get = (word: number): number => slot.getUint32(word * wordBytes, true);
  return {
    tag: get(responseWord.tag),
    status: get(responseWord.status),
    appliedAtFrame: get(responseWord.frameHigh) * wordRange + get(responseWord.frame),
  };
}

interface ParameterRange {
  readonly index: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

function known<Name extends string>(
  parameters: Readonly<Record<Name, ParameterRange>>,
  name: Name,
): ParameterRange {
  return Object.hasOwn(parameters, name)
    ? parameters[name]
    : reject('mixer.parameter', `one of ${Object.keys(parameters).join(', ')}`, name);
}

function checkInput(input: number): void {
  if (Number.isInteger(input) && input >= 0 && input < constants.inputs) return;
  reject('mixer.input', `a whole number from 0 to ${constants.inputs - 1}`, input);
}
