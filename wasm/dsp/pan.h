// Where a source stands between left and right.
#ifndef QUANTA_DSP_PAN_H_
#define QUANTA_DSP_PAN_H_

#include <numbers>

#include "dsp/exact_math.h"
#include "shared/realtime.h"

namespace quanta {

struct PanGains {
  float left;
  float right;
};

// Constant power: left sqrt(2) cos(a), right sqrt(2) sin(a), with a from 0 at the left to pi / 2.
// In the centre both gains are exactly 1, at a side +3.01 dB and 0; the power of both is 2
// everywhere. A mono source, which fills both channels, is panned by it; of a stereo source it is
// the balance. pan is from -1, left, to 1, right.
inline PanGains pan_gains(float pan) noexcept REALTIME {
  const double half_turns = (static_cast<double>(pan) + 1) / 4;
  return {static_cast<float>(std::numbers::sqrt2 * cos_pi(half_turns)),
          static_cast<float>(std::numbers::sqrt2 * sin_pi(half_turns))};
}

}  // namespace quanta

#endif  // QUANTA_DSP_PAN_H_
