// Test support: stereo signals as the mixer's stages take them.
#ifndef QUANTA_TESTS_STEREO_SIGNALS_H_
#define QUANTA_TESTS_STEREO_SIGNALS_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include "dsp/lanes.h"

namespace quanta {

using Frames = std::vector<Double2>;

inline double decibels(double gain) { return 20 * std::log10(gain); }

inline double amplitude(double db) { return std::pow(10, db / 20); }

// Uniform noise between -1 and 1.
inline Frames noise(size_t count, uint32_t seed = 1) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> level(-1, 1);
  Frames frames(count);
  for (Double2& frame : frames) {
    const auto left = static_cast<double>(level(random));
    frame = Double2{left, static_cast<double>(level(random))};
  }
  return frames;
}

// The same sine in both channels.
inline Frames sine(size_t count, double hz, double peak, double rate_hz = 48000) {
  Frames frames(count);
  for (size_t i = 0; i < count; ++i) {
    const double turns = std::fmod(hz * static_cast<double>(i) / rate_hz, 1);
    frames[i] = splat2(peak * std::sin(2 * std::numbers::pi * turns));
  }
  return frames;
}

// A wave whose magnitude is always the peak, so that a detector sees its level at once.
inline Frames square(size_t count, double peak) {
  Frames frames(count);
  for (size_t i = 0; i < count; ++i) frames[i] = splat2(i / 24 % 2 ? -peak : peak);
  return frames;
}

inline double rms(std::span<const Double2> frames, int channel = 0) {
  double sum = 0;
  for (const Double2& frame : frames) sum += frame[channel] * frame[channel];
  return std::sqrt(sum / static_cast<double>(frames.size()));
}

inline bool same_bits(std::span<const Double2> a, std::span<const Double2> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

inline std::vector<float> channel_of(std::span<const Double2> frames, int channel) {
  std::vector<float> samples;
  for (const Double2& frame : frames) samples.push_back(static_cast<float>(frame[channel]));
  return samples;
}

}  // namespace quanta

#endif  // QUANTA_TESTS_STEREO_SIGNALS_H_
