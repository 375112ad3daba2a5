#include "dsp/kaiser_transform.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "dsp/window.h"

namespace quanta {
namespace {

constexpr size_t kFrames = 4096;

// The sum about the window's centre, in double.
double transform_by_sum(const std::vector<double>& window, double bins) {
  double sum = 0;
  for (size_t i = 0; i < window.size(); ++i) {
    const double place = static_cast<double>(i) / static_cast<double>(window.size()) - 0.5;
    sum += window[i] * std::cos(2 * std::numbers::pi * place * bins);
  }
  return sum / static_cast<double>(window.size());
}

// The trapezoidal rule: half of the jump at each end.
std::vector<double> sampled_window(double beta) {
  std::vector<double> window(kFrames);
  const KaiserWindow kaiser(beta);
  for (size_t i = 0; i < kFrames; ++i) {
    window[i] = kaiser((static_cast<double>(i) - kFrames / 2) / (kFrames / 2));
  }
  window[0] = 1 / bessel_i0(beta);
  return window;
}

TEST(KaiserTransform, AgreesWithTheSumOverASampledWindow) {
  for (const double beta : {6.0, 12.0, 16.0}) {
    const KaiserTransform transform(beta);
    const std::vector<double> window = sampled_window(beta);
    // What sampling adds: a jump of 1 / I0(beta) makes aliases, and the rule's error is as small.
    const double aliases = 60 / (bessel_i0(beta) * kFrames * kFrames) / transform.mean() + 1e-14;
    for (double bins = -40; bins <= 40; bins += 0.137) {
      const double expected = transform_by_sum(window, bins) / transform.mean();
      ASSERT_NEAR(transform(bins), expected, aliases) << beta << ", " << bins;
    }
  }
}

TEST(KaiserTransform, IsOneInTheMiddleAndTheSlopeIsItsDerivative) {
  const KaiserTransform transform(12);
  EXPECT_NEAR(transform(0), 1, 1e-15);
  EXPECT_EQ(transform.at(0).slope, 0);
  constexpr double kStep = 1e-3;
  for (double bins = -9; bins <= 9; bins += 0.0173) {
    // The five-point rule is off by the fifth derivative times kStep^4 / 30.
    const double near = transform(bins + kStep) - transform(bins - kStep);
    const double far = transform(bins + 2 * kStep) - transform(bins - 2 * kStep);
    ASSERT_NEAR(transform.at(bins).slope, (8 * near - far) / (12 * kStep), 1e-11) << bins;
  }
}

TEST(KaiserTransform, IsSmoothWhereItsClosedFormIsNot) {
  const KaiserTransform transform(12);
  const double seam = 12 / std::numbers::pi;
  for (double offset = -0.02; offset <= 0.02; offset += 0.0005) {
    const double before = transform(seam + offset - 1e-6);
    const double after = transform(seam + offset + 1e-6);
    ASSERT_NEAR((after - before) / 2e-6, transform.at(seam + offset).slope, 1e-9) << offset;
  }
}

TEST(KaiserTransform, TheSkirtLiesOverEverySideLobe) {
  const KaiserTransform transform(12);
  for (double bins = transform.half_width_bins(); bins < 300; bins += 0.01) {
    ASSERT_LE(std::fabs(transform(bins)), transform.skirt(bins) * (1 + 1e-9)) << bins;
  }
  EXPECT_LT(std::fabs(transform(transform.half_width_bins())), 1e-15);
}

TEST(KaiserWindow, FillsAFrameAboutTheSampleInItsMiddle) {
  std::vector<float> row(64);
  KaiserWindow(12).fill(row);
  EXPECT_EQ(row[0], 0);
  EXPECT_EQ(row[32], 1);
  for (size_t i = 1; i < 32; ++i) {
    EXPECT_EQ(row[32 - i], row[32 + i]) << i;
    EXPECT_LT(row[32 + i], row[31 + i]) << i;
  }
}

}  // namespace
}  // namespace quanta
