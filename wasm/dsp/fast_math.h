// Logarithm and power of four floats at once, for gain computers that run on every sample. The same
// bits in every build, as exact_math.h, with the error stated at each.
#ifndef QUANTA_DSP_FAST_MATH_H_
#define QUANTA_DSP_FAST_MATH_H_

#include <cstdint>
#include <numbers>

#include "dsp/lanes.h"
#include "shared/realtime.h"

namespace quanta {

// Base-2 logarithm of normal positive lanes. Error below 1e-6 + 1.2e-7 |result|: 3e-5 dB over the
// range of levels that sound has.
inline Float4 fast_log2(Float4 x) noexcept REALTIME {
  // The exponent that leaves a mantissa m in [sqrt(1/2), sqrt(2)).
  constexpr int32_t kRootHalfBits = 0x3f3504f3;
  const Int4 exponent = (bits_of(x) - kRootHalfBits) >> 23;
  const Float4 m = from_bits(bits_of(x) - (exponent << 23));
  // log2(m) = 2 / ln(2) atanh((m - 1) / (m + 1)), as a series.
  constexpr auto kScale = static_cast<float>(2 * std::numbers::log2e);
  const Float4 s = (m - 1.0F) / (m + 1.0F);
  const Float4 square = s * s;
  const Float4 series =
      ((square * (kScale / 7) + kScale / 5) * square + kScale / 3) * square + kScale;
  return __builtin_convertvector(exponent, Float4) + s * series;
}

// 2^x for -126 <= x < 127.5. Relative error below 3e-7; integers give exact powers.
inline Float4 fast_exp2(Float4 x) noexcept REALTIME {
  // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer.
  constexpr float kRounder = 12582912.0F;
  const Float4 whole = (x + kRounder) - kRounder;
  const Int4 power_bits = (__builtin_convertvector(whole, Int4) + 127) << 23;
  // e^y as a Taylor series; |y| <= ln(2) / 2.
  const Float4 y = (x - whole) * std::numbers::ln2_v<float>;
  Float4 sum = y * (1.0F / 5040) + 1.0F / 720;
  sum = sum * y + 1.0F / 120;
  sum = sum * y + 1.0F / 24;
  sum = sum * y + 1.0F / 6;
  sum = sum * y + 0.5F;
  sum = sum * y + 1.0F;
  sum = sum * y + 1.0F;
  return sum * from_bits(power_bits);
}

}  // namespace quanta

#endif  // QUANTA_DSP_FAST_MATH_H_
