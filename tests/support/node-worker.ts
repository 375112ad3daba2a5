/** Runs a TypeScript module of this folder in a thread of Node's. */
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { fromRoot } from '../../scripts/lib/paths.mjs';

/** Bundles the module for a thread. @param file Path from the top of the project. */
export async function bundleForThread(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'node20',
      lib: { entry: fromRoot(file), formats: ['cjs'] },
      rolldownOptions: { external: [/^node:/] },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const [first] = outputs.flatMap((output) => ('output' in output ? output.output : []));
  if (first?.type !== 'chunk') throw new Error(`${file} gave no code.`);
  return first.code;
}

/** Starts a thread of the bundle and resolves with the first message that it sends. */
export function runThread<Result>(code: string, workerData: unknown): Promise<Result> {
  const worker = new Worker(code, { eval: true, workerData });
  return new Promise((resolve, reject) => {
    worker.once('message', (result: Result) => {
      resolve(result);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread ended without a message.')));
  });
}
