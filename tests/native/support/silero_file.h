// A weights' file of the voice detector's shape with values out of a seeded generator.
#ifndef QUANTA_TESTS_NATIVE_SUPPORT_SILERO_FILE_H_
#define QUANTA_TESTS_NATIVE_SUPPORT_SILERO_FILE_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "shared/voice_layout.h"

namespace quanta {

class SeededNoise {
 public:
  explicit SeededNoise(uint32_t seed) : state_(seed) {}

  uint32_t bits() {
    state_ = state_ * 1664525U + 1013904223U;
    return state_ >> 8;
  }

  // From -1 to 1.
  float value() { return static_cast<float>(bits()) * 0x1p-23F - 1.0F; }

 private:
  uint32_t state_;
};

template <typename T>
void put(std::span<std::byte> file, size_t offset, T value) {
  std::memcpy(file.data() + offset, &value, sizeof value);
}

// Makes the digest right again after a change.
inline void seal_silero_file(std::span<std::byte> file) {
  uint32_t digest = 2166136261U;
  for (size_t at = kVadHeaderBytes; at < file.size(); at += sizeof(uint32_t)) {
    uint32_t word = 0;
    std::memcpy(&word, file.data() + at, sizeof word);
    digest = (digest ^ word) * 16777619U;
  }
  put(file, offsetof(VadHeader, digest), digest);
}

// file: vad_file_bytes(value_bytes) bytes. Weights are about as large as keeps the layers alive.
// Short floats and floats stand for the same values.
inline void make_silero_file(std::span<std::byte> file, uint32_t value_bytes, uint32_t seed) {
  std::memset(file.data(), 0, file.size());
  put(file, 0, VadHeader{kVadMagic, kVadVersion, value_bytes, kVadOutputs, kVadMatrixValues, 0});
  SeededNoise noise(seed);
  size_t output = 0;
  size_t value = 0;
  for (const VadLayerShape& shape : kVadLayers) {
    for (uint32_t i = 0; i < shape.outputs; ++i, ++output) {
      put(file, kVadHeaderBytes + output * sizeof(float), 0.1F * noise.value());
      put(file, kVadScalesOffset + output * sizeof(float), value_bytes == 2 ? 0x1p-15F : 1.0F);
    }
    // An integer below 2^12 is a short float as it is.
    for (uint32_t i = 0; i < shape.matrix_values(); ++i, ++value) {
      const uint32_t magnitude = noise.bits() & 0xfffU;
      const bool negative = (noise.bits() & 0x8000U) != 0;
      if (value_bytes == 2) {
        const auto bits = static_cast<uint16_t>(magnitude | (negative ? 0x8000U : 0U));
        put(file, kVadMatricesOffset + value * sizeof bits, bits);
      } else {
        const float weight = static_cast<float>(magnitude) * 0x1p-15F;
        put(file, kVadMatricesOffset + value * sizeof weight, negative ? -weight : weight);
      }
    }
  }
  seal_silero_file(file);
}

}  // namespace quanta

#endif  // QUANTA_TESTS_NATIVE_SUPPORT_SILERO_FILE_H_
