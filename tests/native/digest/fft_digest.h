// What transforms give, to the last bit, as one number: the same natively, as WebAssembly with and
// without SIMD, and as JavaScript.
#ifndef QUANTA_TESTS_NATIVE_DIGEST_FFT_DIGEST_H_
#define QUANTA_TESTS_NATIVE_DIGEST_FFT_DIGEST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/real_fft.h"

namespace quanta {

inline constexpr uint32_t kMaxDigestSize = 32768;

struct FftDigestMemory {
  alignas(64) std::byte arena[size_t{11} * kMaxDigestSize];
  std::array<float, kMaxDigestSize> samples;
  std::array<float, kMaxDigestSize / 2 + 1> re;
  std::array<float, kMaxDigestSize / 2 + 1> im;
};

// FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo) over the words of the numbers.
inline uint32_t digest_of(std::span<const float> numbers, uint32_t digest) {
  for (const float number : numbers) {
    digest = (digest ^ __builtin_bit_cast(uint32_t, number)) * 16777619U;
  }
  return digest;
}

// Of noise's spectrum and of its inverse transform; 0 where the size is not one. At most
// kMaxDigestSize.
inline uint32_t fft_digest(FftDigestMemory& memory, uint32_t size) {
  Arena arena(memory.arena);
  RealFft fft;
  if (!RealFft::is_size(size) || !fft.configure(arena, size)) return 0;
  const std::span<float> samples(memory.samples.data(), size);
  const std::span<float> re(memory.re.data(), fft.bins());
  const std::span<float> im(memory.im.data(), fft.bins());
  uint32_t state = size;
  for (float& sample : samples) {
    state = state * 1664525U + 1013904223U;
    sample = static_cast<float>(static_cast<int32_t>(state)) * 0x1p-31F;
  }
  fft.forward(samples, re, im);
  const uint32_t digest = digest_of(im, digest_of(re, 2166136261U));
  fft.inverse(re, im, samples);
  return digest_of(samples, digest);
}

}  // namespace quanta

#endif  // QUANTA_TESTS_NATIVE_DIGEST_FFT_DIGEST_H_
