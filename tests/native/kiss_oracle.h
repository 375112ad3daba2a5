// The transform that others are compared with: KissFFT in double precision. To be included once: it
// brings KissFFT's code with it, under names of its own beside those of the engine's KissFFT.
#ifndef QUANTA_TESTS_KISS_ORACLE_H_
#define QUANTA_TESTS_KISS_ORACLE_H_

#define kiss_fft_scalar double
#define kiss_fft_state oracle_fft_state
#define kiss_fft_alloc oracle_fft_alloc
#define kiss_fft_free oracle_fft_free
#define kiss_fft_stride oracle_fft_stride
#define kiss_fft oracle_fft
#define kiss_fft_cleanup oracle_fft_cleanup
#define kiss_fft_next_fast_size oracle_fft_next_fast_size
#include <complex>
#include <cstddef>
#include <kiss_fft.c>
#include <vector>

namespace quanta {

using Bins = std::vector<std::complex<double>>;

// Bins 0 to N / 2 of N samples.
inline Bins oracle_spectrum(const std::vector<float>& samples) {
  const size_t size = samples.size();
  std::vector<kiss_fft_cpx> in;
  for (const float sample : samples) in.push_back({static_cast<double>(sample), 0});
  std::vector<kiss_fft_cpx> out(size);
  kiss_fft_cfg state = kiss_fft_alloc(static_cast<int>(size), 0, nullptr, nullptr);
  kiss_fft(state, in.data(), out.data());
  kiss_fft_free(state);
  Bins bins;
  for (size_t k = 0; k <= size / 2; ++k) bins.emplace_back(out[k].r, out[k].i);
  return bins;
}

}  // namespace quanta

#endif  // QUANTA_TESTS_KISS_ORACLE_H_
