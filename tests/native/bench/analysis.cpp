// One operation: the analysis of one frame of a harmonic tone in noise: both transforms, partials,
// fundamental. Of 32 768 samples with up to 16 partials, or of 4096 with up to 12.
#include <array>
#include <cmath>
#include <cstddef>

#include "benchmark.h"
#include "core/arena.h"
#include "dsp/harmonics.h"
#include "dsp/partials.h"
#include "dsp/real_fft.h"
#include "dsp/window.h"
#include "test_signal.h"

namespace quanta::bench {
namespace {

constexpr uint32_t kMaxFrames = 32768;
constexpr double kRateHz = 48000;
constexpr double kFundamentalHz = 196.3;
constexpr double kTwoPi = 6.283185307179586;

template <size_t kSize>
struct alignas(kCacheLineBytes) Floats : std::array<float, kSize> {};

alignas(kCacheLineBytes) std::byte g_block[1U << 20];
constinit RealFft g_fft;
constinit PartialFinder g_partials;
constinit HarmonicFinder g_harmonics;
constinit Floats<kMaxFrames> g_samples{};
constinit Floats<kMaxFrames> g_window{};
constinit Floats<kMaxFrames> g_windowed{};
constinit std::array<Floats<kMaxFrames / 2 + 1>, 4> g_parts{};

void analyze() {
  const uint32_t frames = g_fft.size();
  const uint32_t bins = g_fft.bins();
  for (size_t i = 0; i < frames; ++i) g_windowed[i] = g_samples[i] * g_window[i];
  const std::span bare_re(g_parts[0].data(), bins);
  const std::span bare_im(g_parts[1].data(), bins);
  const std::span re(g_parts[2].data(), bins);
  const std::span im(g_parts[3].data(), bins);
  g_fft.forward(std::span(g_samples).first(frames), bare_re, bare_im);
  g_fft.forward(std::span(g_windowed).first(frames), re, im);
  g_partials.begin(Spectrum{re, im}, Spectrum{bare_re, bare_im});
  while (!g_partials.step()) continue;
  g_harmonics.begin(g_partials.partials());
  while (!g_harmonics.step()) continue;
}

template <uint32_t kFrames>
const char* check() {
  constexpr bool kShort = kFrames < 16384;
  constexpr PartialFinder::Options kOptions = {
      .beta = kShort ? 8 : 12, .max_partials = kShort ? 12 : 16, .sweeps = 1};
  Arena arena(g_block);
  if (!g_fft.configure(arena, kFrames)) return "no room for the transform";
  g_partials.configure(kFrames, kRateHz, kOptions);
  KaiserWindow(kOptions.beta).fill(std::span(g_window).first(kFrames));
  fill_with_noise(g_samples, 7, 0.01F);
  for (size_t i = 0; i < kFrames; ++i) {
    const double angle = kTwoPi * kFundamentalHz / kRateHz * static_cast<double>(i);
    for (int h = 1; h <= 16; ++h) g_samples[i] += static_cast<float>(std::sin(h * angle) / (3 * h));
  }
  analyze();
  const double cents = 1200 * std::log2(g_harmonics.series().fundamental_hz / kFundamentalHz);
  return std::fabs(cents) < (kShort ? 0.2 : 0.003) ? nullptr : "the fundamental is wrong";
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) analyze();
}

}  // namespace

const Benchmark analysis_32768 = {check<32768>, run};
const Benchmark analysis_4096 = {check<4096>, run};

}  // namespace quanta::bench
