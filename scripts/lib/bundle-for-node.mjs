// @ts-check
// TypeScript of the project for Node, which runs none itself.
import { fromRoot } from './paths.mjs';

/**
 * Bundles a module and all that it imports.
 * @param {string} file path from the top of the project
 * @param {'cjs' | 'es'} format
 * @returns {Promise<string>} the code
 */
export async function bundleForNode(file, format) {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'node20',
      lib: { entry: fromRoot(file), formats: [format] },
      rolldownOptions: { external: [/^node:/] },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const [first] = outputs.flatMap((output) => ('output' in output ? output.output : []));
  if (first?.type !== 'chunk') throw new Error(`${file} gave no code.`);
  return first.code;
}
