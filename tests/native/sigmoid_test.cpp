#include "dsp/sigmoid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace quanta {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

double off(float got, double wanted) { return std::fabs(static_cast<double>(got) - wanted); }

TEST(Sigmoid, AndHyperbolicTangentKeepTheirStatedErrors) {
  for (int step = -400000; step <= 400000; ++step) {
    const float x = static_cast<float>(step) * 1e-4F;
    const Float4 lanes = Float4{x, x / 8, x / 64, 3 * x};
    const Float4 sigmoids = sigmoid4(lanes);
    const Float4 tangents = tanh4(lanes);
    for (int lane = 0; lane < 4; ++lane) {
      const auto at = static_cast<double>(lanes[lane]);
      ASSERT_LT(off(sigmoids[lane], 1 / (1 + std::exp(-at))), 1.5e-7) << at;
      ASSERT_LT(off(tangents[lane], std::tanh(at)), 2e-7) << at;
    }
  }
}

TEST(Sigmoid, AndHyperbolicTangentReachTheirLimits) {
  const Float4 far = Float4{-kInfinity, -1e30F, 1e30F, kInfinity};
  const Float4 sigmoids = sigmoid4(far);
  const Float4 tangents = tanh4(far);
  for (int lane = 0; lane < 4; ++lane) {
    EXPECT_LT(off(sigmoids[lane], lane < 2 ? 0 : 1), 1e-30);
    EXPECT_EQ(tangents[lane], lane < 2 ? -1 : 1);
  }
}

TEST(Sigmoid, AndHyperbolicTangentAreNumbersEvenOfNan) {
  const Float4 nan = splat4(std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(sigmoid4(nan)[0], sigmoid4(splat4(-kInfinity))[0]);
  EXPECT_EQ(tanh4(nan)[0], 1);
}

}  // namespace
}  // namespace quanta
