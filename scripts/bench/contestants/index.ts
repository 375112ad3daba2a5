/** Every contestant in JavaScript: each module of this folder, by its name, loaded when needed. */
import type { Modules, ProgramModule } from '../contestant-table.mjs';

const found = import.meta.glob<ProgramModule>(['./*.ts', '!./index.ts']);

export const modules: Modules = Object.fromEntries(
  Object.entries(found).map(([file, load]) => [file.slice(2, -3), load]),
);
