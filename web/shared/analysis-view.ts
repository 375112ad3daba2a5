/** Reads the results of the engine's analysis: all of one window, or nothing. */
import {
  analysisHeadWord,
  analysisLevelsOffset,
  analysisSlotBytes,
  analysisSlotsOffset,
  analysisWord,
  constants,
  partialWord,
  partialWords,
} from './layout.gen.ts';

/** One sine of a window. */
export interface Partial {
  readonly frequencyHz: number;
  /** Standard deviation of the frequency under the noise that was measured, in hertz. */
  readonly errorHz: number;
  /** A sine from -1 to 1 has 0 dBFS. */
  readonly levelDbfs: number;
  /** Of a cosine at the window's centre, from -π to π. */
  readonly phase: number;
  /** Its number in the harmonic series; 0: it belongs to none. */
  readonly harmonic: number;
}

/** What one window of audio holds. */
export interface Analysis {
  /** Windows analysed before this one. */
  readonly number: number;
  readonly windowFrames: number;
  /** From this window to the next. */
  readonly hopFrames: number;
  /** What was analysed: an input from 0 on, or the number of inputs for the mix. */
  readonly input: number;
  /** The window's centre on the audio clock, in frames. */
  readonly centreFrame: number;
  /** Where the first harmonic lies or would lie, in hertz; 0: there are no partials. */
  readonly fundamentalHz: number;
  /** Its standard deviation, in hertz. */
  readonly fundamentalErrorHz: number;
  /**
   * B of a stiff string, whose partial n lies at f·n·√(1 + B·n²); 0 where it is not told from 0. Its
   * first harmonic lies at f·√(1 + B), so `fundamentalHz` is that, not f.
   */
  readonly inharmonicity: number;
  readonly inharmonicityError: number;
  /** Rising in frequency. */
  readonly partials: readonly Partial[];
  /** Level of every bin from 0 to half the sample rate, in dBFS of a sine; -200 and below: nothing. */
  readonly levelsDb: Float32Array;
}

const wordBytes = 4;
// A window takes milliseconds to be written and the slots take turns, so a second try nearly always
// finds the newer one whole.
const maxAttempts = 8;

/** Bins of the longest window. */
export const analysisBins: number = constants.analysisFrames / 2 + 1;

/** View on the analysis in the engine's memory. Any thread but the audio thread. */
export class AnalysisView {
  readonly #buffer: ArrayBufferLike;
  readonly #offset: number;
  readonly #head: Int32Array;
  readonly #slots: readonly Int32Array[];

  /** @param offset Of the analysis in the buffer, in bytes, from the directory. */
  constructor(buffer: ArrayBufferLike, offset: number) {
    this.#buffer = buffer;
    this.#offset = offset;
    this.#head = new Int32Array(buffer, offset, analysisSlotsOffset / wordBytes);
    this.#slots = Array.from({ length: constants.analysisSlots }, (_, index) => {
      const begin = offset + analysisSlotsOffset + index * analysisSlotBytes;
      return new Int32Array(buffer, begin, analysisLevelsOffset / wordBytes);
    });
  }

  /** Changes with every window: a look that copies nothing. */
  get revision(): number {
    const newest = Atomics.load(this.#head, analysisHeadWord.newest);
    const words = this.#slots[newest];
    return words === undefined ? 0 : Atomics.load(words, analysisWord.sequence) * 2 + newest;
  }

  /**
   * The newest window; undefined before there is one.
   *
   * @param levelsDb Where the levels go, at least `analysisBins` long. Default: a new array.
   */
  latest(levelsDb: Float32Array = new Float32Array(analysisBins)): Analysis | undefined {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const analysis = this.#slot(Atomics.load(this.#head, analysisHeadWord.newest), levelsDb);
      if (analysis !== undefined) return analysis;
    }
    return undefined;
  }

  #slot(index: number, levelsDb: Float32Array): Analysis | undefined {
    const begin = this.#offset + analysisSlotsOffset + index * analysisSlotBytes;
    const words = this.#slots[index];
    if (words === undefined) return undefined;
    const before = Atomics.load(words, analysisWord.sequence);
    if (before === 0 || before % 2 !== 0) return undefined;
    const data = new DataView(this.#buffer, begin, analysisLevelsOffset);
    const bins = uint(data, analysisWord.windowFrames) / 2 + 1;
    levelsDb.set(new Float32Array(this.#buffer, begin + analysisLevelsOffset, bins));
    const analysis = readAnalysis(data, levelsDb.subarray(0, bins));
    // A read-modify-write: nothing orders the plain reads above before a later load.
    const after = Atomics.add(words, analysisWord.sequence, 0);
    return after === before ? analysis : undefined;
  }
}

function readAnalysis(data: DataView, levelsDb: Float32Array): Analysis {
  const count = uint(data, analysisWord.partialCount);
  return {
    number: long(data, analysisWord.number),
    windowFrames: uint(data, analysisWord.windowFrames),
    hopFrames: uint(data, analysisWord.hopFrames),
    input: uint(data, analysisWord.input),
    centreFrame: long(data, analysisWord.centreFrame),
    fundamentalHz: double(data, analysisWord.fundamentalHz),
    fundamentalErrorHz: double(data, analysisWord.fundamentalErrorHz),
    inharmonicity: double(data, analysisWord.inharmonicity),
    inharmonicityError: double(data, analysisWord.inharmonicityError),
    partials: Array.from({ length: count }, (_, i) => readPartial(data, i)),
    levelsDb,
  };
}

function readPartial(data: DataView, index: number): Partial {
  const first = analysisWord.partials + index * partialWords;
  return {
    frequencyHz: double(data, first + partialWord.frequencyHz),
    errorHz: double(data, first + partialWord.errorHz),
    levelDbfs: data.getFloat32((first + partialWord.levelDbfs) * wordBytes, true),
    phase: data.getFloat32((first + partialWord.phase) * wordBytes, true),
    harmonic: uint(data, first + partialWord.harmonic),
  };
}

function uint(data: DataView, word: number): number {
  return data.getUint32(word * wordBytes, true);
}

function long(data: DataView, word: number): number {
  return uint(data, word + 1) * 2 ** 32 + uint(data, word);
}

function double(data: DataView, word: number): number {
  return data.getFloat64(word * wordBytes, true);
}
