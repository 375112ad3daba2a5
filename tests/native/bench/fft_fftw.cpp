// The same by FFTW, which is under the GPL: for comparison in this program, and nowhere else.
#include "benchmark.h"

#ifdef QUANTA_HAS_FFTW

#include <fftw3.h>

#include <array>

#include "fft_job.h"

namespace quanta::bench {
namespace {

FftJob g_job;
alignas(64) std::array<fftwf_complex, kMaxFftSize / 2 + 1> g_bins{};
std::array<float, kMaxFftSize / 2 + 1> g_re{};
std::array<float, kMaxFftSize / 2 + 1> g_im{};
fftwf_plan g_plan = nullptr;

// Patience, at 32768 samples a dozen seconds of it, makes a plan that is a fifth faster.
template <uint32_t kSize>
constexpr unsigned kPlanning = kSize == 32768 ? FFTW_PATIENT : FFTW_MEASURE;

template <uint32_t kSize>
const char* check() {
  if (g_plan != nullptr) fftwf_destroy_plan(g_plan);
  // Planning overwrites the input.
  g_plan = fftwf_plan_dft_r2c_1d(kSize, g_job.in.data(), g_bins.data(), kPlanning<kSize>);
  g_job.begin(kSize);
  fftwf_execute(g_plan);
  for (uint32_t k = 0; k <= kSize / 2; ++k) {
    g_re[k] = g_bins[k][0];
    g_im[k] = g_bins[k][1];
  }
  return g_job.fault(g_re, g_im);
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) fftwf_execute(g_plan);
}

}  // namespace

#define QUANTA_DEFINE(size) const Benchmark fft_fftw_##size = {check<size>, run};
QUANTA_FFTW_SIZES(QUANTA_DEFINE)
#undef QUANTA_DEFINE

}  // namespace quanta::bench

#endif  // QUANTA_HAS_FFTW
