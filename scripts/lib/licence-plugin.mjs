// @ts-check
// The built page carries the licences of what is compiled into it.
import fs from 'node:fs';
import { fromRoot } from './paths.mjs';

/** @returns {import('vite').Plugin} */
export function licences() {
  return {
    name: 'quanta-licences',
    generateBundle() {
      const source = fs.readFileSync(fromRoot('LICENSE'), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'LICENSE.txt', source });
    },
  };
}
