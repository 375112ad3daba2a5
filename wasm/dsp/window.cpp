#include "dsp/window.h"

#include <cmath>
#include <cstddef>
#include <numbers>

#include "dsp/exact_math.h"

namespace quanta {

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

void KaiserWindow::fill(std::span<float> row) const {
  const double half = static_cast<double>(row.size()) / 2;
  for (size_t i = 0; i < row.size(); ++i) {
    row[i] = static_cast<float>((*this)((static_cast<double>(i) - half) / half));
  }
}

}  // namespace quanta
