// The two activations of recurrent networks, four at once. The same bits in every build, as
// fast_math.h, which they are made of.
#ifndef QUANTA_DSP_SIGMOID_H_
#define QUANTA_DSP_SIGMOID_H_

#include <numbers>

#include "dsp/fast_math.h"
#include "dsp/lanes.h"
#include "shared/realtime.h"

namespace quanta {
namespace sigmoid_detail {

// e^x where it neither overflows nor becomes a denormal; beyond, the result of both functions is
// that of their limits to less than 1e-30. NaN counts as the upper end.
inline Float4 bounded_exp(Float4 x) noexcept REALTIME {
  constexpr float kBound = 80;
  const Float4 bounded = max4(min4(x, splat4(kBound)), splat4(-kBound));
  return fast_exp2(bounded * std::numbers::log2e_v<float>);
}

}  // namespace sigmoid_detail

// 1 / (1 + e^-x) of any lanes. Error below 1.5e-7.
inline Float4 sigmoid4(Float4 x) noexcept REALTIME {
  return 1.0F / (1.0F + sigmoid_detail::bounded_exp(-x));
}

// tanh(x) of any lanes. Error below 2e-7.
inline Float4 tanh4(Float4 x) noexcept REALTIME {
  return 1.0F - 2.0F / (sigmoid_detail::bounded_exp(x + x) + 1.0F);
}

}  // namespace quanta

#endif  // QUANTA_DSP_SIGMOID_H_
