/** What the set-up says of the tuning. */
import type { AnalysisSetup } from './analysis-setup.ts';
import type { Temperament, Tuning } from './temperament.ts';

/** The tuning that was chosen. */
export function tuningOf(setup: AnalysisSetup): Tuning {
  const { temperament, temperamentRoot: root, referenceHz } = setup;
  return { temperament, root, referenceHz };
}

/** Temperaments as people call them. */
export const temperamentNames: Readonly<Record<Temperament, string>> = {
  equal: 'Equal',
  just: 'Just intonation',
  pythagorean: 'Pythagorean',
  meantone: 'Quarter-comma meantone',
  werckmeister: 'Werckmeister III',
  vallotti: 'Vallotti',
};
