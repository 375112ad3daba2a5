// Elementary functions with the same bits in every build: made of IEEE 754 double additions,
// multiplications and divisions in a fixed order. libm's functions differ in the last place between
// hosts, and results of these reach samples and published values.
//
// Each is accurate to 4e-16 relative, give or take one rounding of the argument's reduction; the
// tests hold them to 1e-15 against libm. Any thread. Wait-free. Usable in constant expressions.
#ifndef QUANTA_DSP_EXACT_MATH_H_
#define QUANTA_DSP_EXACT_MATH_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>

#include "shared/realtime.h"

namespace quanta {
namespace exact_detail {

// 1.5 * 2^52: adding and subtracting it rounds a double below 2^51 to the nearest integer, ties to
// even.
inline constexpr double kRounder = 6755399441055744.0;

constexpr double round_to_integer(double x) noexcept REALTIME { return (x + kRounder) - kRounder; }

// Horner's scheme; the first coefficient belongs to the highest power.
template <size_t kCount>
constexpr double horner(double x, const double (&coefficients)[kCount]) noexcept REALTIME {
  double sum = coefficients[0];
  for (size_t i = 1; i < kCount; ++i) sum = sum * x + coefficients[i];
  return sum;
}

// Taylor series of sin(x) / x and cos(x) in x^2, good for |x| <= pi / 4: the first term left out is
// below 1e-19.
inline constexpr double kSine[] = {1 / 355687428096000.0,
                                   -1 / 1307674368000.0,
                                   1 / 6227020800.0,
                                   -1 / 39916800.0,
                                   1 / 362880.0,
                                   -1 / 5040.0,
                                   1 / 120.0,
                                   -1 / 6.0,
                                   1};
inline constexpr double kCosine[] = {-1 / 6402373705728000.0,
                                     1 / 20922789888000.0,
                                     -1 / 87178291200.0,
                                     1 / 479001600.0,
                                     -1 / 3628800.0,
                                     1 / 40320.0,
                                     -1 / 720.0,
                                     1 / 24.0,
                                     -1 / 2.0,
                                     1};
// Taylor series of e^x, good for |x| <= ln(2) / 2.
inline constexpr double kExponential[] = {1 / 87178291200.0,
                                          1 / 6227020800.0,
                                          1 / 479001600.0,
                                          1 / 39916800.0,
                                          1 / 3628800.0,
                                          1 / 362880.0,
                                          1 / 40320.0,
                                          1 / 5040.0,
                                          1 / 720.0,
                                          1 / 120.0,
                                          1 / 24.0,
                                          1 / 6.0,
                                          1 / 2.0,
                                          1,
                                          1};
// Series of atanh(x) / x in x^2, good for |x| <= 0.172.
inline constexpr double kInverseTanh[] = {1 / 21.0, 1 / 19.0, 1 / 17.0, 1 / 15.0,
                                          1 / 13.0, 1 / 11.0, 1 / 9.0,  1 / 7.0,
                                          1 / 5.0,  1 / 3.0,  1};

// Sine and cosine of an angle of half turns, quarter by quarter.
struct Turn {
  double sine;
  double cosine;
};

constexpr Turn turn(double half_turns) noexcept REALTIME {
  const double quarters = round_to_integer(2 * half_turns);
  const double x = std::numbers::pi * (half_turns - quarters / 2);  // the difference is exact
  const double sine = x * horner(x * x, kSine);
  const double cosine = horner(x * x, kCosine);
  switch (static_cast<int64_t>(quarters) & 3) {
    case 0:
      return {sine, cosine};
    case 1:
      return {cosine, -sine};
    case 2:
      return {-sine, -cosine};
    default:
      return {-cosine, sine};
  }
}

// atan(i / 8), and the series of atan(z) / z in z^2, good for |z| <= 1 / 15.
inline constexpr double kInverseTangents[] = {0,
                                              0.12435499454676143503,
                                              0.24497866312686415417,
                                              0.35877067027057222040,
                                              0.46364760900080611621,
                                              0.55859931534356243597,
                                              0.64350110879328438680,
                                              0.71882999962162450542,
                                              0.78539816339744830962};
inline constexpr double kInverseTangent[] = {-1 / 15.0, 1 / 13.0, -1 / 11.0, 1 / 9.0,
                                             -1 / 7.0,  1 / 5.0,  -1 / 3.0,  1};

// atan(part / whole) in radians for 0 <= part <= whole, whole > 0: the angle of the nearest eighth
// and the rest, by atan(r) = atan(c) + atan((r - c) / (1 + r c)).
constexpr double inverse_tangent(double part, double whole) noexcept REALTIME {
  const double eighths = round_to_integer(8 * part / whole);
  const double centre = eighths / 8;
  const double z = (part - centre * whole) / (whole + centre * part);
  return kInverseTangents[static_cast<size_t>(eighths)] + z * horner(z * z, kInverseTangent);
}

// Bits of a double: sign, 11 bits of exponent with this bias, 52 bits of mantissa.
inline constexpr int kMantissaBits = 52;
inline constexpr int64_t kExponentBias = 1023;

}  // namespace exact_detail

// sin(pi x), cos(pi x) and tan(pi x) for |x| < 2^50; exact where the result is 0 or 1.
constexpr double sin_pi(double x) noexcept REALTIME { return exact_detail::turn(x).sine; }

constexpr double cos_pi(double x) noexcept REALTIME { return exact_detail::turn(x).cosine; }

constexpr double tan_pi(double x) noexcept REALTIME {
  const exact_detail::Turn turn = exact_detail::turn(x);
  return turn.sine / turn.cosine;
}

// The angle of the point (x, y) in half turns, from -1 to 1: atan2(y, x) / pi. Exact on the axes; 0
// at the origin. The larger coordinate is a normal number.
constexpr double atan2_pi(double y, double x) noexcept REALTIME {
  const double height = y < 0 ? -y : y;
  const double width = x < 0 ? -x : x;
  if (height == 0 && width == 0) return 0;
  double angle = height <= width
                     ? exact_detail::inverse_tangent(height, width) * std::numbers::inv_pi
                     : 0.5 - exact_detail::inverse_tangent(width, height) * std::numbers::inv_pi;
  if (x < 0) angle = 1 - angle;
  return y < 0 ? -angle : angle;
}

// 2^x; 0 below 2^-1022, infinite from 2^1023.5 on. Integers give exact powers.
constexpr double exact_exp2(double x) noexcept REALTIME {
  using namespace exact_detail;
  if (x < -1022) return 0;
  if (x >= 1023.5) return std::numeric_limits<double>::infinity();
  const double whole = round_to_integer(x);
  const int64_t bits = (static_cast<int64_t>(whole) + kExponentBias) << kMantissaBits;
  return horner((x - whole) * std::numbers::ln2, kExponential) * __builtin_bit_cast(double, bits);
}

// Base-2 logarithm of a normal number; minus infinity for everything below, 0 included. Powers of
// two give exact integers.
constexpr double exact_log2(double x) noexcept REALTIME {
  using namespace exact_detail;
  if (x < std::numeric_limits<double>::min()) return -std::numeric_limits<double>::infinity();
  // The exponent that leaves a mantissa m in [sqrt(1/2), sqrt(2)).
  constexpr auto kRootHalf = __builtin_bit_cast(int64_t, std::numbers::sqrt2 / 2);
  const auto bits = __builtin_bit_cast(int64_t, x);
  const int64_t exponent = (bits - kRootHalf) >> kMantissaBits;
  const auto m = __builtin_bit_cast(double, bits - (exponent << kMantissaBits));
  const double s = (m - 1) / (m + 1);
  return static_cast<double>(exponent) +
         s * (horner(s * s, kInverseTanh) * (2 * std::numbers::log2e));
}

// e^x.
constexpr double exact_exp(double x) noexcept REALTIME {
  return exact_exp2(x * std::numbers::log2e);
}

inline constexpr double kLog2Of10 = std::numbers::ln10 * std::numbers::log2e;
inline constexpr double kDbPerOctave = 20 / kLog2Of10;  // of amplitude: 6.02 dB

// Amplitude of a level: 0 dB is exactly 1.
constexpr double db_to_gain(double db) noexcept REALTIME {
  return exact_exp2(db * (kLog2Of10 / 20));
}

// Level of an amplitude: 1 is exactly 0 dB, 0 is minus infinity.
constexpr double gain_to_db(double gain) noexcept REALTIME {
  return exact_log2(gain) * kDbPerOctave;
}

// Level of a power, of a mean square: 1 is exactly 0 dB, 0 is minus infinity.
constexpr double power_to_db(double power) noexcept REALTIME {
  return exact_log2(power) * (kDbPerOctave / 2);
}

}  // namespace quanta

#endif  // QUANTA_DSP_EXACT_MATH_H_
