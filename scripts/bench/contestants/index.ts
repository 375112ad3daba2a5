/** Every contestant in JavaScript: each module of this folder, by its name. */
import type { Modules, ProgramMaker } from '../contestant-table.mjs';

interface ContestantModule {
  readonly contestants: Readonly<Record<string, ProgramMaker>>;
}

const found = import.meta.glob<ContestantModule>(['./*.ts', '!./index.ts'], {
  eager: true,
});

export const modules: Modules = Object.fromEntries(
  Object.entries(found).map(([file, { contestants }]) => [file.slice(2, -3), contestants]),
);
