#include "dsp/smoother.h"

#include <numbers>

#include "dsp/exact_math.h"

namespace quanta {
namespace {

// The minimum four-term Blackman-Harris window (F. J. Harris, "On the use of windows for harmonic
// analysis with the discrete Fourier transform", Proc. IEEE 66, 1978, table I).
constexpr double kTerms[] = {0.35875, -0.48829, 0.14128, -0.01168};

// Its integral from 0 to t, normalised: 0 at 0, 1/2 at 1/2, 1 at 1.
double integral(double t) {
  double sum = kTerms[0] * t;
  for (int k = 1; k < 4; ++k) {
    sum += kTerms[k] * sin_pi(2 * k * t) / (2 * k * std::numbers::pi);
  }
  return sum / kTerms[0];
}

}  // namespace

bool RampShape::configure(Arena& arena, float rate_hz) {
  const auto frames = static_cast<size_t>(kRampSeconds * static_cast<double>(rate_hz) + 0.5);
  shape_ = arena.take<float>(frames);
  for (size_t i = 0; i < shape_.size(); ++i) {
    shape_[i] = static_cast<float>(integral(static_cast<double>(i) / static_cast<double>(frames)));
  }
  return !shape_.empty();
}

}  // namespace quanta
