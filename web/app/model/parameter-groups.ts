/** The parameter table as people see it: effects with their controls. */
import { type ParameterInfo, type StripParameter, stripParameterInfo } from '../../lib/index.ts';
import { formatDb, formatFixed } from '../format.ts';

/** A parameter among those of its effect. */
export interface GroupedParameter {
  readonly name: StripParameter;
  /** Within the effect: `Frequency`, `Gain`. */
  readonly label: string;
}

/** An effect and its parameters. */
export interface ParameterGroup {
  readonly id: string;
  readonly title: string;
  /** What switches it; bands have no switch: at 0 dB they change nothing. */
  readonly power: StripParameter | null;
  readonly parameters: readonly GroupedParameter[];
}

const titles = {
  highPass: 'High-pass',
  lowShelf: 'Low shelf',
  lowMid: 'Low mids',
  highMid: 'High mids',
  highShelf: 'High shelf',
  gate: 'Gate',
  compressor: 'Compressor',
} as const;

const labels: Readonly<Record<string, string>> = {
  Hz: 'Frequency',
  Db: 'Gain',
  Q: 'Q',
  ThresholdDb: 'Threshold',
  RangeDb: 'Range',
  AttackMs: 'Attack',
  HoldMs: 'Hold',
  ReleaseMs: 'Release',
  Ratio: 'Ratio',
  KneeDb: 'Knee',
  MakeupDb: 'Make-up',
  Key: 'Ducked by',
};

/** The effects of a strip, in the order in which the sound passes them. */
export const effectGroups: readonly ParameterGroup[] = Object.entries(titles).map(([id, title]) =>
  groupOf(id, title),
);

function groupOf(id: string, title: string): ParameterGroup {
  const names = Object.keys(stripParameterInfo) as StripParameter[];
  const own = names.filter((name) => name.startsWith(id));
  const power = own.find((name) => name === `${id}On`) ?? null;
  const parameters = own
    .filter((name) => name !== power)
    .map((name) => ({ name, label: labels[name.slice(id.length)] ?? name.slice(id.length) }));
  return { id, title, power, parameters };
}

/** What can drive the compressor of an input: its own level, or another input's. */
export function keyChoices(
  input: number,
  { info }: { readonly info: ParameterInfo },
): { readonly value: string; readonly label: string }[] {
  const others = Array.from({ length: info.max }, (_, other) => other).filter(
    (other) => other !== input,
  );
  return [
    { value: String(info.max), label: 'None: its own level' },
    ...others.map((other) => ({ value: String(other), label: `Input ${other + 1}` })),
  ];
}

/** A scale for the hand: ratios where the range spans a power of ten, else steps. */
export interface Scale {
  /** 0 to 1. */
  toPosition(value: number): number;
  toValue(position: number): number;
}

/** The scale on which a parameter is moved. */
export function scaleOf({ min, max }: ParameterInfo): Scale {
  if (min > 0 && max >= 10 * min) {
    const octaves = Math.log2(max / min);
    return {
      toPosition: (value) => Math.log2(value / min) / octaves,
      toValue: (position) => rounded(min * 2 ** (octaves * position)),
    };
  }
  return {
    toPosition: (value) => (value - min) / (max - min),
    toValue: (position) => rounded(min + position * (max - min)),
  };
}

// Three digits are finer than the hand.
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** A parameter's value without the noise of 32-bit floats. */
export function plainNumber(value: number): number {
  return Number(Number(value.toPrecision(6)).toFixed(4));
}

/** A parameter's value as it is read out: `−12 dB`, `2500 Hz`. */
export function valueInWords(value: number, { unit }: ParameterInfo): string {
  const number = plainNumber(value);
  const digits = formatFixed(number, Number.isInteger(number) ? 0 : 2);
  return unit === '' ? digits : `${digits} ${unit}`;
}

/** `−6.0 dB`, or that the fader is shut. */
export function gainInWords(db: number, shutDb: number): string {
  return db <= shutDb ? 'shut' : `${formatDb(db)} dB`;
}

/** `centre`, `30 % left`. */
export function panInWords(pan: number): string {
  const percent = Math.round(Math.abs(pan) * 100);
  if (percent === 0) return 'centre';
  return `${percent} % ${pan < 0 ? 'left' : 'right'}`;
}
