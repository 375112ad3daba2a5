/** What is analysed, and by which window: in every view on the analysis. */
import { type Choice, field, select } from '../dom/field.ts';
import {
  type AnalysisSetup,
  analysisInputs,
  analysisWindows,
  type defaultAnalysis,
} from '../model/analysis-setup.ts';
import type { Setup } from '../model/setup.ts';
import type { Page } from './view.ts';

/** A control of the set-up. */
export interface SetupControl {
  readonly element: HTMLElement;
  readonly sync: (setup: Setup) => void;
}

const windowNames: Readonly<Record<AnalysisSetup['analysisWindow'], string>> = {
  long: 'Long · 32 768',
  short: 'Short · 4096',
};

type ChoiceKey = keyof typeof defaultAnalysis & keyof Setup;

/** Makes both. */
export function analysisFields(page: Page): SetupControl[] {
  const windows = analysisWindows.map((value) => ({ value, label: windowNames[value] }));
  const inputs = analysisInputs.map((value) => ({ value, label: inputName(value) }));
  return [
    choiceField(page, 'Input', 'analysis-input', 'analysisInput', inputs, String),
    choiceField(page, 'Window', 'analysis-window', 'analysisWindow', windows, String),
  ];
}

/** A select for one value of the set-up. */
export function choiceField(
  { controller }: Page,
  label: string,
  testId: string,
  key: ChoiceKey,
  choices: readonly Choice[],
  parse: (text: string) => string | number,
): SetupControl {
  const control = select(choices, { 'data-testid': testId });
  control.addEventListener('change', () => void controller.change({ [key]: parse(control.value) }));
  return {
    element: field(label, control),
    sync: (setup) => (control.value = String(setup[key])),
  };
}

function inputName(input: (typeof analysisInputs)[number]): string {
  return input === 'mix' ? 'Mix' : `Input ${Number(input) + 1}`;
}
