// Test support: the spectrum of a signal, in dB below full scale.
#ifndef QUANTA_TESTS_SPECTRUM_H_
#define QUANTA_TESTS_SPECTRUM_H_

#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

namespace quanta {

// Radix-2 transform; the length is a power of two.
inline void fourier_transform(std::vector<std::complex<double>>& values) {
  const size_t n = values.size();
  for (size_t i = 1, j = 0; i < n; ++i) {
    size_t bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
  for (size_t half = 1; half < n; half *= 2) {
    for (size_t k = 0; k < half; ++k) {
      const double angle = -std::numbers::pi * static_cast<double>(k) / static_cast<double>(half);
      const std::complex<double> twiddle = std::polar(1.0, angle);
      for (size_t i = k; i < n; i += 2 * half) {
        const std::complex<double> odd = values[i + half] * twiddle;
        values[i + half] = values[i] - odd;
        values[i] += odd;
      }
    }
  }
}

// Kaiser's window with beta = 20: side lobes below -150 dB, half a main lobe of 6.5 bins.
inline std::vector<double> kaiser_window(size_t frames) {
  constexpr double kBeta = 20;
  std::vector<double> window(frames);
  for (size_t i = 0; i < frames; ++i) {
    const double x = 2.0 * static_cast<double>(i) / static_cast<double>(frames) - 1;
    window[i] = std::cyl_bessel_i(0.0, kBeta * std::sqrt(1 - x * x));
  }
  return window;
}

// Levels of bins 0 to n / 2 of the windowed signal; a sine of amplitude 1 reads 0 dB. The length is
// a power of two.
inline std::vector<double> spectrum_db(std::span<const float> signal) {
  const std::vector<double> window = kaiser_window(signal.size());
  std::vector<std::complex<double>> values(signal.size());
  double sum = 0;
  for (size_t i = 0; i < signal.size(); ++i) {
    values[i] = window[i] * static_cast<double>(signal[i]);
    sum += window[i];
  }
  fourier_transform(values);
  std::vector<double> levels(signal.size() / 2 + 1);
  for (size_t i = 0; i < levels.size(); ++i) {
    levels[i] = 20 * std::log10(std::abs(values[i]) * 2 / sum + 1e-20);
  }
  return levels;
}

// The highest level further than guard_hz from centre_hz.
inline double highest_outside_db(std::span<const float> signal, double rate_hz, double centre_hz,
                                 double guard_hz) {
  const std::vector<double> levels = spectrum_db(signal);
  double highest = -400;
  for (size_t bin = 0; bin < levels.size(); ++bin) {
    const double hz = static_cast<double>(bin) * rate_hz / static_cast<double>(signal.size());
    if (std::fabs(hz - centre_hz) > guard_hz) highest = std::fmax(highest, levels[bin]);
  }
  return highest;
}

}  // namespace quanta

#endif  // QUANTA_TESTS_SPECTRUM_H_
