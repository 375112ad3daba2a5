// Signals for benchmarks: the same in every run and on every machine.
#ifndef QUANTA_TESTS_NATIVE_BENCH_TEST_SIGNAL_H_
#define QUANTA_TESTS_NATIVE_BENCH_TEST_SIGNAL_H_

#include <cstdint>
#include <span>

namespace quanta::bench {

// Noise from -amplitude to amplitude (xorshift32: G. Marsaglia, 2003). seed > 0.
inline void fill_with_noise(std::span<float> samples, uint32_t seed, float amplitude) {
  uint32_t state = seed * 0x9e3779b1U | 1U;
  for (float& sample : samples) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    sample = amplitude * (static_cast<float>(state >> 8) * 0x1p-23F - 1.0F);
  }
}

}  // namespace quanta::bench

#endif  // QUANTA_TESTS_NATIVE_BENCH_TEST_SIGNAL_H_
