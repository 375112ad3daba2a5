import { describe, expect, test } from 'vitest';
import {
  commandsIn,
  documents,
  npmScriptsNamedIn,
  pathExists,
  pathsNamedIn,
  readDocument,
} from '../support/documents.ts';
import { isProven } from '../support/proven-commands.ts';
import { readSource } from '../support/source-tree.ts';

const packageScripts = Object.entries(
  (JSON.parse(readSource('package.json')) as { scripts: Record<string, string> }).scripts,
);

describe.each(documents)('%s', (file) => {
  const text = readDocument(file);

  test('names only paths that exist', () => {
    expect(pathsNamedIn(text).filter((named) => !pathExists(named))).toEqual([]);
  });

  test('names only npm scripts that exist', () => {
    const known = packageScripts.map(([name]) => name);
    expect(npmScriptsNamedIn(text).filter((script) => !known.includes(script))).toEqual([]);
  });

  test('shows only commands that a test runs', () => {
    expect(commandsIn(text).filter((command) => !isProven(command))).toEqual([]);
  });
});

describe('the npm scripts', () => {
  test.each(packageScripts)('%s runs a file that exists', (_name, script) => {
    const named = /\b[\w/-]+\.mjs\b/.exec(script)?.[0];
    expect(named === undefined || pathExists(named)).toBe(true);
  });
});

describe('the reading of documents', () => {
  test('finds paths in code spans and links, and leaves other spans alone', () => {
    const text = 'See `web/lib/no.ts`, `layout.h`, [x](docs/a.md#b), `audio/wav`, `a.b()`.';
    expect(pathsNamedIn(text)).toEqual(['web/lib/no.ts', 'layout.h', 'docs/a.md']);
    expect(pathExists('web/lib/no.ts')).toBe(false);
    expect(pathExists('layout.h')).toBe(true);
  });

  test('finds npm scripts in spans and blocks', () => {
    const text = 'Run `npm run nothing` or\n\n```sh\nnpm start -- --port 1\n```\n';
    expect(npmScriptsNamedIn(text)).toEqual(['nothing', 'start']);
  });

  test('finds commands in sh blocks, without comments', () => {
    const text = '```sh\n# first\nnpm test   # all\n```\n\n```ts\nnpm no\n```\n';
    expect(commandsIn(text)).toEqual(['npm test']);
  });
});
