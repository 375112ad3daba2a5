#include "dsp/k_weighting.h"

#include <array>
#include <cmath>

#include "dsp/exact_math.h"

namespace quanta {
namespace {

// The prototypes, De Man (2018), from the list for 48 kHz.
constexpr double kShelfHz = 1681.974450955533;
constexpr double kShelfQ = 0.7071752369554196;
constexpr double kShelfDb = 3.999843853973347;
constexpr double kShelfMiddle = 0.4996667741545416;  // of the shelf's gain in dB, at its frequency
constexpr double kHighPassHz = 38.13547087602444;
constexpr double kHighPassQ = 0.5003270373238773;
constexpr double kListedHz = 48000;

constexpr double kSilence = 1e-60;

// Denominator of a bilinear transform, with k = tan(pi f / rate).
constexpr double denominator(double k, double q) noexcept REALTIME { return 1 + k / q + k * k; }

constexpr double kLowestBilinearHz = 32000;

// Up to this share of the rate the fitted shelf is near its target; a filter's response is even
// round half the rate, the target's is not.
constexpr double kFittedShare = 0.4;
// Where it meets it: the zeros of Chebyshev's polynomial, (1 - cos((2 j + 1) pi / 10)) / 2, because
// they keep the error between them small.
constexpr double kFitNodes[kMagnitudePoints] = {0.024471741852423234, 0.2061073738537634, 0.5,
                                                0.7938926261462365, 0.9755282581475768};

SecondOrderSection bilinear_shelf(double rate_hz) noexcept REALTIME {
  const double k = tan_pi(kShelfHz / rate_hz);
  const double top = db_to_gain(kShelfDb);
  const double middle = db_to_gain(kShelfDb * kShelfMiddle);
  const double scale = denominator(k, kShelfQ);
  return {(top + middle * k / kShelfQ + k * k) / scale, 2 * (k * k - top) / scale,
          (top - middle * k / kShelfQ + k * k) / scale, 2 * (k * k - 1) / scale,
          (1 - k / kShelfQ + k * k) / scale};
}

// |H|^2 of a section at an angle.
double power_at(const SecondOrderSection& s, double cosine) noexcept REALTIME {
  const double twice = 2 * (2 * cosine * cosine - 1);  // 2 cos of twice the angle
  const double zeros = s.b0 * s.b0 + s.b1 * s.b1 + s.b2 * s.b2 +
                       2 * cosine * (s.b0 * s.b1 + s.b1 * s.b2) + twice * s.b0 * s.b2;
  const double poles =
      1 + s.a1 * s.a1 + s.a2 * s.a2 + 2 * cosine * (s.a1 + s.a1 * s.a2) + twice * s.a2;
  return zeros / poles;
}

// The nodes lie on x = f^2 / (f^2 + f0^2), which the shelf's own response follows.
SecondOrderSection fitted_shelf(double rate_hz) noexcept REALTIME {
  const SecondOrderSection listed = bilinear_shelf(kListedHz);
  const double end = kFittedShare * rate_hz / kShelfHz;
  const double end_x = end * end / (end * end + 1);
  std::array<MagnitudePoint, kMagnitudePoints> points;
  for (size_t i = 0; i < kMagnitudePoints; ++i) {
    const double x = end_x * kFitNodes[i];
    const double hz = kShelfHz * std::sqrt(x / (1 - x));
    points[i] = {cos_pi(2 * hz / rate_hz), power_at(listed, cos_pi(2 * hz / kListedHz))};
  }
  return fit_magnitude(points);
}

SecondOrderSection shelf(double rate_hz) noexcept REALTIME {
  return rate_hz < kLowestBilinearHz ? fitted_shelf(rate_hz) : bilinear_shelf(rate_hz);
}

SecondOrderSection high_pass(double rate_hz) noexcept REALTIME {
  const double k = tan_pi(kHighPassHz / rate_hz);
  const double scale = denominator(k, kHighPassQ);
  // The list has a numerator of 1, -2, 1, not divided by the denominator's first coefficient: its
  // gain at high frequencies is this one.
  constexpr double kListedGain = denominator(tan_pi(kHighPassHz / kListedHz), kHighPassQ);
  const double gain = kListedGain / scale;
  return {gain, -2 * gain, gain, 2 * (k * k - 1) / scale, (1 - k / kHighPassQ + k * k) / scale};
}

double flushed(double state) noexcept REALTIME {
  return state < kSilence && state > -kSilence ? 0 : state;
}

Double2 flushed(Double2 state) noexcept REALTIME {
  return Double2{flushed(state[0]), flushed(state[1])};
}

}  // namespace

KWeightingStages k_weighting_stages(double rate_hz) noexcept REALTIME {
  return {shelf(rate_hz), high_pass(rate_hz)};
}

void KWeighting::configure(float rate_hz) {
  *this = KWeighting();
  stages_ = k_weighting_stages(static_cast<double>(rate_hz));
}

void KWeighting::add(const float* left, const float* right, size_t frames) noexcept REALTIME {
  const SecondOrderSection a = stages_.shelf;
  const SecondOrderSection b = stages_.high_pass;
  State s = shelf_;
  State h = high_pass_;
  Double2 sum = sum_;
  for (size_t i = 0; i < frames; ++i) {
    const Double2 x = {static_cast<double>(left[i]), static_cast<double>(right[i])};
    const Double2 y = x * a.b0 + s.z1;
    s.z1 = (x * a.b1 + s.z2) - y * a.a1;
    s.z2 = x * a.b2 - y * a.a2;
    const Double2 z = y * b.b0 + h.z1;
    h.z1 = (y * b.b1 + h.z2) - z * b.a1;
    h.z2 = y * b.b2 - z * b.a2;
    sum += z * z;
  }
  shelf_ = {flushed(s.z1), flushed(s.z2)};
  high_pass_ = {flushed(h.z1), flushed(h.z2)};
  sum_ = sum;
}

Double2 KWeighting::take_sum() noexcept REALTIME {
  const Double2 sum = sum_;
  sum_ = Double2{};
  return sum;
}

}  // namespace quanta
