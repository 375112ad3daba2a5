// Between the spectrum of a real signal and the complex transform that it is computed with.
#ifndef QUANTA_DSP_REAL_UNPACKING_H_
#define QUANTA_DSP_REAL_UNPACKING_H_

#include <cstdint>
#include <span>

#include "core/arena.h"
#include "shared/realtime.h"

namespace quanta {

// Z[k], k = 0..n-1, is the complex transform of x[2m] + j x[2m+1], and X[k], k = 0..n, the spectrum
// of the 2n samples x. With S = Z[k] + conj Z[n-k], D = Z[k] - conj Z[n-k] and
// T = -j exp(-j pi k / n) D / 2:  X[k] = S / 2 + T,  X[n-k] = conj(S / 2 - T).
// Complex numbers of Z lie as pairs: real, imaginary.
class RealUnpacking {
 public:
  // n = points. False: the arena is full.
  bool configure(Arena& arena, uint32_t points);

  // Bins are unpacked in pairs, k and n - k; the pairs are numbered from 0 to pairs() - 1.
  uint32_t pairs() const noexcept REALTIME { return points_ / 2 + 1; }

  // Z to X: n values each in re and im, with X[n], which is real as X[0] is, in im[0].
  void unpack(const float* z, float* re, float* im, uint32_t first_pair,
              uint32_t count) const noexcept REALTIME;

 private:
  void unpack_pair(const float* z, float* re, float* im, uint32_t k) const noexcept REALTIME;

  std::span<float> half_cos_;  // cos(pi k / n) / 2
  std::span<float> half_sin_;
  uint32_t points_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_REAL_UNPACKING_H_
