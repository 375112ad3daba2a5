#include "dsp/exact_math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

#include "dsp/decay.h"

namespace quanta {
namespace {

constexpr int kTrials = 200000;
constexpr long double kPi = 3.14159265358979323846264338327950288L;

double relative_error(double got, long double want) {
  return static_cast<double>(std::fabs((static_cast<long double>(got) - want) / want));
}

class Uniform {
 public:
  Uniform(double low, double high) : low_(low), width_(high - low) {}

  double operator()() { return low_ + width_ * static_cast<double>(random_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 random_{1};
  double low_;
  double width_;
};

TEST(ExactMath, SineCosineAndTangentAgreeWithLibm) {
  Uniform angle(-4, 4);
  for (int i = 0; i < kTrials; ++i) {
    const double x = angle();
    // References in long double, each with an argument that is exact near its zeros.
    const long double turn = std::remainder(static_cast<long double>(x), 2.0L);
    const long double cosine = std::sin(kPi * (0.5L - std::fabs(turn)));
    const long double sine =
        std::sin(kPi * std::remainder(turn, 1.0L)) * (std::fabs(turn) > 0.5L ? -1.0L : 1.0L);
    ASSERT_LT(relative_error(sin_pi(x), sine), 1e-15) << x;
    ASSERT_LT(relative_error(cos_pi(x), cosine), 1e-15) << x;
    ASSERT_LT(relative_error(tan_pi(x), sine / cosine), 1e-15) << x;
  }
}

TEST(ExactMath, SineAndCosineOfQuarterTurnsAreExact) {
  for (int quarter = -9; quarter <= 9; ++quarter) {
    const int phase = quarter & 3;
    EXPECT_EQ(sin_pi(quarter / 2.0), phase == 1 ? 1 : phase == 3 ? -1 : 0);
    EXPECT_EQ(cos_pi(quarter / 2.0), phase == 0 ? 1 : phase == 2 ? -1 : 0);
  }
}

TEST(ExactMath, TheAngleOfAPointAgreesWithLibm) {
  Uniform coordinate(-1, 1);
  Uniform exponent(-40, 40);
  for (int i = 0; i < kTrials; ++i) {
    const double x = coordinate() * std::exp2(exponent());
    const double y = coordinate();
    const long double angle =
        std::atan2(static_cast<long double>(y), static_cast<long double>(x)) / kPi;
    ASSERT_LT(relative_error(atan2_pi(y, x), angle), 1e-15) << y << ", " << x;
  }
}

TEST(ExactMath, AnglesOnTheAxesAndTheDiagonalsAreExact) {
  EXPECT_EQ(atan2_pi(0, 0), 0);
  EXPECT_EQ(atan2_pi(0, 3), 0);
  EXPECT_EQ(atan2_pi(3, 0), 0.5);
  EXPECT_EQ(atan2_pi(-3, 0), -0.5);
  EXPECT_EQ(atan2_pi(0, -3), 1);
  EXPECT_EQ(atan2_pi(2, 2), 0.25);
  EXPECT_EQ(atan2_pi(-2, -2), -0.75);
}

TEST(ExactMath, PowersAndLogarithmsAgreeWithLibm) {
  Uniform exponent(-1000, 1000);
  Uniform near_one(0.5, 2);
  for (int i = 0; i < kTrials; ++i) {
    const double x = exponent();
    const double power = exact_exp2(x);
    ASSERT_LT(relative_error(power, std::exp2(static_cast<long double>(x))), 1e-15) << x;
    ASSERT_LT(relative_error(exact_log2(power), std::log2(static_cast<long double>(power))), 1e-15);
    const double y = near_one();
    ASSERT_LT(relative_error(exact_log2(y), std::log2(static_cast<long double>(y))), 1e-15) << y;
  }
}

TEST(ExactMath, PowersOfTwoAreExactInBothDirections) {
  for (int i = -1022; i <= 1023; ++i) {
    const double power = std::ldexp(1.0, i);
    EXPECT_EQ(exact_exp2(i), power);
    EXPECT_EQ(exact_log2(power), i);
  }
}

TEST(ExactMath, EndsOfTheRangeSaturate) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(exact_exp2(-1022.5), 0);
  EXPECT_EQ(exact_exp2(-kInfinity), 0);
  EXPECT_EQ(exact_exp2(1024), kInfinity);
  EXPECT_EQ(exact_log2(0), -kInfinity);
  EXPECT_EQ(exact_log2(std::numeric_limits<double>::denorm_min()), -kInfinity);
}

TEST(ExactMath, DecibelsAgreeWithLibm) {
  Uniform level(-140, 60);
  for (int i = 0; i < kTrials; ++i) {
    const double db = level();
    const long double gain = std::pow(10.0L, static_cast<long double>(db) / 20);
    ASSERT_LT(relative_error(db_to_gain(db), gain), 1e-14) << db;
    ASSERT_LT(std::fabs(gain_to_db(static_cast<double>(gain)) - db), 1e-12) << db;
    ASSERT_LT(std::fabs(power_to_db(static_cast<double>(gain)) - db / 2), 1e-12) << db;
  }
  EXPECT_EQ(db_to_gain(0), 1);
  EXPECT_EQ(gain_to_db(1), 0);
  EXPECT_EQ(gain_to_db(0), -std::numeric_limits<double>::infinity());
}

TEST(ExactMath, DecayIsTheExponential) {
  Uniform time_constants(0, 700);
  for (int i = 0; i < kTrials; ++i) {
    const double x = time_constants();
    ASSERT_LT(relative_error(decay(x), std::exp(-static_cast<long double>(x))), 2e-13) << x;
  }
  EXPECT_EQ(decay(0), 1);
}

}  // namespace
}  // namespace quanta
