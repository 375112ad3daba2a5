// The same by KissFFT, as RealFft takes it for sizes that are no powers of two.
#include <array>
#include <cstddef>

#include "benchmark.h"
#include "core/arena.h"
#include "dsp/mixed_radix_fft.h"
#include "dsp/real_unpacking.h"
#include "fft_job.h"

namespace quanta::bench {
namespace {

alignas(kCacheLineBytes) std::byte g_block[1U << 20];
constinit FftJob g_job;
constinit MixedRadixFft g_fft;
constinit RealUnpacking g_unpacking;
alignas(kCacheLineBytes) constinit std::array<float, kMaxFftSize> g_transform{};
alignas(kCacheLineBytes) constinit std::array<float, kMaxFftSize / 2 + 1> g_re{};
alignas(kCacheLineBytes) constinit std::array<float, kMaxFftSize / 2 + 1> g_im{};

void transform() {
  g_fft.begin(g_job.in.data(), g_transform.data());
  while (!g_fft.done()) g_fft.run_unit();
  g_unpacking.unpack(g_transform.data(), g_re.data(), g_im.data(), 0, g_unpacking.pairs());
  const uint32_t half = g_fft.points();
  g_re[half] = g_im[0];
  g_im[half] = g_im[0] = 0;
}

template <uint32_t kSize>
const char* check() {
  Arena arena(g_block);
  const bool fits = g_fft.configure(arena, kSize / 2) && g_unpacking.configure(arena, kSize / 2);
  if (!fits) return "no room for the transform";
  g_job.begin(kSize);
  transform();
  return g_job.fault(g_re, g_im);
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) transform();
}

}  // namespace

#define QUANTA_DEFINE(size) const Benchmark fft_kiss_##size = {check<size>, run};
QUANTA_FFT_SIZES(QUANTA_DEFINE)
#undef QUANTA_DEFINE

}  // namespace quanta::bench
