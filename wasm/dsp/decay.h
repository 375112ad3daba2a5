// How much of a one-pole's state is left after a while.
#ifndef QUANTA_DSP_DECAY_H_
#define QUANTA_DSP_DECAY_H_

#include "dsp/exact_math.h"
#include "shared/realtime.h"

namespace quanta {

// exp(-x) for x >= 0; x is the time that passed, in time constants.
inline double decay(double x) noexcept REALTIME { return exact_exp(-x); }

}  // namespace quanta

#endif  // QUANTA_DSP_DECAY_H_
