#include "dsp/kaiser_transform.h"

#include <cmath>
#include <numbers>

#include "dsp/exact_math.h"
#include "dsp/window.h"

namespace quanta {
namespace {

constexpr double kPiSquare = std::numbers::pi * std::numbers::pi;

double sinh_over(double x) { return (exact_exp(x) - exact_exp(-x)) / (2 * x); }

// sinh(r) / r and its derivative by r^2, of any sign: both are entire functions of r^2.
struct Lobe {
  double value;
  double slope;
};

// Taylor series about 0: the closed form of the slope would lose digits there. The terms left out
// are below 1e-17 for |s| <= 0.5.
Lobe lobe_near_zero(double s) noexcept REALTIME {
  constexpr double kValue[] = {1 / 1307674368000.0, 1 / 6227020800.0, 1 / 39916800.0, 1 / 362880.0,
                               1 / 5040.0,          1 / 120.0,        1 / 6.0,        1};
  constexpr double kSlope[] = {
      8 / 355687428096000.0, 7 / 1307674368000.0, 6 / 6227020800.0, 5 / 39916800.0,
      4 / 362880.0,          3 / 5040.0,          2 / 120.0,        1 / 6.0};
  return {exact_detail::horner(s, kValue), exact_detail::horner(s, kSlope)};
}

// By d(sinh(r) / r) / d(r^2) = (cosh(r) - sinh(r) / r) / (2 r^2).
Lobe lobe(double s) noexcept REALTIME {
  if (std::fabs(s) <= 0.5) return lobe_near_zero(s);
  const double r = std::sqrt(std::fabs(s));
  double value;
  double cosine;
  if (s > 0) {
    const double up = exact_exp(r);
    const double down = 1 / up;
    value = (up - down) / (2 * r);
    cosine = (up + down) / 2;
  } else {
    const exact_detail::Turn turn = exact_detail::turn(r * std::numbers::inv_pi);
    value = turn.sine / r;
    cosine = turn.cosine;
  }
  return {value, (cosine - value) / (2 * s)};
}

}  // namespace

KaiserTransform::KaiserTransform(double beta)
    : beta_square_(beta * beta),
      scale_(1 / sinh_over(beta)),
      mean_(sinh_over(beta) / bessel_i0(beta)),
      half_width_bins_(std::sqrt(1 + beta * beta / kPiSquare)) {}

KaiserTransform::Point KaiserTransform::at(double bins) const noexcept REALTIME {
  const Lobe here = lobe(beta_square_ - kPiSquare * bins * bins);
  return {here.value * scale_, here.slope * scale_ * (-2 * kPiSquare * bins)};
}

double KaiserTransform::skirt(double bins) const noexcept REALTIME {
  const double s = kPiSquare * bins * bins - beta_square_;
  return s > 1 ? scale_ / std::sqrt(s) : scale_;
}

}  // namespace quanta
