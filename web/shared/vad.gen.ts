// Printed by wasm/abi/emit_vad.cpp from wasm/shared/voice_layout.h: `npm run gen`. Do not edit.

/** Constants of the voice detector. */
export const vadConstants = {
  /** Samples that one probability is of, at kChunkRateHz. */
  vadFrames: 512,
  /** Samples before them that the model sees again. */
  vadContextFrames: 64,
  /** Window of the model's transform, periodic Hann. */
  vadWindowFrames: 256,
  /** Units of the recurrent layer. */
  vadHidden: 128,
  /** First word of the weights' file: QVAD. */
  vadMagic: 1145132625,
  /** Changes whenever the file's layout does. */
  vadVersion: 1,
  /** The header: the words, then zeros up to the SHA-256 of the model. */
  vadHeaderBytes: 64,
  /** Where the SHA-256 of the model lies that the weights were read from. */
  vadSourceOffset: 32,
  /** Size of the module's memory in 64 KiB pages. */
  vadMemoryPages: 32,
  /** Frames of zeros in a row that are detected; more are said to be alike. */
  vadSilentFrames: 32,
  /** Probabilities that the engine keeps: one a chunk. */
  probabilityRingSlots: 1024,
  /** Where the scales begin. */
  vadScalesOffset: 3652,
  /** Where the matrices begin. */
  vadMatricesOffset: 7296,
} as const;

/** What the loading of weights says. */
export const vadStatus = {
  /** Done. */
  ok: 0,
  /** The first words are not those of such a file. */
  notWeights: 1,
  /** Its layout is of another version. */
  otherVersion: 2,
  /** It is longer or shorter than its header says. */
  badLength: 3,
  /** It is damaged. */
  badDigest: 4,
  /** There is no memory left for them. */
  outOfMemory: 5,
} as const;

/** Meta words of a probability in its ring: indices of Uint32 words. */
export const probabilityMetaWord = {
  /** First of the kVadFrames samples that it is of, counted as the voice ring counts them. */
  startSample: 0,
} as const;

/** Number of a probability's meta words. */
export const probabilityMetaWords = 2;

/** What vad.wasm exports. Pointers are byte offsets. */
export interface VadExports {
  /** Room for the weights' file with values of 2 or of 4 bytes. */
  readonly get_weights_ptr: () => number;
  /** Reads the file of so many bytes that lies there, and starts anew; a VadStatus. */
  readonly load_weights: (bytes: number) => number;
  /** Room for kVadFrames samples, from -1 to 1. */
  readonly get_samples_ptr: () => number;
  /** The probability, 0 to 1, that these samples are speech, given those before; 0 before any weights were read. */
  readonly detect: () => number;
  /** Forgets all samples before. */
  readonly restart: () => void;
}

/** The names above, to check a module at run time. */
export const vadExportNames: readonly (keyof VadExports)[] = [
  'get_weights_ptr',
  'load_weights',
  'get_samples_ptr',
  'detect',
  'restart',
];
