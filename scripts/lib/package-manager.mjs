// @ts-check
// The system's package managers. Each takes all packages at once and prints its own progress.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { commandExists } from './paths.mjs';
import { exitCodeOf } from './run.mjs';

/**
 * @typedef {object} PackageManager
 * @property {(tool: import('./tools.mjs').Tool) => readonly string[]} packagesOf
 * @property {(packages: readonly string[]) => Promise<boolean>} offers
 * @property {(packages: readonly string[]) => Promise<boolean>} install whether it succeeded
 */

const APT_LISTS = '/var/lib/apt/lists';
const APT_INSTALL = [
  ...['apt-get', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=300'],
  ...['install', '-y', '--no-install-recommends'],
];

/** @param {readonly string[]} command */
async function asRoot(command) {
  const plain = ['env', 'DEBIAN_FRONTEND=noninteractive', ...command];
  const [name = '', ...args] = isRoot() ? plain : ['sudo', ...plain];
  return (await exitCodeOf(name, args)) === 0;
}

const isRoot = () => process.getuid?.() === 0;

const aptHasLists = () =>
  fs.existsSync(APT_LISTS) && fs.readdirSync(APT_LISTS).some((file) => file.includes('_Packages'));

const update = () => asRoot(['apt-get', 'update']);

/** @returns {PackageManager} */
function apt() {
  return {
    packagesOf: (tool) => tool.apt,
    async offers(packages) {
      if (!aptHasLists()) await update();
      return spawnSync('apt-cache', ['show', ...packages]).status === 0;
    },
    async install(packages) {
      if (!aptHasLists()) await update();
      const command = [...APT_INSTALL, ...packages];
      return (await asRoot(command)) || ((await update()) && (await asRoot(command)));
    },
  };
}

/** @returns {PackageManager} */
function brew() {
  return {
    packagesOf: (tool) => tool.brew,
    offers: (packages) => Promise.resolve(packages.length > 0),
    install: async (packages) => (await exitCodeOf('brew', ['install', ...packages])) === 0,
  };
}

/**
 * The package manager of this system, or undefined where none can be used from here.
 * @returns {PackageManager | undefined}
 */
export function packageManager() {
  if (commandExists('apt-get') && (isRoot() || commandExists('sudo'))) return apt();
  if (process.platform === 'darwin' && commandExists('brew')) return brew();
  return undefined;
}

/**
 * What to type where nothing can be installed from here.
 * @param {readonly import('./tools.mjs').Tool[]} tools
 * @returns {string}
 */
export function installInstruction(tools) {
  if (commandExists('apt-get')) {
    const packages = tools.flatMap((tool) => tool.apt).join(' ');
    return `This needs root, and sudo is not there. Type as root:

  apt-get update && apt-get install -y --no-install-recommends ${packages}`;
  }
  if (process.platform === 'darwin') {
    const packages = tools.flatMap((tool) => tool.brew).join(' ');
    return `Homebrew is not there. Install it (https://brew.sh), then type:

  brew install ${packages}`;
  }
  const names = tools.map((tool) => `  ${tool.name} (Debian: ${tool.apt.join(', ')})`);
  return `Only apt-get and brew are known here. Install with your system's package manager:

${names.join('\n')}`;
}
