#include "dsp/window.h"

#include <cmath>
#include <numbers>

namespace quanta {
namespace {

// sin(z) / z by its Taylor series; the first term left out is below 1e-18 for |z| <= pi / 2.
double sinc_series(double z) {
  constexpr int kLastFactor = 22;
  const double square = z * z;
  double sum = 1;
  for (int n = kLastFactor; n >= 2; n -= 2) sum = 1 - square / (n * (n + 1)) * sum;
  return sum;
}

double sin_pi(double x) {
  const double turn = x - 2 * std::floor(x / 2 + 0.5);  // in [-1, 1): exact
  // sin(pi - z) = sin(z) folds the outer quarters inwards.
  const double folded = turn > 0.5 ? 1 - turn : turn < -0.5 ? -1 - turn : turn;
  const double angle = std::numbers::pi * folded;
  return angle * sinc_series(angle);
}

}  // namespace

double bessel_i0(double x) {
  // Abramowitz and Stegun, 9.6.12: the sum of ((x/2)^k / k!)^2. All terms are positive.
  constexpr double kNegligible = 1e-18;
  const double quarter_square = x * x / 4;
  double sum = 1;
  double term = 1;
  for (int k = 1; term > kNegligible * sum; ++k) {
    term *= quarter_square / (k * k);
    sum += term;
  }
  return sum;
}

double sinc(double x) { return x == 0 ? 1 : sin_pi(x) / (std::numbers::pi * x); }

KaiserWindow::KaiserWindow(double beta) : beta_(beta), scale_(1 / bessel_i0(beta)) {}

double KaiserWindow::operator()(double x) const {
  const double inside = 1 - x * x;
  return inside > 0 ? bessel_i0(beta_ * std::sqrt(inside)) * scale_ : 0;
}

}  // namespace quanta
