#include "dsp/fast_math.h"

#include <gtest/gtest.h>

#include <cmath>

namespace quanta {
namespace {

TEST(FastMath, LogarithmKeepsItsStatedError) {
  // Every 997th float from the smallest normal number to the largest.
  for (int32_t bits = 0x00800000; bits < 0x7f7ff000; bits += 4 * 997) {
    const Int4 lanes = Int4{bits, bits + 997, bits + 2 * 997, bits + 3 * 997};
    const Float4 x = from_bits(lanes);
    const Float4 got = fast_log2(x);
    for (int lane = 0; lane < 4; ++lane) {
      const double want = std::log2(static_cast<double>(x[lane]));
      ASSERT_LE(std::fabs(static_cast<double>(got[lane]) - want), 1e-6 + 1.2e-7 * std::fabs(want))
          << static_cast<double>(x[lane]);
    }
  }
}

TEST(FastMath, PowerKeepsItsStatedError) {
  for (int step = 0; step < 400000; ++step) {
    const float start = -126.0F + static_cast<float>(step) * 6e-4F;
    const Float4 x = Float4{start, start + 1.5e-4F, start + 3e-4F, start + 4.5e-4F};
    const Float4 got = fast_exp2(x);
    for (int lane = 0; lane < 4; ++lane) {
      const double want = std::exp2(static_cast<double>(x[lane]));
      ASSERT_LE(std::fabs(static_cast<double>(got[lane]) / want - 1), 3e-7)
          << static_cast<double>(x[lane]);
    }
  }
}

TEST(FastMath, PowersOfTwoAreExactInBothDirections) {
  for (int i = -126; i <= 127; ++i) {
    const auto exponent = static_cast<float>(i);
    const float power = std::ldexp(1.0F, i);
    EXPECT_EQ(fast_exp2(splat4(exponent))[3], power);
    EXPECT_EQ(fast_log2(splat4(power))[0], exponent);
  }
}

}  // namespace
}  // namespace quanta
