import {
  commandStatus,
  commandWords,
  constants,
  directoryWord,
  masterParameters,
  meterWord,
  meterWords,
  parameterWord,
  parameterWords,
  responseWords,
  stripParameters,
} from '../../shared/layout.gen.ts';
import { SlotQueueConsumer, SlotQueueProducer } from '../../shared/slot-queue.ts';
import { MixerError } from '../errors.ts';
import {
  type CommandResponse,
  encodeCommand,
  type MasterParameter,
  type MixerCommand,
  readResponse,
  type StripParameter,
  writeCommand,
} from './command.ts';

/** The meters of one input, or of the master, after all its effects. Units are in the layout. */
export type MeterReading = { readonly [Meter in keyof typeof meterWord]: number };

/** When a command took effect. */
export interface CommandResult {
  /** On the audio clock. */
  readonly appliedAtFrame: number;
}

interface Waiting {
  readonly resolve: (result: CommandResult) => void;
  readonly reject: (error: MixerError) => void;
}

// A few quanta: what a person sets by hand needs no faster answer.
const pollMs = 5;

const stripCount = Object.keys(stripParameters).length;
const meterNames = Object.keys(meterWord) as (keyof typeof meterWord)[];

/**
 * The page's end of the mixer: eight strips and a master, set by commands that the engine answers.
 * Page only, one per session.
 */
export class Mixer {
  /** Inputs that there are. */
  readonly inputs: number = constants.inputs;
  readonly #commands: SlotQueueProducer;
  readonly #responses: SlotQueueConsumer;
  readonly #parameters: Float32Array;
  readonly #started: Uint32Array;
  readonly #meters: Float32Array;
  readonly #waiting = new Map<number, Waiting>();
  #tag = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param buffer The engine's memory, in which an engine has started. */
  constructor(buffer: ArrayBufferLike) {
    const directory = new Uint32Array(buffer, constants.arenaBase);
    const at = (word: number): number => directory[word] ?? 0;
    this.#commands = new SlotQueueProducer(buffer, at(directoryWord.commands), commandWords);
    this.#responses = new SlotQueueConsumer(buffer, at(directoryWord.responses), responseWords);
    this.#parameters = new Float32Array(buffer, at(directoryWord.parameters), parameterWords);
    this.#started = new Uint32Array(buffer, at(directoryWord.parameters), parameterWords);
    const meterCount = meterWords * (constants.inputs + 1);
    this.#meters = new Float32Array(buffer, at(directoryWord.meters), meterCount);
  }

  /**
   * Sends a command. Commands take effect in the order in which they are sent. The promise settles
   * with the engine's answer, which comes when the audio clock has reached the frame.
   *
   * @param atFrame Of the audio clock; 0 or a past frame means at once.
   * @throws RangeError for a wrong command; MixerError `queue-full` when the engine has not kept up.
   */
  async send(command: MixerCommand, atFrame = 0): Promise<CommandResult> {
    const encoded = encodeCommand(command);
    const tag = this.#nextTag();
    const sent = this.#commands.push((slot) => writeCommand(slot, tag, encoded, atFrame));
    if (!sent) throw queueFull();
    const answer = new Promise<CommandResult>((resolve, reject) =>
      this.#waiting.set(tag, { resolve, reject }),
    );
    this.#listen();
    return answer;
  }

  /** A strip's parameter as it is in force, in its unit; NaN of an input that is not there. */
  parameter(input: number, parameter: StripParameter): number {
    const { index } = stripParameters[parameter];
    return this.#parameters[parameterWord.strips + input * stripCount + index] ?? NaN;
  }

  /** A master's parameter as it is in force, in its unit. */
  masterParameter(parameter: MasterParameter): number {
    return this.#parameters[parameterWord.master + masterParameters[parameter].index] ?? NaN;
  }

  /** Whether an input is heard. */
  started(input: number): boolean {
    return this.#started[parameterWord.started + input] === 1;
  }

  /** An input's meters; NaN of an input that is not there. */
  meters(input: number): MeterReading {
    const first = input * meterWords;
    return Object.fromEntries(
      meterNames.map((name) => [name, this.#meters[first + meterWord[name]] ?? NaN]),
    ) as MeterReading;
  }

  /** The master's meters. */
  get masterMeters(): MeterReading {
    return this.meters(constants.inputs);
  }

  /** Commands that have not been answered yet. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** Tells everybody who waits that there will be no answer. */
  close(): void {
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.values()) reject(closed());
    this.#waiting.clear();
  }

  // The engine wakes nobody, so the page looks for answers while it expects some.
  #listen(): void {
    if (this.#timer !== undefined || this.#waiting.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#takeAnswers();
      this.#listen();
    }, pollMs);
  }

  #takeAnswers(): void {
    for (;;) {
      const response = this.#responses.pop(readResponse);
      if (response === undefined) return;
      this.#settle(response);
    }
  }

  #nextTag(): number {
    this.#tag = (this.#tag + 1) >>> 0;
    return this.#tag;
  }

  #settle({ tag, status, appliedAtFrame }: CommandResponse): void {
    const waiting = this.#waiting.get(tag);
    this.#waiting.delete(tag);
    if (status === commandStatus.applied) waiting?.resolve({ appliedAtFrame });
    else waiting?.reject(refused(status));
  }
}

function queueFull(): MixerError {
  return new MixerError(
    'queue-full',
    'The engine has not taken the last commands yet, so this one was not sent.',
    'Send it again in a moment; if the audio clock stands still, resume it first.',
  );
}

function refused(status: number): MixerError {
  return new MixerError(
    'refused',
    `The engine refused the command with status ${status}.`,
    'Reload the page: the library and its engine do not fit each other.',
  );
}

function closed(): MixerError {
  return new MixerError(
    'closed',
    'The session was closed before the engine answered the command.',
    'Create a new session and send it again.',
  );
}
