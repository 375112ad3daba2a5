/** What the documents name: paths and commands. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { readSource, sourceFiles } from './source-tree.ts';

const CODE_SPAN = /(?<!`)`(?<span>[^`\n]+)`(?!`)/g;
const LINK = /\]\((?<target>[^)\s]+)\)/g;
const FENCE = /^```(?<language>\w*)\n(?<body>[\s\S]*?)^```$/gm;
const FILE_NAME = /^[\w./-]+\.(h|cpp|cmake|ts|mjs|js|json|md|css|html|wasm|txt|conf|png|svg)$/;
const NPM_SCRIPT = /\bnpm (?:run )?(?<script>[\w:-]+)/g;

/** npm's own commands, which are no scripts. */
const NPM_COMMANDS = ['ci', 'install', 'run', 'exec', 'packages', 'cache', 'registry'];

const topFolders = new Set(sourceFiles.map((file) => file.split('/')[0] ?? ''));

/** A fenced block of a document. */
export interface Fence {
  readonly language: string;
  readonly body: string;
}

const group = (match: RegExpExecArray, name: string) => match.groups?.[name] ?? '';

export function fences(text: string): Fence[] {
  return [...text.matchAll(FENCE)].map((match) => ({
    language: group(match, 'language'),
    body: group(match, 'body'),
  }));
}

const withoutFences = (text: string) => text.replace(FENCE, '');

/** A code span is taken for a path when it starts in one of our folders or looks like a file. */
function isPath(span: string): boolean {
  const inFolder = span.includes('/') && topFolders.has(span.split('/')[0] ?? '');
  return (inFolder && /^[\w./-]+$/.test(span)) || FILE_NAME.test(span);
}

/** The paths that a document names: in code spans, and as relative links. */
export function pathsNamedIn(text: string): string[] {
  const prose = withoutFences(text);
  const spans = [...prose.matchAll(CODE_SPAN)].map((match) => group(match, 'span')).filter(isPath);
  const links = [...prose.matchAll(LINK)]
    .map((match) => group(match, 'target').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
  return [...new Set([...spans, ...links])];
}

/** The npm scripts that a document names, in code of either kind. */
export function npmScriptsNamedIn(text: string): string[] {
  const spans = [...text.matchAll(CODE_SPAN)].map((match) => group(match, 'span'));
  const code = [...spans, ...fences(text).map(({ body }) => body)];
  const scripts = code.flatMap((part) =>
    [...part.matchAll(NPM_SCRIPT)].map((match) => group(match, 'script')),
  );
  return [...new Set(scripts)].filter((script) => !NPM_COMMANDS.includes(script));
}

/** Whether a path is there, from the top folder or, for a file's name, anywhere in the tree. */
export function pathExists(named: string): boolean {
  const plain = path.posix.normalize(named);
  return existsSync(fromRoot(plain)) || sourceFiles.some((file) => file.endsWith(`/${plain}`));
}

/** The lines that a reader would type: of every `sh` block, without prompts and comments. */
export function commandsIn(text: string): string[] {
  return fences(text)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ body }) => body.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

export const documents = sourceFiles.filter((file) => /^[\w-]+\.md$/.test(file));
export const readDocument = readSource;
