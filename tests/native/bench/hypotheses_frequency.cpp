// One operation: the spectrum of a frame of 32 768 samples under a Kaiser window at 32 shifts of a
// bin; ours over a band of 64 bins from the bare frame's transform, which the analysis has anyway.
// The peer ramps the windowed frame for each shift, which makes it complex, and transforms both
// parts.
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>

#include "benchmark.h"
#include "core/arena.h"
#include "dsp/real_fft.h"
#include "dsp/shift_hypotheses.h"
#include "dsp/window.h"
#include "test_signal.h"

namespace quanta::bench {
namespace {

constexpr uint32_t kFrames = 32768;
constexpr uint32_t kBins = kFrames / 2 + 1;
constexpr BinRange kBand = {500, 64};
constexpr double kTwoPi = 6.283185307179586;

template <size_t kSize>
struct alignas(kCacheLineBytes) Floats : std::array<float, kSize> {};

alignas(kCacheLineBytes) std::byte g_block[1U << 20];
constinit RealFft g_fft;
constinit FrequencyHypotheses g_hypotheses;
constinit Floats<kFrames> g_samples{};
constinit Floats<kFrames> g_window{};
constinit Floats<kFrames> g_ramp_re{};
constinit Floats<kFrames> g_ramp_im{};
constinit Floats<kFrames> g_ramped_re{};
constinit Floats<kFrames> g_ramped_im{};
constinit Floats<kBins> g_re{};
constinit Floats<kBins> g_im{};
constinit Floats<kBins> g_other_re{};
constinit Floats<kBins> g_other_im{};

// X(bin + m / 32) by definition.
std::complex<double> expected(size_t bin, size_t m) {
  std::complex<double> sum;
  for (size_t i = 0; i < kFrames; ++i) {
    const double turns =
        (static_cast<double>(bin) + static_cast<double>(m) / 32) * static_cast<double>(i) / kFrames;
    const double sample = static_cast<double>(g_samples[i]) * static_cast<double>(g_window[i]);
    sum += sample * std::polar(1.0, -kTwoPi * (turns - std::floor(turns)));
  }
  return sum;
}

const char* fault(size_t bin, size_t m, double re, double im, double limit) {
  // The magnitude of a bin of this noise, sqrt(sum of squares of the window / 3), is about 60.
  const bool right = std::abs(expected(bin, m) - std::complex<double>(re, im)) < limit * 60;
  return right ? nullptr : "a hypothesis is wrong";
}

bool make_signals() {
  Arena arena(g_block);
  fill_with_noise(g_samples, 5, 1);
  KaiserWindow(FrequencyHypotheses::kBeta).fill(g_window);
  for (size_t i = 0; i < kFrames; ++i) {
    const double angle = -kTwoPi * static_cast<double>(i) / (32.0 * kFrames);
    g_ramp_re[i] = static_cast<float>(std::cos(angle));
    g_ramp_im[i] = static_cast<float>(std::sin(angle));
  }
  return g_fft.configure(arena, kFrames) && g_hypotheses.configure(arena, kBand.count);
}

const char* check() {
  if (!make_signals()) return "no room";
  g_fft.forward(g_samples, g_re, g_im);
  g_hypotheses.begin(kBand);
  g_hypotheses.add(Spectrum{g_re, g_im}, kBand);
  for (const size_t m : {0U, 1U, 16U, 31U}) {
    const auto re = static_cast<double>(g_hypotheses.re(m)[40]);
    const auto im = static_cast<double>(g_hypotheses.im(m)[40]);
    if (const char* found = fault(kBand.first + 40, m, re, im, 1e-6)) return found;
  }
  return nullptr;
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) {
    g_hypotheses.begin(kBand);
    g_hypotheses.add(Spectrum{g_re, g_im}, kBand);
  }
}

// Leaves the transforms of the last shift's two parts.
void ramp_and_transform() {
  for (size_t i = 0; i < kFrames; ++i) {
    g_ramped_re[i] = g_samples[i] * g_window[i];
    g_ramped_im[i] = 0;
  }
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    g_fft.forward(g_ramped_re, g_re, g_im);
    g_fft.forward(g_ramped_im, g_other_re, g_other_im);
    if (m + 1 == kShiftHypotheses) return;
    for (size_t i = 0; i < kFrames; ++i) {
      const float re = g_ramped_re[i];
      const float im = g_ramped_im[i];
      g_ramped_re[i] = re * g_ramp_re[i] - im * g_ramp_im[i];
      g_ramped_im[i] = re * g_ramp_im[i] + im * g_ramp_re[i];
    }
  }
}

const char* check_ramps() {
  if (!make_signals()) return "no room";
  ramp_and_transform();
  const size_t k = kBand.first + 40;
  return fault(k, kShiftHypotheses - 1, static_cast<double>(g_re[k] - g_other_im[k]),
               static_cast<double>(g_im[k] + g_other_re[k]), 1e-5);
}

void run_ramps(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) ramp_and_transform();
}

}  // namespace

const Benchmark hypotheses_frequency = {check, run};
const Benchmark hypotheses_frequency_ramps = {check_ramps, run_ramps};

}  // namespace quanta::bench
