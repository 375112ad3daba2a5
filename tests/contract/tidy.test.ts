import { describe, expect, test } from 'vitest';
import {
  describeFinding,
  type Finding,
  findLines,
  readSource,
  sourceFiles,
} from '../support/source-tree.ts';

interface Rule {
  readonly name: string;
  readonly files: RegExp;
  readonly except?: RegExp;
  readonly pattern: RegExp;
  /** A line that the rule must find. */
  readonly example: string;
}

const THIS_FILE = /^tests\/contract\/tidy\.test\.ts$/;
const CODE = /\.(h|cpp|cmake|ts|mjs|js|css|html)$/;
const MAX_LINES = 400;

const rules: readonly Rule[] = [
  {
    name: 'postponed work',
    files: /./,
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/,
    example: '// TODO: later',
  },
  {
    name: 'any',
    files: /\.(ts|mjs)$/,
    // Not in a comment.
    pattern: /^(?!\/\/|\/?\*).*(:|\bas|<)\s*any\b/,
    example: 'const x: any = 1;',
  },
  {
    name: 'a silenced checker',
    files: /\.(ts|mjs|cpp|h)$/,
    pattern: /@ts-(ignore|expect-error|nocheck)|(eslint|oxlint|prettier)-(disable|ignore)|NOLINT/,
    example: '// @ts-ignore',
  },
  {
    name: 'the default quantum written as a number',
    files: /^(wasm|worklet|web)\/.*\.(h|cpp|ts)$/,
    except: /^wasm\/shared\/layout\.h$|\.gen\.ts$/,
    pattern: /(?<![\w.])128(?![\w.])/,
    example: 'for (let i = 0; i < 128; i += 1) {',
  },
  {
    name: 'a swallowed exception',
    files: /\.(ts|mjs|js|cpp|h)$/,
    pattern: /catch\s*(\([^)]*\))?\s*\{\s*\}|\.catch\(\(\w*\)\s*=>\s*\{\s*\}\)/,
    example: 'work().catch(() => {});',
  },
  {
    name: 'a sleep in a test',
    files: /^tests\//,
    pattern:
      /waitForTimeout\(|sleep_for\(|\busleep\(|timers\/promises|setTimeout\(\w+, \w+ \* 1000/,
    example: 'await page.waitForTimeout(100);',
  },
  {
    name: 'a test that is left out',
    files: /^tests\//,
    pattern: /\b(test|it|describe)\.(only|todo|fixme)\b|\bGTEST_SKIP\b|\bDISABLED_/,
    example: "test.only('x', () => {});",
  },
  {
    name: "one machine's paths",
    files: /./,
    pattern: /(?<![\w.])\/(tmp|root|home|work)\//,
    example: "const folder = '/tmp/x';",
  },
];

const applies = ({ files, except }: Rule, file: string) =>
  files.test(file) && except?.test(file) !== true && !THIS_FILE.test(file);

const isText = (file: string) => !/\.(png|ico|wav|woff2)$/.test(file);

function findings(rule: Rule): Finding[] {
  return sourceFiles
    .filter((file) => isText(file) && applies(rule, file))
    .flatMap((file) => findLines(file, readSource(file), rule.pattern));
}

describe('no file has', () => {
  test.each(rules)('$name', (rule) => {
    expect(findings(rule).map(describeFinding)).toEqual([]);
  });

  test(`more than ${MAX_LINES} lines`, () => {
    const long = sourceFiles
      .filter((file) => CODE.test(file) && !file.endsWith('.gen.ts'))
      .filter((file) => readSource(file).split('\n').length - 1 > MAX_LINES);
    expect(long).toEqual([]);
  });

  test('a compiled twin beside it in the repository', () => {
    const known = new Set(sourceFiles);
    const compiled = /\.(d\.ts|js)$/;
    const isTwin = (file: string) => known.has(file.replace(compiled, '.ts'));
    expect(sourceFiles.filter((file) => compiled.test(file) && isTwin(file))).toEqual([]);
  });
});

test.each(rules)('the rule against $name finds its example', ({ pattern, example }) => {
  expect(findLines('a', `first\n${example}`, pattern)).toMatchObject([{ line: 2 }]);
});

test('the top folder holds only what belongs there', () => {
  const allowed = new Set(
    [
      'package.json',
      'package-lock.json',
      'vite.config.ts',
      'CMakeLists.txt',
      'tsconfig.json',
    ].concat(
      ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'LICENSE', 'CONTRIBUTING.md'],
      ['wasm', 'web', 'worklet', 'public', 'tests', 'scripts'],
    ),
  );
  const top = new Set(sourceFiles.map((file) => file.split('/')[0] ?? ''));
  expect([...top].filter((name) => !name.startsWith('.') && !allowed.has(name))).toEqual([]);
});
