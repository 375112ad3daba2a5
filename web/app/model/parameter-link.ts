/** The page's hold on one parameter of the mixer. */
import {
  type MasterParameter,
  masterParameterInfo,
  type Mixer,
  MixerError,
  type ParameterInfo,
  QuantaError,
  type StripParameter,
  stripParameterInfo,
} from '../../lib/index.ts';

/** A parameter's range, how it is read and how it is set. */
export interface Parameter {
  readonly info: ParameterInfo;
  readonly read: () => number;
  readonly write: (value: number) => Promise<unknown>;
}

/** Tells the person why something was not done. */
export type TellRefusal = (words: string) => void;

/** A parameter of an input's strip. */
export function stripParameter(mixer: Mixer, input: number, parameter: StripParameter): Parameter {
  return {
    info: stripParameterInfo[parameter],
    read: () => mixer.parameter(input, parameter),
    write: (value) => mixer.send({ kind: 'set', input, parameter, value }),
  };
}

/** A parameter of the master. */
export function masterParameter(mixer: Mixer, parameter: MasterParameter): Parameter {
  return {
    info: masterParameterInfo[parameter],
    read: () => mixer.masterParameter(parameter),
    write: (value) => mixer.send({ kind: 'set-master', parameter, value }),
  };
}

/** Sends what the person wants, one command at a time: while one is on its way, the last wish waits. */
export class ParameterLink {
  readonly info: ParameterInfo;
  readonly #parameter: Parameter;
  readonly #tell: TellRefusal;
  #wanted: number | undefined;
  #sending = false;

  constructor(parameter: Parameter, tell: TellRefusal) {
    this.info = parameter.info;
    this.#parameter = parameter;
    this.#tell = tell;
  }

  /** The value that the engine works with. */
  get inForce(): number {
    return this.#parameter.read();
  }

  /** Whether the engine has answered everything: what it holds is what a control should show. */
  get settled(): boolean {
    return !this.#sending;
  }

  /** Sets the parameter, within its range. */
  set(value: number): void {
    const { min, max } = this.info;
    this.#wanted = Math.min(max, Math.max(min, value));
    if (!this.#sending) void this.#send();
  }

  /** Sets what it was at first. */
  reset(): void {
    this.set(this.info.initial);
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#wanted !== undefined) {
      const value = this.#wanted;
      this.#wanted = undefined;
      try {
        await this.#parameter.write(value);
      } catch (error) {
        tellRefusal(error, this.#tell);
      }
    }
    this.#sending = false;
  }
}

/** Puts a refusal into words; that a session ended is no news. */
export function tellRefusal(error: unknown, tell: TellRefusal): void {
  if (error instanceof MixerError && error.code === 'closed') return;
  if (error instanceof QuantaError) tell(`${error.message} ${error.remedy}`);
  else tell(error instanceof Error ? error.message : String(error));
}
