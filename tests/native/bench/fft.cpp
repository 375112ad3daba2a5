// One operation: the transform of so many real samples, by RealFft.
#include <array>
#include <cstddef>

#include "benchmark.h"
#include "core/arena.h"
#include "dsp/real_fft.h"
#include "fft_job.h"

namespace quanta::bench {
namespace {

alignas(kCacheLineBytes) std::byte g_block[1U << 20];
constinit FftJob g_job;
constinit RealFft g_fft;
alignas(kCacheLineBytes) constinit std::array<float, kMaxFftSize / 2 + 1> g_re{};
alignas(kCacheLineBytes) constinit std::array<float, kMaxFftSize / 2 + 1> g_im{};

void transform() {
  const std::span<const float> in(g_job.in.data(), g_fft.size());
  g_fft.forward(in, {g_re.data(), g_fft.bins()}, {g_im.data(), g_fft.bins()});
}

template <uint32_t kSize>
const char* check() {
  Arena arena(g_block);
  if (!g_fft.configure(arena, kSize)) return "no room for the transform";
  g_job.begin(kSize);
  transform();
  return g_job.fault(g_re, g_im);
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) transform();
}

}  // namespace

#define QUANTA_DEFINE(size) const Benchmark fft_##size = {check<size>, run};
QUANTA_FFT_SIZES(QUANTA_DEFINE)
#undef QUANTA_DEFINE

}  // namespace quanta::bench
