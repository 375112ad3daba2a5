/** What happened in a segment of the flight recorder, checked against every rule of its layout. */
import {
  commandWords,
  constants,
  flightEntry,
  flightQuantumWord,
  flightQuantumWords,
  flightResultWords,
} from './layout.gen.ts';

/** A segment as it lies in the engine's memory, or in a file. */
export interface FlightSegment {
  /** Rises by 1 from one to the next. */
  readonly number: number;
  /** Whether nothing is missing between the segment before and this one. */
  readonly continues: boolean;
  /** Entries, see flight_layout.h. */
  readonly log: Uint32Array<ArrayBuffer>;
}

/** One quantum of a recording. */
export interface FlightQuantum {
  /** The audio clock at its first frame. */
  readonly frame: number;
  readonly frames: number;
  /** Two bits for each input: its channels. */
  readonly channels: number;
  /** The planes of all channels, one after the other, as the bits of floats. */
  readonly samples: Uint32Array;
  /** Commands that took effect in it, with the frames at which they did. */
  readonly commands: readonly Uint32Array[];
  /** See `flightResultWord`; null: the quantum never ended. */
  readonly result: Uint32Array | null;
  /** What it cost in the field, in nanoseconds; 0: nobody measured. */
  readonly costNs: number;
}

/** What a segment holds. */
export interface FlightChapter {
  readonly continues: boolean;
  /** The engine's state before the first quantum. */
  readonly checkpoint: Uint32Array;
  readonly quanta: readonly FlightQuantum[];
}

/** The bytes are no recording, or not one that this version can read; the message says why. */
export class FlightFormatError extends Error {
  override readonly name: string = 'FlightFormatError';
}

interface Entry {
  readonly kind: number;
  readonly words: Uint32Array;
}

const wordRange = 0x1_0000_0000;
const kindScale = 2 ** constants.flightKindShift;

/** Reads a segment's log. @throws FlightFormatError */
export function readFlightLog({ number, continues, log }: FlightSegment): FlightChapter {
  const [first, ...entries] = entriesOf(log, number);
  if (first?.kind !== flightEntry.checkpoint) fail(number, 'does not begin with a checkpoint');
  const quanta: Growing[] = [];
  for (const entry of entries) addEntry(quanta, entry, number);
  const broken = quanta.slice(0, -1).some(({ result }) => result === null);
  if (broken) fail(number, 'has a quantum without an end before its last one');
  return { continues, checkpoint: first.words, quanta: withCosts(quanta) };
}

type Growing = { -readonly [Name in keyof FlightQuantum]: FlightQuantum[Name] } & {
  commands: Uint32Array[];
  lastCostNs: number;
};

function* entriesOf(log: Uint32Array, number: number): Generator<Entry> {
  for (let at = 0; at < log.length;) {
    const head = log[at]!;
    const length = head % kindScale;
    if (length > log.length - at - 1) fail(number, `has an entry beyond its end at word ${at}`);
    yield { kind: Math.floor(head / kindScale), words: log.subarray(at + 1, at + 1 + length) };
    at += 1 + length;
  }
}

function addEntry(quanta: Growing[], { kind, words }: Entry, number: number): void {
  const last = quanta.at(-1);
  if (kind === flightEntry.quantum) {
    quanta.push(quantumOf(words, number));
  } else if (last === undefined || last.result !== null) {
    fail(number, `has an entry of kind ${kind} outside a quantum`);
  } else if (kind === flightEntry.command && words.length === commandWords) {
    last.commands.push(words);
  } else if (kind === flightEntry.done && words.length === flightResultWords) {
    last.result = words;
  } else {
    fail(number, `has an entry of kind ${kind} with ${words.length} words`);
  }
}

function quantumOf(words: Uint32Array, number: number): Growing {
  if (words.length < flightQuantumWords) fail(number, 'has a quantum that is too short');
  const word = (name: keyof typeof flightQuantumWord): number => words[flightQuantumWord[name]]!;
  const frames = word('frames');
  const channels = word('channels');
  const samples = words.subarray(flightQuantumWords);
  if (frames === 0 || frames > constants.maxQuantumFrames) {
    fail(number, `has a quantum of ${frames} frames`);
  }
  if (samples.length !== frames * planeCount(channels, number)) {
    fail(number, `has a quantum with ${samples.length} samples`);
  }
  const frame = word('frameHigh') * wordRange + word('frame');
  const lastCostNs = word('lastCostNs');
  return { frame, frames, channels, samples, commands: [], result: null, costNs: 0, lastCostNs };
}

/** Channels of an input in the packed form. */
export function channelsAt(channels: number, input: number): number {
  return (channels >>> (2 * input)) & 3;
}

function planeCount(channels: number, number: number): number {
  if (channels >= 4 ** constants.inputs) fail(number, 'has more inputs than there are');
  let count = 0;
  for (let input = 0; input < constants.inputs; input += 1) {
    const there = channelsAt(channels, input);
    if (there > constants.inputChannels) fail(number, `has ${there} channels at an input`);
    count += there;
  }
  return count;
}

// A cost is known only when the next quantum begins.
function withCosts(quanta: readonly Growing[]): readonly FlightQuantum[] {
  for (const [i, quantum] of quanta.entries()) quantum.costNs = quanta[i + 1]?.lastCostNs ?? 0;
  return quanta;
}

function fail(number: number, what: string): never {
  throw new FlightFormatError(`segment ${number} ${what}`);
}
