// @ts-check
// What a soak found, for people and as data.
import { commit, machine } from '../lib/machine.mjs';
import { distributionOf } from './record.mjs';
import { judge } from './verdict.mjs';

/** @typedef {import('./record.mjs').Distribution} Distribution */
/** @typedef {import('./record.mjs').OfflineRecord} OfflineRecord */
/** @typedef {import('./live.mjs').LiveRun} LiveRun */

const SCHEMA = 1;

/**
 * The three parts of what a listener in a Worker waits for; they are not to be added up.
 * @typedef {object} Latency
 * @property {Distribution | null} handOffMs how long a complete chunk waited to be seen, at most
 * @property {Distribution | null} frameMs how long a chunk's first sample waited for it to be complete
 * @property {Distribution | null} computeMs how long the audio thread worked on a quantum
 * @property {Distribution | null} consumerMs how long the listener itself worked on a chunk
 */

/** @param {LiveRun} run */
export function liveReport({ record, load, browser, quantaUs, frameMs }) {
  const { segments: _segments, handOffMs, consumerMs, ...rest } = record;
  const { problems, inputs, ...verdict } = judge(record);
  /** @type {Latency} */
  const latency = {
    handOffMs: distributionOf(handOffMs),
    frameMs: distributionOf(frameMs),
    computeMs: distributionOf(quantaUs.map((us) => us / 1000)),
    consumerMs: distributionOf(consumerMs),
  };
  return {
    ...heading('live'),
    browser,
    load,
    ...rest,
    ...verdict,
    found: inputs,
    latency,
    problems,
  };
}

/** @typedef {ReturnType<typeof liveReport>} LiveReport */

/** @param {OfflineRecord} record */
export function offlineReport(record) {
  return { ...heading('offline'), ...record };
}

/** @param {'live' | 'offline'} kind */
const heading = (kind) => ({
  schema: SCHEMA,
  kind,
  machine: machine(),
  node: process.version,
  commit: commit(),
});

/** @param {number} ms */
const inMs = (ms) => `${ms.toFixed(ms < 10 ? 3 : 1)} ms`;

/** @param {Distribution | null} distribution */
function spread(distribution) {
  if (distribution === null) return 'not measured';
  const { n, p50, p90, p99 } = distribution;
  return `p50 ${inMs(p50)}, p90 ${inMs(p90)}, p99 ${inMs(p99)}, n ${n}`;
}

/** @param {readonly string[]} problems */
const ending = (problems) =>
  problems.length === 0
    ? ['Every promise was kept.']
    : ['NOT KEPT:', ...problems.map((problem) => `  ${problem}`)];

/** @param {LiveReport} report */
export function liveLines(report) {
  const { inputs, published, rateHz, readers, clock, captureLoss, latency, found, voice } = report;
  const seconds = (published.mix / rateHz).toFixed(1);
  const steps = clock.steps.map(({ lengthMs }) => inMs(lengthMs)).join(', ') || 'none';
  const { declaredMs, trueMs, boundMs } = captureLoss;
  return [
    `${inputs} input${inputs === 1 ? '' : 's'}, ${seconds} s of audio, load ${report.load ? 'on' : 'off'}`,
    `  index error ${report.indexErrorFrames} samples, unaccounted ${report.unaccounted}`,
    ...found.map(
      ({ input, frames, lostFrames, silentFrames, glitches }) =>
        `  input ${input}: ${frames} samples in order, the browser dropped ${lostFrames} and put in ${silentFrames} (${glitches.length} places)`,
    ),
    ...readers.map(
      ({ name, delivered, dropped, pending }) =>
        `  reader ${name}: delivered ${delivered}, dropped ${dropped}, pending ${pending}`,
    ),
    `  voice: ${voice.compared} stretches found in the mix, at most ${voice.maxIndexError} frames off, likeness from ${voice.minCorrelation.toFixed(3)}`,
    `  captureLossMs ${declaredMs === null ? 'unknown' : inMs(declaredMs)}, from the markers ${inMs(trueMs)}, bound ${boundMs} ms`,
    `  clock model: at most ${inMs(clock.maxResidualMs)} off between steps in ${clock.readings} readings; steps: ${steps}`,
    `  hand-off: ${spread(latency.handOffMs)}`,
    `  frame (algorithmic): ${spread(latency.frameMs)}`,
    `  compute, a quantum: ${spread(latency.computeMs)}`,
    `  compute, the consumer: ${spread(latency.consumerMs)}`,
    ...ending(report.problems),
  ];
}

/** @param {ReturnType<typeof offlineReport>} report */
export function offlineLines(report) {
  const { frames, rateHz, quanta, commands, gaps, gapFrames, readers, wrong, start } = report;
  const hours = (frames / rateHz / 3600).toFixed(2);
  return [
    `${hours} h of audio in ${quanta} quanta, from frame ${start.frame} to ${start.frame + frames}`,
    `  ${commands.sent} commands, all at their frames but ${commands.wrong}; ${gaps} gaps of ${gapFrames} frames`,
    `  wrong: ${wrong.mixFrames} frames of the mix, ${wrong.voiceChunks} chunks of the voice, ${wrong.voiceTimes} times`,
    ...readers.map(
      ({ name, delivered, dropped, pending }) =>
        `  reader ${name}: delivered ${delivered}, dropped ${dropped}, pending ${pending}`,
    ),
    ...ending(report.problems),
  ];
}
