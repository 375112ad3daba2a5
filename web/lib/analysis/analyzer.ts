import { type analysisParameters, constants, directoryWord } from '../../shared/layout.gen.ts';
import { checkRange, reject } from '../errors.ts';
import { type AnalysisAddress, AnalysisReader } from '../bus/analysis-reader.ts';

/** What is analysed, and how; what is left out stays as it is. */
export interface AnalysisSettings {
  /** Off, it costs nothing. Initially false. */
  readonly on?: boolean;
  /** An input as it arrives, from 0 on, or the mix. Initially `mix`. */
  readonly input?: number | 'mix';
  /** `long`: 32 768 frames. `short`: 4096 frames, for quick answers. Initially `long`. */
  readonly window?: 'long' | 'short';
  /** From one window to the next, 256 to 65 536 frames; at least a quantum. Initially 2048. */
  readonly hopFrames?: number;
  /** Whether every partial is refined by maximum likelihood. Initially true. */
  readonly refine?: boolean;
}

type Parameter = keyof typeof analysisParameters;

/** Sends the engine's commands; settles when they are in force. */
export interface AnalysisControl {
  send(command: {
    readonly kind: 'set-analysis';
    readonly parameter: Parameter;
    readonly value: number;
  }): Promise<unknown>;
}

/**
 * Spectrum, partials and fundamental of what is heard, from windows of up to 32 768 frames that the
 * engine works on a little in every quantum. Page only, one per session.
 */
export class Analyzer extends AnalysisReader {
  /** Where the results lie, for an `AnalysisReader` in a Worker. */
  readonly address: AnalysisAddress;
  readonly #control: AnalysisControl;

  /** @param buffer The engine's memory, in which an engine has started. */
  constructor(buffer: ArrayBufferLike, sampleRate: number, control: AnalysisControl) {
    const directory = new Uint32Array(buffer, constants.arenaBase);
    const byteOffset = directory[directoryWord.analysis] ?? 0;
    const address = { buffer, byteOffset, sampleRate };
    super(address);
    this.address = address;
    this.#control = control;
  }

  /**
   * Changes what is analysed; settles when the engine has taken it. Windows begin anew, with new frames
   * only, when `on`, `input` or `window` change.
   *
   * @throws RangeError for a wrong setting, MixerError.
   */
  async configure(settings: AnalysisSettings): Promise<void> {
    await Promise.all(
      parametersOf(settings).map(([parameter, value]) =>
        this.#control.send({ kind: 'set-analysis', parameter, value }),
      ),
    );
  }
}

function parametersOf(settings: AnalysisSettings): [Parameter, number][] {
  const { on, input, window, hopFrames, refine } = settings;
  const parameters: [Parameter, number][] = [];
  if (hopFrames !== undefined) parameters.push(['hopFrames', hopFrames]);
  if (refine !== undefined) parameters.push(['refine', refine ? 1 : 0]);
  if (window !== undefined) parameters.push(['shortWindow', window === 'short' ? 1 : 0]);
  if (input !== undefined) parameters.push(['input', inputOf(input)]);
  if (on !== undefined) parameters.push(['on', on ? 1 : 0]);
  return parameters;
}

function inputOf(input: number | 'mix'): number {
  if (input === 'mix') return constants.inputs;
  if (!Number.isInteger(input)) reject('analysis.input', 'a whole number or `mix`', input);
  checkRange('analysis.input', input, 0, constants.inputs - 1, '');
  return input;
}
