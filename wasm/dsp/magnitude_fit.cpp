#include "dsp/magnitude_fit.h"

#include <cmath>
#include <utility>

namespace quanta {
namespace {

constexpr size_t kUnknowns = kMagnitudePoints;

// A row of the equations: factors of the unknowns, then the right side.
using Row = std::array<double, kUnknowns + 1>;
using Equations = std::array<Row, kUnknowns>;
using Unknowns = std::array<double, kUnknowns>;

double magnitude(double x) noexcept REALTIME { return x < 0 ? -x : x; }

// Brings the row with the largest factor of an unknown to its place on the diagonal.
void pivot(Equations& rows, size_t unknown) noexcept REALTIME {
  size_t best = unknown;
  for (size_t i = unknown + 1; i < kUnknowns; ++i) {
    if (magnitude(rows[i][unknown]) > magnitude(rows[best][unknown])) best = i;
  }
  std::swap(rows[unknown], rows[best]);
}

// Gauss and Jordan's elimination.
Unknowns solve(Equations rows) noexcept REALTIME {
  for (size_t i = 0; i < kUnknowns; ++i) {
    pivot(rows, i);
    for (size_t k = 0; k < kUnknowns; ++k) {
      if (k == i) continue;
      const double factor = rows[k][i] / rows[i][i];
      for (size_t j = i; j <= kUnknowns; ++j) rows[k][j] -= factor * rows[i][j];
    }
  }
  Unknowns result;
  for (size_t i = 0; i < kUnknowns; ++i) result[i] = rows[i][kUnknowns] / rows[i][i];
  return result;
}

// q0 + q1 z^-1 + q2 z^-2, with its zeros inside the unit circle.
struct Factor {
  double q0, q1, q2;
};

// Of |q0 + q1 z^-1 + q2 z^-2|^2 = p0 + p1 cos + p2 cos^2.
Factor factor_of(double p0, double p1, double p2) noexcept REALTIME {
  const double at_zero = std::sqrt(p0 + p1 + p2);
  const double at_nyquist = std::sqrt(p0 - p1 + p2);
  const double outer = (at_zero + at_nyquist) / 2;
  const double q0 = (outer + std::sqrt(outer * outer - p2)) / 2;
  return {q0, (at_zero - at_nyquist) / 2, p2 / (4 * q0)};
}

}  // namespace

SecondOrderSection fit_magnitude(
    const std::array<MagnitudePoint, kMagnitudePoints>& points) noexcept REALTIME {
  Equations rows;
  for (size_t i = 0; i < kUnknowns; ++i) {
    const double c = points[i].cosine;
    const double power = points[i].power;
    rows[i] = {1, c, c * c, -power * c, -power * c * c, power};
  }
  const auto [n0, n1, n2, d1, d2] = solve(rows);
  const Factor zeros = factor_of(n0, n1, n2);
  const Factor poles = factor_of(1, d1, d2);
  return {zeros.q0 / poles.q0, zeros.q1 / poles.q0, zeros.q2 / poles.q0, poles.q1 / poles.q0,
          poles.q2 / poles.q0};
}

}  // namespace quanta
