// exp(-x) from multiplications only, so that every compiler and host computes the same bits; libm's
// exp differs in the last place between them.
#ifndef QUANTA_DSP_DECAY_H_
#define QUANTA_DSP_DECAY_H_

#include "shared/realtime.h"

namespace quanta {

// exp(-x) for 0 <= x < 1000 as (1 - x/m)^m with m = 2^20: relative error below x^2 / 2^21.
inline double decay(double x) noexcept REALTIME {
  constexpr int kSquarings = 20;
  double y = 1.0 - x / (1 << kSquarings);
  for (int i = 0; i < kSquarings; ++i) y *= y;
  return y;
}

}  // namespace quanta

#endif  // QUANTA_DSP_DECAY_H_
