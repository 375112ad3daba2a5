/** What the points of a sweep say, octave by octave. */
import {
  centsOff,
  octaveOf,
  rootMeanSquare,
  type Spread,
  spreadOf,
} from '../../web/app/model/error-figures.ts';
import { type EstimatorName, estimatorTitles } from './estimators.ts';
import type { Point } from './measure.ts';
import type { Sweep } from './sweeps.ts';

/** Errors of an octave, or of all. */
export interface Errors {
  readonly cents: Spread;
  readonly hz: Spread;
}

/** One estimator in one sweep. */
export interface EstimatorSummary {
  readonly name: EstimatorName;
  readonly title: string;
  /** How often it found nothing. */
  readonly missed: number;
  /** Root mean square of the errors, each divided by its Cramér-Rao bound. */
  readonly rmsToBound: number;
  readonly all: Errors;
  readonly octaves: readonly { readonly fromHz: number; readonly errors: Errors }[];
}

/** A sweep with its points. */
export interface SweepSummary {
  readonly name: string;
  readonly title: string;
  readonly windowFrames: number;
  readonly estimators: readonly EstimatorSummary[];
  readonly points: readonly Point[];
}

interface Found {
  readonly hz: number;
  readonly boundHz: number;
  readonly foundHz: number;
}

/** The answers of one of the sweep's estimators. */
export function answers(points: readonly Point[], estimator: number): readonly Found[] {
  return points.flatMap(({ hz, boundHz, foundHz }) => {
    const found = foundHz[estimator] ?? null;
    return found === null ? [] : [{ hz, boundHz, foundHz: found }];
  });
}

const errorsOf = (found: readonly Found[]): Errors => ({
  cents: spreadOf(found.map(({ hz, foundHz }) => centsOff(foundHz, hz))),
  hz: spreadOf(found.map(({ hz, foundHz }) => foundHz - hz)),
});

const lowestHz = 20;

function octavesOf(found: readonly Found[]): EstimatorSummary['octaves'] {
  const starts = new Set(found.map(({ hz }) => octaveOf(hz, lowestHz)));
  return [...starts]
    .sort((a, b) => a - b)
    .map((fromHz) => {
      const within = found.filter(({ hz }) => octaveOf(hz, lowestHz) === fromHz);
      return { fromHz, errors: errorsOf(within) };
    });
}

function summarizeOne(
  name: EstimatorName,
  points: readonly Point[],
  index: number,
): EstimatorSummary {
  const found = answers(points, index);
  return {
    name,
    title: estimatorTitles[name],
    missed: points.length - found.length,
    rmsToBound: rootMeanSquare(found.map(({ hz, boundHz, foundHz }) => (foundHz - hz) / boundHz)),
    all: errorsOf(found),
    octaves: octavesOf(found),
  };
}

/** Sums up what was measured. */
export function summarize(sweep: Sweep, points: readonly Point[]): SweepSummary {
  const { name, title, windowFrames, estimators } = sweep;
  return {
    name,
    title,
    windowFrames,
    estimators: estimators.map((each, index) => summarizeOne(each, points, index)),
    points,
  };
}
