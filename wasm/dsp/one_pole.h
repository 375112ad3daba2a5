// A value that approaches another exponentially, at one speed upwards and another downwards.
#ifndef QUANTA_DSP_ONE_POLE_H_
#define QUANTA_DSP_ONE_POLE_H_

#include "dsp/exact_math.h"
#include "shared/realtime.h"

namespace quanta {

// How far a one-pole gets towards its target within one frame. After the time constant it has gone
// 1 - 1/e = 63.2 % of the way; a time constant of 0 gets there at once.
inline double one_pole_step(float time_ms, double rate_hz) noexcept REALTIME {
  if (!(time_ms > 0)) return 1;
  return 1 - exact_exp(-1000 / (static_cast<double>(time_ms) * rate_hz));
}

// Moves the value, a gain or a reduction in octaves, towards the target and ends exactly there:
// from within a distance that nobody hears it takes the last step at once. A float would stall
// before.
inline double approach(double value, double target, double rise, double fall) noexcept REALTIME {
  constexpr double kInaudible = 1e-6;
  const double distance = target - value;
  if (distance < kInaudible && distance > -kInaudible) return target;
  const double step = distance > 0 ? rise : fall;
  return value * (1 - step) + target * step;
}

}  // namespace quanta

#endif  // QUANTA_DSP_ONE_POLE_H_
