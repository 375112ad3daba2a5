import type { Level } from '../../lib/index.ts';
import { formatDb } from '../format.ts';

/** The level as a sentence, for people who do not see the waveform. */
export function levelInWords(level: Level | null): string {
  if (level === null) return 'The level is not measured here.';
  return `Peak ${formatDb(level.peakDb)} dBFS, RMS ${formatDb(level.rmsDb)} dBFS.`;
}
