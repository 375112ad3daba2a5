#include "dsp/pan.h"

#include <gtest/gtest.h>

#include <cmath>

namespace quanta {
namespace {

TEST(Pan, TheCentreIsExactlyNeutral) {
  EXPECT_EQ(pan_gains(0).left, 1);
  EXPECT_EQ(pan_gains(0).right, 1);
}

TEST(Pan, ASideIsSilentOnTheOther) {
  EXPECT_EQ(pan_gains(-1).right, 0);
  EXPECT_EQ(pan_gains(1).left, 0);
  EXPECT_NEAR(20 * std::log10(static_cast<double>(pan_gains(-1).left)), 3.01, 0.001);
  EXPECT_NEAR(20 * std::log10(static_cast<double>(pan_gains(1).right)), 3.01, 0.001);
}

TEST(Pan, ThePowerIsConstantAndTheSidesMirrorEachOther) {
  for (int step = -100; step <= 100; ++step) {
    const PanGains gains = pan_gains(static_cast<float>(step) / 100);
    const PanGains mirror = pan_gains(static_cast<float>(-step) / 100);
    const auto left = static_cast<double>(gains.left);
    const auto right = static_cast<double>(gains.right);
    EXPECT_NEAR(10 * std::log10((left * left + right * right) / 2), 0, 1e-6);
    EXPECT_NEAR(left, static_cast<double>(mirror.right), 1e-7);
  }
}

}  // namespace
}  // namespace quanta
