// A second-order section with a given magnitude response, for prototypes that the bilinear
// transform would bend: near half the sample rate.
#ifndef QUANTA_DSP_MAGNITUDE_FIT_H_
#define QUANTA_DSP_MAGNITUDE_FIT_H_

#include <array>
#include <cstddef>

#include "shared/realtime.h"

namespace quanta {

// y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''
struct SecondOrderSection {
  double b0, b1, b2, a1, a2;
};

// Where a response is to be met: the cosine of the angle 2 pi f / rate, and |H|^2 there.
struct MagnitudePoint {
  double cosine;
  double power;
};

inline constexpr size_t kMagnitudePoints = 5;  // as many as a section has degrees of freedom

// The stable, minimum-phase section that meets the points exactly, if there is one: the caller's
// response and points must be such that numerator and denominator stay positive between them. On
// the unit circle |H|^2 is a quotient of two quadratic polynomials in that cosine, which is found
// by rational interpolation; the factors follow as in M. Vicanek, "Matched Second Order Digital
// Filters" (2016), section 2. Additions, multiplications, divisions and square roots only.
SecondOrderSection fit_magnitude(
    const std::array<MagnitudePoint, kMagnitudePoints>& points) noexcept REALTIME;

}  // namespace quanta

#endif  // QUANTA_DSP_MAGNITUDE_FIT_H_
