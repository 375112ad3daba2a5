// One operation: a correlation over the bins of a frame of 32 768 samples at 32 lags, a
// thirty-second of a sample apart; over all bins or over an eighth of them. The peer ramps the
// cross-spectrum from lag to lag and transforms it back.
#include <array>
#include <cmath>
#include <cstddef>

#include "benchmark.h"
#include "core/arena.h"
#include "dsp/real_fft.h"
#include "dsp/shift_hypotheses.h"
#include "test_signal.h"

namespace quanta::bench {
namespace {

constexpr uint32_t kFrames = 32768;
constexpr uint32_t kBins = kFrames / 2 + 1;
constexpr BinRange kAll = {1, kBins - 2};
constexpr BinRange kEighth = {1000, kFrames / 16};
constexpr double kFirstLag = 6.5;
constexpr double kTwoPi = 6.283185307179586;

template <size_t kSize>
struct alignas(kCacheLineBytes) Floats : std::array<float, kSize> {};

alignas(kCacheLineBytes) std::byte g_block[1U << 20];
constinit RealFft g_fft;
constinit TimeHypotheses g_hypotheses;
constinit Floats<kBins> g_re{};
constinit Floats<kBins> g_im{};
constinit Floats<kBins> g_ramp_re{};
constinit Floats<kBins> g_ramp_im{};
constinit Floats<kBins> g_ramped_re{};
constinit Floats<kBins> g_ramped_im{};
constinit Floats<kFrames> g_correlation{};

// The cross-spectrum of a delay of 7 samples under PHAT, with a phase that noise has moved.
bool make_signals() {
  Arena arena(g_block);
  fill_with_noise(g_re, 6, 0.5F);
  for (size_t k = 0; k < kBins; ++k) {
    const double angle =
        static_cast<double>(g_re[k]) - kTwoPi * 7 * static_cast<double>(k) / kFrames;
    const double step = kTwoPi * static_cast<double>(k) / (32.0 * kFrames);
    g_re[k] = static_cast<float>(std::cos(angle));
    g_im[k] = static_cast<float>(std::sin(angle));
    g_ramp_re[k] = static_cast<float>(std::cos(step));
    g_ramp_im[k] = static_cast<float>(std::sin(step));
  }
  return g_fft.configure(arena, kFrames) && g_hypotheses.configure(arena, kFrames);
}

double expected(BinRange range, double lag) {
  double sum = 0;
  for (size_t k = range.first; k < range.first + range.count; ++k) {
    const double angle = kTwoPi * static_cast<double>(k) * lag / kFrames;
    sum += static_cast<double>(g_re[k]) * std::cos(angle) -
           static_cast<double>(g_im[k]) * std::sin(angle);
  }
  return sum;
}

void hypothesize(BinRange range) {
  g_hypotheses.begin(kFirstLag);
  g_hypotheses.add(Spectrum{g_re, g_im}, range);
}

template <BinRange kRange>
const char* check() {
  if (!make_signals()) return "no room";
  hypothesize(kRange);
  for (const size_t m : {0U, 15U, 16U, 31U}) {
    const double error = g_hypotheses.sums()[m] - expected(kRange, g_hypotheses.lag(m));
    if (!(std::fabs(error) < 1e-6 * static_cast<double>(kRange.count))) return "a sum is wrong";
  }
  return nullptr;
}

template <BinRange kRange>
void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) hypothesize(kRange);
}

// Leaves the correlation at the last lag, 31 / 32 of a sample late, in each place.
void ramp_and_transform() {
  g_ramped_re = g_re;
  g_ramped_im = g_im;
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    g_fft.inverse(g_ramped_re, g_ramped_im, g_correlation);
    if (m + 1 == kShiftHypotheses) return;
    for (size_t k = 0; k < kBins; ++k) {
      const float re = g_ramped_re[k];
      const float im = g_ramped_im[k];
      g_ramped_re[k] = re * g_ramp_re[k] - im * g_ramp_im[k];
      g_ramped_im[k] = re * g_ramp_im[k] + im * g_ramp_re[k];
    }
  }
}

const char* check_ramps() {
  if (!make_signals()) return "no room";
  ramp_and_transform();
  const double sum = static_cast<double>(g_correlation[6]) * kFrames / 2;
  // The bins at both ends, which count half there, are the difference.
  return std::fabs(sum - expected(kAll, 6 + 31.0 / 32)) < 2 ? nullptr : "a correlation is wrong";
}

void run_ramps(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) ramp_and_transform();
}

}  // namespace

const Benchmark hypotheses_time = {check<kAll>, run<kAll>};
const Benchmark hypotheses_time_eighth = {check<kEighth>, run<kEighth>};
const Benchmark hypotheses_time_ramps = {check_ramps, run_ramps};

}  // namespace quanta::bench
