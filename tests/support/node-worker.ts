/** Runs a TypeScript module of this folder in a thread of Node's. */
import { Worker } from 'node:worker_threads';
import { bundleForNode } from '../../scripts/lib/bundle-for-node.mjs';

/** Bundles the module for a thread. @param file Path from the top of the project. */
export function bundleForThread(file: string): Promise<string> {
  return bundleForNode(file, 'cjs');
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
