// @ts-check
// `quanta replay`: runs a flight recording again and says whether it gave the same.
import fs from 'node:fs/promises';
import { bundleForNode } from '../lib/bundle-for-node.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { FileError, orFileError, UsageError } from './errors.mjs';
import { JSON_OUTPUT, wholeNumber } from './options.mjs';
import { compare } from './replay/compare.mjs';
import { costOf, dearest } from './replay/cost.mjs';
import { buildNative, runNative } from './replay/native.mjs';
import { linesOf } from './replay/words.mjs';

/** @typedef {import('./commands.mjs').Request} Request */
/** @typedef {import('./commands.mjs').Job} Job */
/** @typedef {import('./replay/wasm-replay.ts').Outcome} Outcome */
/** @typedef {typeof import('./replay/index.ts')} Modules */
/** @typedef {import('./replay/index.ts').FlightChapter} Chapter */
/** @typedef {import('../../web/shared/flight-file.ts').FlightFile} FlightFile */

/**
 * A segment; one that does not go on where the last one ended begins with its checkpoint.
 * @typedef {Chapter & { reload: boolean }} Part
 */

/**
 * A recording, ready to be run.
 * @typedef {object} Recording
 * @property {FlightFile} file
 * @property {readonly Part[]} parts
 * @property {readonly import('../../web/shared/flight-log.ts').FlightQuantum[]} quanta of all of them
 */

const ENGINES = /** @type {const} */ (['both', 'wasm', 'native']);
const MAX_TOP = 1000;
const DEFAULT_TOP = 5;

/** @returns {Promise<Modules>} */
async function loadModules() {
  const code = await bundleForNode('scripts/quanta/replay/index.ts', 'es');
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return /** @type {Promise<Modules>} */ (import(url));
}

/**
 * @param {Modules} modules
 * @param {string} path
 * @returns {Promise<Recording>}
 * @throws {FileError}
 */
async function readRecording({ decodeFlight, FlightFormatError, readFlightLog }, path) {
  const bytes = await orFileError('unreadable', () => fs.readFile(path));
  try {
    const file = decodeFlight(bytes);
    /** @type {Part[]} */
    const parts = [];
    for (const [i, segment] of file.segments.entries()) {
      const chapter = readFlightLog(segment);
      const follows = file.segments[i - 1]?.number === segment.number - 1;
      const reload = !(chapter.continues && follows && isWhole(parts.at(-1)));
      parts.push({ ...chapter, reload });
    }
    return { file, parts, quanta: parts.flatMap(({ quanta }) => quanta) };
  } catch (error) {
    if (!(error instanceof FlightFormatError)) throw error;
    throw new FileError('not-flight', `cannot be replayed: ${error.message}`);
  }
}

/**
 * Whether its last quantum has ended, so that another part may go on from there.
 * @param {Part | undefined} part
 */
function isWhole(part) {
  const last = part?.quanta.at(-1);
  return last !== undefined && last.result !== null;
}

/**
 * Runs all quanta; ends early where the engine does, unless the field did so, too.
 * @param {Modules} modules
 * @param {Recording} recording
 * @returns {Promise<Outcome[]>}
 */
async function runWasm({ WasmReplay }, { file, parts }) {
  const bytes = new Uint8Array(await fs.readFile(fromRoot('public/engine.wasm')));
  /** @type {Outcome[]} */
  const outcomes = [];
  let engine = await WasmReplay.start(bytes, file.head.rateHz);
  for (const [i, { checkpoint, quanta, reload }] of parts.entries()) {
    if (reload && !engine.restore(checkpoint)) {
      throw new FileError(
        'not-flight',
        `has a checkpoint that the engine refuses, in part ${i + 1}`,
      );
    }
    for (const quantum of quanta) {
      const outcome = engine.run(quantum);
      outcomes.push(outcome);
      if (outcome.failure === '') continue;
      if (quantum.result !== null || quantum !== quanta.at(-1)) return outcomes;
      // Whoever trapped is not used again.
      engine = await WasmReplay.start(bytes, file.head.rateHz);
    }
  }
  return outcomes;
}

/**
 * @param {Modules} modules
 * @param {Recording} recording
 */
function runNatively({ flightResultWords, stage }, { file, parts }) {
  const segments = file.segments.map(({ log }, i) => ({
    fromCheckpoint: parts[i]?.reload === true,
    log,
  }));
  const shape = { resultWords: flightResultWords, stages: Object.keys(stage).length };
  return runNative(file.head.rateHz, segments, shape);
}

/**
 * For each quantum, from which frame on the analysis is that of the field.
 * @param {Modules} modules
 * @param {Recording} recording
 */
function settledFrames({ constants }, { parts }) {
  let settled = 0;
  return parts.flatMap(({ quanta, reload }) => {
    if (reload) settled = (quanta[0]?.frame ?? 0) + constants.analysisFrames / 2;
    return quanta.map(() => settled);
  });
}

/**
 * @param {Modules} modules
 * @param {Recording} recording
 * @param {Readonly<Record<string, Outcome[]>>} runs
 */
function comparisons(modules, recording, runs) {
  const { quanta } = recording;
  const words = modules.flightResultWord;
  const field = quanta.map(({ result }) => result);
  const settled = settledFrames(modules, recording);
  const resultsOf = (/** @type {readonly Outcome[]} */ run) =>
    run.map(({ failure, result }) => (failure === '' ? result : null));
  const { wasm, native } = runs;
  const all = Object.entries(runs).map(([name, run]) =>
    compare(`${name} and field`, resultsOf(run), field, quanta, words, settled),
  );
  if (!wasm || !native) return all;
  return [...all, compare('wasm and native', resultsOf(wasm), resultsOf(native), quanta, words)];
}

/**
 * @param {Modules} modules
 * @param {Recording} recording
 * @param {Readonly<Record<string, Outcome[]>>} runs
 * @param {number} top
 */
function resultOf(modules, recording, runs, top) {
  const { file, quanta } = recording;
  const stages = Object.keys(modules.stage);
  const compared = comparisons(modules, recording, runs);
  const failures = Object.entries(runs).flatMap(([engine, run]) =>
    run.flatMap(({ failure }, quantum) =>
      failure === '' ? [] : [{ engine, quantum, frame: quanta[quantum]?.frame ?? 0, failure }],
    ),
  );
  // What the field did not end need not end here: a trap that is repeated is the aim.
  const unforeseen = failures.some(({ quantum }) => quanta[quantum]?.result !== null);
  const unended = quanta.flatMap(({ result, frame }, quantum) =>
    result === null ? [{ quantum, frame }] : [],
  );
  const frames = quanta.reduce((total, quantum) => total + quantum.frames, 0);
  return {
    head: file.head,
    seconds: frames / file.head.rateHz,
    quanta: quanta.length,
    identical: !unforeseen && compared.every(({ difference }) => difference === null),
    comparisons: compared,
    unended,
    failures,
    cost: Object.fromEntries(
      Object.entries(runs).map(([name, run]) => [name, costOf(run, stages)]),
    ),
    dearest: dearest(runs['wasm'] ?? runs['native'] ?? [], quanta, stages, top),
  };
}

/** @typedef {ReturnType<typeof resultOf>} ReplayResult */

/**
 * @param {string} file
 * @param {Request} request
 * @param {{ engine: string, top: number }} settings
 * @param {Job} job
 */
async function replayFile(file, { pathOf }, { engine, top }, { report }) {
  const modules = await loadModules();
  const recording = await readRecording(modules, pathOf(file));
  /** @type {Record<string, Outcome[]>} */
  const runs = {};
  if (engine !== 'native') runs['wasm'] = await runWasm(modules, recording);
  if (engine !== 'wasm') {
    await buildNative();
    runs['native'] = await runNatively(modules, recording);
  }
  const result = resultOf(modules, recording, runs, top);
  report.add(file, result, linesOf(file, result));
  if (!result.identical) report.fail();
}

/** @param {Request['values']} values */
function settingsOf({ engine = ENGINES[0], top = String(DEFAULT_TOP) }) {
  if (!ENGINES.some((known) => known === engine)) {
    throw new UsageError(`--engine takes wasm, native or both, was ${String(engine)}`);
  }
  return { engine: String(engine), top: wholeNumber('top', String(top), { min: 0, max: MAX_TOP }) };
}

/** @type {import('./commands.mjs').Command} */
export const replay = {
  name: 'replay',
  operands: 'FILE',
  summary: 'a flight recording, run again: same bits, and what each quantum costs',
  details: `Runs what the page's flight recorder has saved through the same engine.wasm and through the same C++
built natively, and compares the mix, the voice, the meters and the analysis of every quantum, bit
by bit: with each other and with what the page had in the field. The analysis is compared from the
first window that lies behind the recording's beginning.

Then it prints the time of the stages of a quantum: mean, median, percentiles, and the dearest
quanta. Times are those of this machine; a quantum's own time in the field stands beside it where
the page measured it. A recording that ended in a trap is run to its end.

With --json: {schema: 1, command: "replay", files: [{file, ok: true, head, seconds, quanta,
   identical, comparisons: [{between, quanta, windows, difference}], unended, failures,
   cost: {wasm: {quantumUs, stagesUs}, native: ...}, dearest: [{quantum, frame, us, fieldUs, stagesUs}]}]}`,
  exitCodes: 'Exit codes: 0 identical, 1 not, 2 the command line or the file is wrong.',
  fileErrorExit: 2,
  options: {
    engine: { type: 'string', value: 'NAME', help: 'wasm, native or both (by default)' },
    top: {
      type: 'string',
      value: 'N',
      help: `how many of the dearest quanta; default ${DEFAULT_TOP}`,
    },
    ...JSON_OUTPUT,
  },

  plan(request) {
    const [file, ...more] = request.operands;
    if (file === undefined || more.length > 0) throw new UsageError('replay takes one file');
    const settings = settingsOf(request.values);
    return (job) => job.report.attempt(file, () => replayFile(file, request, settings, job));
  },
};
