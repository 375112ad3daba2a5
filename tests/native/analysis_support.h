// Test support: frames of signals and their spectra in double, rounded to float at the end.
#ifndef QUANTA_TESTS_ANALYSIS_SUPPORT_H_
#define QUANTA_TESTS_ANALYSIS_SUPPORT_H_

#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include "dsp/spectrum.h"
#include "dsp/window.h"
#include "spectrum.h"

namespace quanta {

inline constexpr double kTurn = 2 * std::numbers::pi;

using Frame = std::vector<double>;

// The same values from every standard library.
class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  double uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(engine_() >> 11) * 0x1p-53;
  }

  // G. E. P. Box, M. E. Muller, 1958.
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform(0, 1)));
    return radius * std::cos(kTurn * uniform(0, 1));
  }

 private:
  std::mt19937_64 engine_;
};

inline Frame noise(size_t frames, double deviation, Random& random) {
  Frame frame(frames);
  for (double& sample : frame) sample = deviation * random.normal();
  return frame;
}

// Cycles per frame length; the phase at the frame's centre.
struct Tone {
  double bins;
  double amplitude;
  double phase;
};

inline void add_tone(Frame& frame, const Tone& tone) {
  const double centre = static_cast<double>(frame.size()) / 2;
  const double step = tone.bins / static_cast<double>(frame.size());
  for (size_t i = 0; i < frame.size(); ++i) {
    const double turns = std::fmod(step * (static_cast<double>(i) - centre), 1.0);
    frame[i] += tone.amplitude * std::cos(kTurn * turns + tone.phase);
  }
}

// A spectrum and its memory.
struct OwnedSpectrum {
  std::vector<float> re;
  std::vector<float> im;

  operator Spectrum() const { return {re, im}; }
};

inline OwnedSpectrum half_of(const std::vector<std::complex<double>>& bins) {
  OwnedSpectrum spectrum;
  for (size_t k = 0; k <= bins.size() / 2; ++k) {
    spectrum.re.push_back(static_cast<float>(bins[k].real()));
    spectrum.im.push_back(static_cast<float>(bins[k].imag()));
  }
  return spectrum;
}

// The frame's length is a power of two.
inline OwnedSpectrum spectrum_of(const Frame& frame) {
  std::vector<std::complex<double>> values(frame.begin(), frame.end());
  fourier_transform(values);
  return half_of(values);
}

}  // namespace quanta

#endif  // QUANTA_TESTS_ANALYSIS_SUPPORT_H_
