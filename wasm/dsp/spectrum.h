// The spectrum of a frame of real samples, as the transforms leave it.
#ifndef QUANTA_DSP_SPECTRUM_H_
#define QUANTA_DSP_SPECTRUM_H_

#include <cstddef>
#include <span>

namespace quanta {

// Real and imaginary parts, apart, of X[k] = sum of x[n] exp(-j 2 pi n k / N) over a frame of N
// samples, for the bins k = 0 to N / 2. N is a multiple of 4. A frame's centre is its sample N / 2.
struct Spectrum {
  std::span<const float> re;
  std::span<const float> im;

  constexpr size_t bins() const noexcept { return re.size(); }

  constexpr size_t frames() const noexcept { return 2 * (re.size() - 1); }
};

// The bins first to first + count - 1.
struct BinRange {
  size_t first;
  size_t count;
};

}  // namespace quanta

#endif  // QUANTA_DSP_SPECTRUM_H_
