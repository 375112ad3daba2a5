// @ts-check
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
};

/** Words of the file's header. */
export const vadHeader = {
  /** kVadMagic. */
  magic: 0,
  /** kVadVersion. */
  version: 1,
  /** Bytes of a matrix's value: 2 or 4. All else has 4. */
  valueBytes: 2,
  /** Outputs of all layers: as many biases, as many scales. */
  outputs: 3,
  /** Values of all matrices. */
  matrixValues: 4,
  /** FNV-1a over the words after the header, word by word. */
  digest: 5,
};

/** The layers in the order of the file. */
export const vadLayers = {
  /** Convolution over four spectra. */
  encoder0: {
    inputs: 129,
    outputs: 128,
    firstTap: 0,
    taps: 3,
    group: 8,
  },
  /** Convolution, every other frame. */
  encoder1: {
    inputs: 128,
    outputs: 64,
    firstTap: 0,
    taps: 3,
    group: 16,
  },
  /** Convolution, the one frame that is left of two. */
  encoder2: {
    inputs: 64,
    outputs: 64,
    firstTap: 1,
    taps: 2,
    group: 32,
  },
  /** Convolution of that frame. */
  encoder3: {
    inputs: 64,
    outputs: 128,
    firstTap: 1,
    taps: 1,
    group: 32,
  },
  /** The recurrent layer: inputs are the features, then the last output. A group is eight units of the gates input, forget, cell and output, in this order. */
  gates: {
    inputs: 256,
    outputs: 512,
    firstTap: 0,
    taps: 1,
    group: 32,
  },
  /** The probability, before the sigmoid. */
  voice: {
    inputs: 128,
    outputs: 1,
    firstTap: 0,
    taps: 1,
    group: 1,
  },
};
