// One transform of noise: every contestant in C++ gets the same samples, and some of its bins are
// compared with sums in double precision.
#ifndef QUANTA_TESTS_NATIVE_BENCH_FFT_JOB_H_
#define QUANTA_TESTS_NATIVE_BENCH_FFT_JOB_H_

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "benchmark.h"
#include "test_signal.h"

namespace quanta::bench {

inline constexpr uint32_t kMaxFftSize = 65536;

struct FftJob {
  // Fills the first `size` samples.
  void begin(uint32_t transform_size) {
    size = transform_size;
    fill_with_noise(std::span(in).first(size), size, 1);
  }

  // Null, or what was wrong with N / 2 + 1 bins.
  const char* fault(std::span<const float> re, std::span<const float> im) const {
    for (const uint32_t k :
         {0U, 1U, 2U, size / 8 + 1, size / 4, size / 3, size / 2 - 1, size / 2}) {
      double want_re = 0;
      double want_im = 0;
      for (uint32_t i = 0; i < size; ++i) {
        const auto step = static_cast<double>(uint64_t{k} * i % size);
        const double angle = kTwoPi / size * step;
        want_re += static_cast<double>(in[i]) * std::cos(angle);
        want_im -= static_cast<double>(in[i]) * std::sin(angle);
      }
      const double error =
          std::hypot(static_cast<double>(re[k]) - want_re, static_cast<double>(im[k]) - want_im);
      // 1e-6 of a bin's expected magnitude, sqrt(size / 3).
      if (!(error < 1e-6 * std::sqrt(size / 3.0))) return "a bin is wrong";
    }
    return nullptr;
  }

  static constexpr double kTwoPi = 6.283185307179586;

  uint32_t size = 0;
  alignas(64) std::array<float, kMaxFftSize> in{};
};

}  // namespace quanta::bench

#endif  // QUANTA_TESTS_NATIVE_BENCH_FFT_JOB_H_
