// What the voice detector gives, to the last bit, as one number: see fft_digest.h.
#ifndef QUANTA_TESTS_NATIVE_DIGEST_VAD_DIGEST_H_
#define QUANTA_TESTS_NATIVE_DIGEST_VAD_DIGEST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "fft_digest.h"
#include "support/silero_file.h"
#include "voice/silero_vad.h"
#include "voice/silero_weights.h"

namespace quanta {

struct VadDigestMemory {
  alignas(64) std::byte file[vad_file_bytes(sizeof(float))];
  alignas(64) std::byte arena[4096];
  SileroVad detector;
  std::array<float, kVadFrames> samples;
};

// Of the probabilities of some frames of noise, with seeded weights; 0 where these are refused.
inline uint32_t vad_digest(VadDigestMemory& memory, uint32_t seed) {
  make_silero_file(memory.file, sizeof(float), seed);
  Arena arena(memory.arena);
  SileroWeights weights;
  if (weights.configure(arena, memory.file) != VadStatus::kOk) return 0;
  if (!memory.detector.configure(arena, weights)) return 0;
  SeededNoise noise(seed);
  uint32_t digest = 2166136261U;
  for (int frame = 0; frame < 20; ++frame) {
    for (float& sample : memory.samples) sample = noise.value();
    const float probability = memory.detector.push(memory.samples);
    digest = digest_of({&probability, 1}, digest);
  }
  return digest;
}

}  // namespace quanta

#endif  // QUANTA_TESTS_NATIVE_DIGEST_VAD_DIGEST_H_
