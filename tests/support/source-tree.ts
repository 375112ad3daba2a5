/** The repository's own files, as the contract tests read them. */
import { existsSync, readFileSync } from 'node:fs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { outputOf } from '../../scripts/lib/run.mjs';

/** Every file that is committed or could be, relative to the repository. */
export const sourceFiles: readonly string[] = outputOf('git', [
  'ls-files',
  '--cached',
  '--others',
  '--exclude-standard',
  '--deduplicate',
])
  .split('\n')
  .filter((file) => file !== '' && existsSync(fromRoot(file)));

export const readSource = (file: string): string => readFileSync(fromRoot(file), 'utf8');

/** A finding of a contract test, in the form that editors make clickable. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** The lines of a text that match a pattern. */
export function findLines(file: string, text: string, pattern: RegExp): Finding[] {
  return text
    .split('\n')
    .map((line, index) => ({ file, line: index + 1, text: line.trim() }))
    .filter((finding) => pattern.test(finding.text));
}

export const describeFinding = ({ file, line, text }: Finding): string =>
  `${file}:${line}: ${text}`;
