// @ts-check
// Brings a machine to the state that a purpose needs; does nothing where it is there already.
import { installPlaywrightChromium } from './chromium.mjs';
import { installNodeModules } from './node-modules.mjs';
import { installInstruction, packageManager } from './package-manager.mjs';
import { CommandError } from './run.mjs';
import { missingTools, TOOLS } from './tools.mjs';

/** @typedef {import('./tools.mjs').Tool} Tool */

/** As in package.json: what the packages run on. */
const OLDEST_NODE = [20, 19];

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new CommandError(`Node ${OLDEST_NODE.join('.')} is needed; this is ${process.version}.`);
}

/** @param {Tool} tool */
const isRequired = (tool) => tool.without === undefined;

/** @param {readonly Tool[]} tools */
function announce(tools) {
  console.log('Missing on this machine:');
  for (const { name, why } of tools) console.log(`  ${name}: ${why}`);
}

/** @param {readonly Tool[]} tools */
async function installRequired(tools) {
  const manager = packageManager();
  announce(tools);
  if (!manager) {
    throw new CommandError(`${installInstruction(tools)}\n\nThen run the same command again.`);
  }
  const packages = tools.flatMap((tool) => manager.packagesOf(tool));
  console.log(`Installing ${packages.join(', ')}.`);
  if (await manager.install(packages)) return;
  throw new CommandError(`Could not install ${packages.join(', ')}: see above.`);
}

/** @param {Tool} tool one that can be done without */
async function installOptional(tool) {
  const manager = packageManager();
  const packages = manager?.packagesOf(tool) ?? [];
  if (!manager || !(await manager.offers(packages))) return;
  announce([tool]);
  console.log(`Installing ${packages.join(', ')}.`);
  await manager.install(packages);
}

/** @param {import('./tools.mjs').Purpose} purpose */
async function installMissingTools(purpose) {
  const required = missingTools(purpose).filter(isRequired);
  if (required.length > 0) await installRequired(required);
  for (const tool of missingTools(purpose)) await installOptional(tool);
  for (const { name, without } of missingTools(purpose)) {
    if (without === undefined) throw new CommandError(`${name} is still missing.`);
    console.log(`No ${name} on this system: ${without}.`);
  }
}

/**
 * Idempotent. Installs only what is missing, and says what and why.
 * @param {import('./tools.mjs').Purpose} purpose
 */
export async function setup(purpose) {
  assertNode();
  await installMissingTools(purpose);
  await installNodeModules();
  if (purpose === 'test' || purpose === 'bench') await installPlaywrightChromium();
}

/**
 * Brings one tool, for a command that cannot do without it.
 * @param {string} name as in the list of tools
 */
export async function setupTool(name) {
  assertNode();
  const missing = () => TOOLS.filter((tool) => tool.name === name && !tool.isPresent());
  if (missing().length === 0) return;
  await installRequired(missing());
  if (missing().length > 0) throw new CommandError(`${name} is still missing.`);
}
