// Test support: frames of signals and their spectra in double, rounded to float at the end.
#ifndef QUANTA_TESTS_ANALYSIS_SUPPORT_H_
#define QUANTA_TESTS_ANALYSIS_SUPPORT_H_

#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include "core/arena.h"
#include "dsp/real_fft.h"
#include "dsp/spectrum.h"
#include "dsp/tone.h"
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
struct Sine {
  double bins;
  double amplitude;
  double phase;
};

inline void add_tone(Frame& frame, const Sine& tone) {
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

// The engine's own way to a spectrum: samples, window and transform in float.
class FloatTransform {
 public:
  // beta 0: no window.
  FloatTransform(size_t frames, double beta) : window_(frames, 1), block_(24 * frames + 65536) {
    if (beta > 0) KaiserWindow(beta).fill(window_);
    void* start = block_.data();
    size_t room = block_.size();
    std::align(Arena::kAlignment, room / 2, start, room);
    Arena arena({static_cast<std::byte*>(start), room});
    if (!fft_.configure(arena, static_cast<uint32_t>(frames))) std::abort();
  }

  OwnedSpectrum operator()(const Frame& frame) {
    std::vector<float> samples(frame.size());
    for (size_t i = 0; i < frame.size(); ++i)
      samples[i] = static_cast<float>(frame[i]) * window_[i];
    OwnedSpectrum spectrum{std::vector<float>(fft_.bins()), std::vector<float>(fft_.bins())};
    fft_.forward(samples, spectrum.re, spectrum.im);
    return spectrum;
  }

 private:
  std::vector<float> window_;
  std::vector<std::byte> block_;
  RealFft fft_;
};

// a + gain * b, as a frame's spectrum is that of its tone and that of its noise.
inline OwnedSpectrum mix(OwnedSpectrum a, const OwnedSpectrum& b, double gain) {
  const auto factor = static_cast<float>(gain);
  for (size_t k = 0; k < a.re.size(); ++k) {
    a.re[k] += factor * b.re[k];
    a.im[k] += factor * b.im[k];
  }
  return a;
}

inline double cents(double got, double expected) { return 1200 * std::log2(got / expected); }

inline double amplitude(const Tone& tone) { return 2 * std::hypot(tone.re, tone.im); }

// Square root of the mean of the squares of what was added.
class Rms {
 public:
  void add(double value) {
    sum_ += value * value;
    ++count_;
  }

  double value() const { return std::sqrt(sum_ / count_); }

 private:
  double sum_ = 0;
  int count_ = 0;
};

// Deviation of noise under a sine of amplitude 1.
inline double noise_deviation(double snr_db) { return std::sqrt(0.5) * std::pow(10, -snr_db / 20); }

// The Cramer-Rao bound of one sine's frequency in bins, far from 0 and from the Nyquist frequency
// (D. C. Rife, R. R. Boorstyn, "Single-tone parameter estimation from discrete-time observations",
// IEEE Trans. IT 20, 1974).
inline double bound_bins(size_t frames, double snr_db) {
  const double snr = std::pow(10, snr_db / 10);
  return std::sqrt(3 / (std::numbers::pi * std::numbers::pi * snr * static_cast<double>(frames)));
}

}  // namespace quanta

#endif  // QUANTA_TESTS_ANALYSIS_SUPPORT_H_
