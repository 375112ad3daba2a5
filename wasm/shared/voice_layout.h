// The file of the voice detector's weights, which a script makes and the C++ reads, and the exports
// of the module that detects voice outside the engine: lists as in layout.h.
//
// The file is a header of words, the biases of all layers, the scales of all outputs, zeros up to a
// cache line, and the matrices, little-endian. A matrix's values are floats, or short floats (see
// voice/short_float.h) that count scales of their output. It holds what inference at 16 kHz needs
// and nothing else: no taps that only ever meet padding, one bias where the model adds two.
#ifndef QUANTA_SHARED_VOICE_LAYOUT_H_
#define QUANTA_SHARED_VOICE_LAYOUT_H_

#include "shared/layout.h"

namespace quanta {

// X(name, value, doc)
#define QUANTA_VAD_CONSTANTS(X)                                                                   \
  X(kVadFrames, kChunkFrames, "Samples that one probability is of, at kChunkRateHz.")             \
  X(kVadContextFrames, 64, "Samples before them that the model sees again.")                      \
  X(kVadWindowFrames, 256, "Window of the model's transform, periodic Hann.")                     \
  X(kVadHidden, 2 * 64, "Units of the recurrent layer.")                                          \
  X(kVadMagic, 0x44415651, "First word of the weights' file: QVAD.")                              \
  X(kVadVersion, 1, "Changes whenever the file's layout does.")                                   \
  X(kVadHeaderBytes, 64, "The header: the words, then zeros up to the SHA-256 of the model.")     \
  X(kVadSourceOffset, 32, "Where the SHA-256 of the model lies that the weights were read from.") \
  X(kVadMemoryPages, 32, "Size of the module's memory in 64 KiB pages.")                          \
  X(kVadSilentFrames, 32,                                                                         \
    "Frames of zeros in a row that are detected; more are said to be alike.")                     \
  X(kProbabilityRingSlots, kVoiceRingChunks, "Probabilities that the engine keeps: one a chunk.")

// Words of the header. X(name, doc)
#define QUANTA_VAD_HEADER(X)                                           \
  X(magic, "kVadMagic.")                                               \
  X(version, "kVadVersion.")                                           \
  X(value_bytes, "Bytes of a matrix's value: 2 or 4. All else has 4.") \
  X(outputs, "Outputs of all layers: as many biases, as many scales.") \
  X(matrix_values, "Values of all matrices.")                          \
  X(digest, "FNV-1a over the words after the header, word by word.")

// The layers, in the order of the file. A matrix lies in groups of outputs; in a group the inputs
// follow one another, for each input its taps, for each tap one value for every output of the
// group. Taps outside of those given would only meet padding.
// X(name, inputs, outputs, first tap, taps, outputs of a group, doc)
#define QUANTA_VAD_LAYERS(X)                                                                \
  X(kEncoder0, kVadWindowFrames / 2 + 1, 2 * 64, 0, 3, 8, "Convolution over four spectra.") \
  X(kEncoder1, 2 * 64, 64, 0, 3, 16, "Convolution, every other frame.")                     \
  X(kEncoder2, 64, 64, 1, 2, 32, "Convolution, the one frame that is left of two.")         \
  X(kEncoder3, 64, 2 * 64, 1, 1, 32, "Convolution of that frame.")                          \
  X(kGates, 2 * kVadHidden, 4 * kVadHidden, 0, 1, 32,                                       \
    "The recurrent layer: inputs are the features, then the last output. A group is eight " \
    "units of the gates input, forget, cell and output, in this order.")                    \
  X(kVoice, kVadHidden, 1, 0, 1, 1, "The probability, before the sigmoid.")

// Meta words of a probability in its ring, whose slots are one sample long: the probability, 0
// to 1. X(type, name, unit, doc); u64 takes two words, low word first.
#define QUANTA_PROBABILITY_META(X) \
  X(u64, start_sample, "samples",  \
    "First of the kVadFrames samples that it is of, counted as the voice ring counts them.")

// What the loading of weights says. X(name, value, doc)
#define QUANTA_VAD_STATUS(X)                                         \
  X(kOk, 0, "Done.")                                                 \
  X(kNotWeights, 1, "The first words are not those of such a file.") \
  X(kOtherVersion, 2, "Its layout is of another version.")           \
  X(kBadLength, 3, "It is longer or shorter than its header says.")  \
  X(kBadDigest, 4, "It is damaged.")                                 \
  X(kOutOfMemory, 5, "There is no memory left for them.")

// The exports of the module. X(name, function type, parameter names, doc)
#define QUANTA_VAD_EXPORTS(X)                                                                      \
  X(get_weights_ptr, uint8_t*(), "", "Room for the weights' file with values of 2 or of 4 bytes.") \
  X(load_weights, uint32_t(uint32_t), "bytes",                                                     \
    "Reads the file of so many bytes that lies there, and starts anew; a VadStatus.")              \
  X(get_samples_ptr, float*(), "", "Room for kVadFrames samples, from -1 to 1.")                   \
  X(detect, float(), "",                                                                           \
    "The probability, 0 to 1, that these samples are speech, given those before; 0 before any "    \
    "weights were read.")                                                                          \
  X(restart, void(), "", "Forgets all samples before.")

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_VAD_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

enum class VadStatus : uint32_t {
#define QUANTA_ENUMERATOR(name, value, doc) name = value,
  QUANTA_VAD_STATUS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

enum class ProbabilityMeta : uint32_t {
#define QUANTA_ENUMERATOR(type, name, unit, doc) name, name##_high,
  QUANTA_PROBABILITY_META(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
      kWords
};

struct VadHeader {
#define QUANTA_FIELD(name, doc) uint32_t name;
  QUANTA_VAD_HEADER(QUANTA_FIELD)
#undef QUANTA_FIELD
};

static_assert(sizeof(VadHeader) <= kVadSourceOffset);

enum class VadLayer : uint32_t {
#define QUANTA_ENUMERATOR(name, inputs, outputs, first_tap, taps, group, doc) name,
  QUANTA_VAD_LAYERS(QUANTA_ENUMERATOR) kCount
#undef QUANTA_ENUMERATOR
};

struct VadLayerShape {
  uint32_t inputs;
  uint32_t outputs;
  uint32_t first_tap;
  uint32_t taps;
  uint32_t group;

  constexpr uint32_t matrix_values() const { return inputs * outputs * taps; }
};

inline constexpr VadLayerShape kVadLayers[] = {
#define QUANTA_SHAPE(name, inputs, outputs, first_tap, taps, group, doc) \
  {inputs, outputs, first_tap, taps, group},
    QUANTA_VAD_LAYERS(QUANTA_SHAPE)
#undef QUANTA_SHAPE
};

constexpr VadLayerShape vad_shape(VadLayer layer) {
  return kVadLayers[static_cast<uint32_t>(layer)];
}

// Values of all layers before this one; of all of them for kCount.
constexpr uint32_t vad_outputs_before(VadLayer layer) {
  uint32_t values = 0;
  for (uint32_t i = 0; i < static_cast<uint32_t>(layer); ++i) values += kVadLayers[i].outputs;
  return values;
}

constexpr uint32_t vad_matrices_before(VadLayer layer) {
  uint32_t values = 0;
  for (uint32_t i = 0; i < static_cast<uint32_t>(layer); ++i) {
    values += kVadLayers[i].matrix_values();
  }
  return values;
}

inline constexpr uint32_t kVadOutputs = vad_outputs_before(VadLayer::kCount);
inline constexpr uint32_t kVadMatrixValues = vad_matrices_before(VadLayer::kCount);

inline constexpr uint32_t kVadScalesOffset = kVadHeaderBytes + kVadOutputs * 4;
inline constexpr uint32_t kVadMatricesOffset =
    (kVadScalesOffset + kVadOutputs * 4 + kCacheLineBytes - 1) / kCacheLineBytes * kCacheLineBytes;

// Length of the file with so many bytes to a matrix's value.
constexpr uint32_t vad_file_bytes(uint32_t value_bytes) {
  return kVadMatricesOffset + kVadMatrixValues * value_bytes;
}

}  // namespace quanta

// The one door of the module. Defined in abi/vad_exports.cpp.
extern "C" {
#define QUANTA_DECLARE(name, type, params, doc) quanta::layout_types::Function<type> name;
QUANTA_VAD_EXPORTS(QUANTA_DECLARE)
#undef QUANTA_DECLARE
}

#endif  // QUANTA_SHARED_VOICE_LAYOUT_H_
