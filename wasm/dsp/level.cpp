#include "dsp/level.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "dsp/decay.h"

namespace quanta {
namespace {

// A fall of 20 dB, a factor of 10, in 1.7 s.
constexpr double kPeakSeconds = 1.7 / std::numbers::ln10;
constexpr double kRmsSeconds = 0.3;
// Below -300 dBFS a decaying meter shows silence: set to 0 before it reaches denormals.
constexpr double kSilence = 1e-30;

constexpr size_t kLanes = 4;
using Float4 = float __attribute__((vector_size(16)));
using Double4 = double __attribute__((vector_size(32)));
using Int4 = int32_t __attribute__((vector_size(16)));

constexpr int32_t kExponentBits = 0x7f800000;
constexpr int32_t kMagnitudeBits = 0x7fffffff;

// All bits set in the lanes whose sample is finite.
Int4 finite_mask(Int4 bits) noexcept REALTIME { return (bits & kExponentBits) != kExponentBits; }

struct Lanes {
  Float4 peak = {};
  Double4 sum_square = {};  // double: the square of a large finite float is not a float
  Int4 bad = {};

  void add(const float* samples) noexcept REALTIME {
    Int4 bits;
    std::memcpy(&bits, samples, sizeof bits);
    const Int4 finite = finite_mask(bits);
    const auto value = reinterpret_cast<Float4>(bits & finite);
    const auto magnitude = reinterpret_cast<Float4>(bits & finite & kMagnitudeBits);
    peak = magnitude > peak ? magnitude : peak;
    const auto wide = __builtin_convertvector(value, Double4);
    sum_square += wide * wide;
    bad -= ~finite;  // a set mask is -1
  }
};

}  // namespace

BlockLevel measure_level(std::span<const float> samples) noexcept REALTIME {
  Lanes lanes;
  const size_t whole = samples.size() / kLanes * kLanes;
  for (size_t i = 0; i < whole; i += kLanes) lanes.add(samples.data() + i);
  if (whole < samples.size()) {
    float tail[kLanes] = {};
    std::copy(samples.begin() + static_cast<std::ptrdiff_t>(whole), samples.end(), tail);
    lanes.add(tail);
  }
  BlockLevel level;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    level.peak = std::max(level.peak, lanes.peak[lane]);
    level.sum_square += lanes.sum_square[lane];
    level.bad_samples += static_cast<uint32_t>(lanes.bad[lane]);
  }
  return level;
}

BlockLevel operator+(const BlockLevel& a, const BlockLevel& b) noexcept REALTIME {
  return {std::max(a.peak, b.peak), a.sum_square + b.sum_square, a.bad_samples + b.bad_samples};
}

void LevelMeter::configure(float rate_hz) {
  *this = LevelMeter();
  rate_hz_ = rate_hz;
}

void LevelMeter::update(const BlockLevel& block, uint32_t frames) noexcept REALTIME {
  if (frames != frames_) {
    const double seconds = frames / static_cast<double>(rate_hz_);
    peak_fall_ = static_cast<float>(decay(seconds / kPeakSeconds));
    square_keep_ = decay(seconds / kRmsSeconds);
    frames_ = frames;
  }
  const double mean_square = block.sum_square / frames;
  mean_square_ = mean_square + square_keep_ * (mean_square_ - mean_square);
  if (mean_square_ < kSilence * kSilence) mean_square_ = 0;
  peak_ = std::max(block.peak, peak_ * peak_fall_);
  if (static_cast<double>(peak_) < kSilence) peak_ = 0;
}

float LevelMeter::rms() const noexcept REALTIME {
  return static_cast<float>(std::sqrt(mean_square_));
}

}  // namespace quanta
