// Signals to resample, and measurements of what comes out.
#ifndef QUANTA_TESTS_NATIVE_RESAMPLER_SUPPORT_H_
#define QUANTA_TESTS_NATIVE_RESAMPLER_SUPPORT_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <span>
#include <vector>

#include "core/arena.h"

namespace quanta::test {

// Memory for what a test configures.
class ArenaBlock {
 public:
  explicit ArenaBlock(size_t bytes) : bytes_(bytes), arena_(bytes_) {}

  Arena& arena() { return arena_; }

 private:
  std::vector<std::byte> bytes_;
  Arena arena_;
};

inline double to_db(double ratio) { return 20 * std::log10(ratio); }

// White noise in [-1, 1) from integer arithmetic: the same bits on every host.
inline std::vector<float> noise(size_t frames, uint32_t seed) {
  std::vector<float> out(frames);
  uint32_t state = seed;
  for (float& sample : out) {
    state = state * 1664525U + 1013904223U;
    sample = static_cast<float>(static_cast<int32_t>(state) >> 8) / 8388608.0F;
  }
  return out;
}

inline std::vector<float> tone(double hz, double rate_hz, size_t frames) {
  std::vector<float> out(frames);
  for (size_t i = 0; i < frames; ++i) {
    out[i] = static_cast<float>(std::sin(2 * std::numbers::pi * hz / rate_hz * double(i)));
  }
  return out;
}

inline double rms(std::span<const float> samples) {
  double sum = 0;
  for (const float sample : samples) sum += double(sample) * double(sample);
  return std::sqrt(sum / double(samples.size()));
}

// What one bin of a DFT over the whole span says of a sine with a whole number of cycles in it.
struct ToneFit {
  double amplitude;
  double phase;     // of the sine at frame 0, radians
  double residual;  // RMS of everything else
};

inline ToneFit fit_tone(std::span<const float> samples, double cycles_per_frame) {
  double re = 0;
  double im = 0;
  for (size_t i = 0; i < samples.size(); ++i) {
    const double angle = 2 * std::numbers::pi * std::fmod(cycles_per_frame * double(i), 1.0);
    re += double(samples[i]) * std::cos(angle);
    im += double(samples[i]) * std::sin(angle);
  }
  const double scale = 2 / double(samples.size());
  const double a = im * scale;
  const double b = re * scale;
  double rest = 0;
  for (size_t i = 0; i < samples.size(); ++i) {
    const double angle = 2 * std::numbers::pi * std::fmod(cycles_per_frame * double(i), 1.0);
    const double error = double(samples[i]) - a * std::sin(angle) - b * std::cos(angle);
    rest += error * error;
  }
  return {std::hypot(a, b), std::atan2(b, a), std::sqrt(rest / double(samples.size()))};
}

// FNV-1a over the bits.
inline uint64_t hash_bits(std::span<const float> samples) {
  uint64_t hash = 14695981039346656037U;
  for (const float sample : samples) {
    uint32_t bits;
    std::memcpy(&bits, &sample, sizeof bits);
    hash = (hash ^ bits) * 1099511628211U;
  }
  return hash;
}

inline bool same_bits(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

}  // namespace quanta::test

#endif  // QUANTA_TESTS_NATIVE_RESAMPLER_SUPPORT_H_
