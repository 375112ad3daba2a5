// @ts-check
// Runs a row: correctness first, then all contestants in turns, so that a disturbance of the machine
// meets all of them.
import { CommandError } from '../lib/run.mjs';
import { NANOSECONDS } from './benchmark.mjs';
import { summarize } from './statistics.mjs';

/** @typedef {import('./benchmark.mjs').Contestant} Contestant */
/** @typedef {import('./benchmark.mjs').Row} Row */
/** @typedef {import('./hosts/host.mjs').Host} Host */
/** @typedef {(name: import('./benchmark.mjs').HostName) => Promise<Host>} HostOf */

/**
 * @typedef {object} Effort
 * @property {number} rounds samples of each contestant
 * @property {number} sampleMs length of a sample: far above the steps of the browser's clock, 5 µs,
 *   and far below the time that a busy system leaves a thread, so that few samples are disturbed
 */

/** @type {Effort} */
export const FULL_EFFORT = { rounds: 400, sampleMs: 0.5 };

const NANOSECONDS_PER_MS = 1e6;
const MAX_OPERATIONS = 2 ** 24;

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {string} version
 * @property {number} median in the row's unit
 * @property {number} ratio its median divided by ours: above 1, ours is faster
 * @property {Summary} [single] of its operations one by one
 */

/** @typedef {import('./statistics.mjs').Summary} Summary */

/**
 * @typedef {Summary & { peers: Peer[], single?: Summary }} Measured
 *   `single`: of our operations one by one, where the row asks for that
 */

/**
 * Asserts that every contestant of a row is right.
 * @param {Row} row
 * @param {HostOf} hostOf
 * @returns {Promise<{ present: Contestant[], absent: Contestant[] }>} the first one is ours
 * @throws {CommandError} where one computes something wrong, or ours is not there
 */
export async function checkRow(row, hostOf) {
  /** @type {{ present: Contestant[], absent: Contestant[] }} */
  const found = { present: [], absent: [] };
  for (const contestant of [row.ours, ...row.peers]) {
    const list = (await isRight(contestant, hostOf)) ? found.present : found.absent;
    list.push(contestant);
  }
  if (found.present[0] === row.ours) return found;
  throw new CommandError(`${row.name}: there is no ${row.ours.code} on ${row.ours.host}.`);
}

/**
 * @param {Contestant} contestant
 * @param {HostOf} hostOf
 * @returns {Promise<boolean>} false: it is not there
 */
async function isRight({ name, host, code }, hostOf) {
  const opened = await hostOf(host);
  try {
    return await opened.check(code);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${name} (${code} on ${host}) is wrong: ${reason}`);
  }
}

/**
 * One contestant on its host, with the number of operations that make a sample.
 */
class Runner {
  /** @readonly */
  #host;
  /** @readonly */
  #code;
  #operations = 1;
  /** @type {number[]} */
  samples = [];
  /** @type {number[]} of single operations */
  singles = [];

  /**
   * @param {Host} host
   * @param {string} code
   */
  constructor(host, code) {
    this.#host = host;
    this.#code = code;
  }

  /**
   * Also warms up: the last, longest rounds run optimised code.
   * @param {number} nanoseconds
   */
  async calibrate(nanoseconds) {
    for (;;) {
      const taken = await this.#shortest();
      if (taken >= nanoseconds || this.#operations >= MAX_OPERATIONS) return;
      const wanted = this.#operations * Math.min(10, (1.2 * nanoseconds) / Math.max(taken, 1));
      this.#operations = Math.ceil(wanted);
    }
  }

  /** Of three: a disturbed one would be taken for a slow contestant. */
  async #shortest() {
    let shortest = Infinity;
    for (let i = 0; i < 3; i += 1) {
      const taken = await this.#host.time(this.#code, this.#operations);
      shortest = Math.min(shortest, taken);
    }
    return shortest;
  }

  async sample() {
    const taken = await this.#host.time(this.#code, this.#operations);
    this.samples.push(taken / this.#operations);
  }

  /** @param {number} operations to be timed one by one */
  async sampleSingles(operations) {
    if (operations === 0) return;
    this.singles.push(...(await this.#host.timeEach(this.#code, operations)));
  }
}

/**
 * Times the contestants of a row, the first of which is ours.
 * @param {Row} row
 * @param {readonly Contestant[]} present all of them were checked
 * @param {HostOf} hostOf
 * @param {Effort} effort
 * @returns {Promise<Measured>}
 */
export async function measureRow(row, present, hostOf, effort) {
  const { rounds, sampleMs } = { ...effort, ...row.effort };
  const runners = [];
  for (const { host, code } of present) runners.push(new Runner(await hostOf(host), code));
  // Twice: the first time is before the optimiser, and so counts too many nanoseconds.
  for (const runner of [...runners, ...runners]) {
    await runner.calibrate(sampleMs * NANOSECONDS_PER_MS);
  }
  for (let round = 0; round < rounds; round += 1) {
    // Whoever was first is last in the next round.
    const first = round % runners.length;
    for (const runner of [...runners.slice(first), ...runners.slice(0, first)]) {
      await runner.sample();
      await runner.sampleSingles(row.singles ?? 0);
    }
  }
  return measured(row, present, runners, hostOf);
}

/**
 * @param {Row} row
 * @param {readonly Contestant[]} present
 * @param {readonly Runner[]} runners
 * @param {HostOf} hostOf
 */
async function measured(row, present, runners, hostOf) {
  /** @param {readonly number[]} nanoseconds */
  const inUnit = (nanoseconds) => nanoseconds.map((each) => each / NANOSECONDS[row.unit]);
  const [ours, ...others] = runners.map(({ samples, singles }) => ({
    batches: summarize(inUnit(samples)),
    ...(singles.length === 0 ? {} : { single: summarize(inUnit(singles)) }),
  }));
  if (ours === undefined) throw new RangeError('There must be one contestant or more.');
  /** @type {Peer[]} */
  const peers = [];
  for (const [index, { batches, ...single }] of others.entries()) {
    const contestant = present[index + 1];
    if (contestant === undefined) continue;
    const version = versionOf(contestant) ?? (await hostOf(contestant.host)).version;
    const { median } = batches;
    const ratio = median / ours.batches.median;
    peers.push({ name: contestant.name, version, median, ratio, ...single });
  }
  const { batches, ...single } = ours;
  return { ...batches, ...single, peers };
}

/** @param {Contestant} contestant */
const versionOf = ({ version }) => (typeof version === 'function' ? version() : version);
