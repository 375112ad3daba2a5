#include "dsp/window.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace quanta {
namespace {

TEST(BesselI0, AgreesWithTheTrapezoidalSumOfItsIntegral) {
  // I0(x) is the mean of exp(x cos t) over a period; equal steps converge geometrically.
  constexpr int kSteps = 256;
  for (double x = 0; x <= 30; x += 0.37) {
    long double sum = 0;
    for (int i = 0; i < kSteps; ++i) {
      sum += std::exp((long double)x * std::cos(2 * std::numbers::pi_v<long double> * i / kSteps));
    }
    const double expected = double(sum / kSteps);
    EXPECT_NEAR(bessel_i0(x) / expected, 1, 2e-15) << x;
  }
}

TEST(Sinc, AgreesWithTheLibraryAndIsExactAtIntegers) {
  constexpr long double kPi = std::numbers::pi_v<long double>;
  for (double x = -70.003; x < 70; x += 0.0137) {
    const long double expected = std::sin(kPi * (long double)x) / (kPi * (long double)x);
    EXPECT_NEAR(sinc(x), double(expected), 1e-15) << x;
  }
  EXPECT_EQ(sinc(0), 1);
  for (int n = 1; n <= 1000; ++n) {
    EXPECT_EQ(sinc(n), 0) << n;
    EXPECT_EQ(sinc(-n), 0) << n;
  }
}

TEST(KaiserWindow, FallsFromOneAtTheCentreToNothingAtBothEnds) {
  const KaiserWindow window(8);
  EXPECT_NEAR(window(0), 1, 1e-15);
  EXPECT_EQ(window(1), 0);
  EXPECT_EQ(window(-1), 0);
  EXPECT_EQ(window(1.5), 0);
  for (double x = 0.01; x < 1; x += 0.01) {
    EXPECT_LT(window(x), window(x - 0.01)) << x;
    EXPECT_EQ(window(x), window(-x)) << x;
  }
  EXPECT_NEAR(window(0.5) * bessel_i0(8), bessel_i0(8 * std::sqrt(0.75)), 1e-9);
}

}  // namespace
}  // namespace quanta
