#include "dsp/k_weighting.h"

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

KWeightingStage shelf(double rate_hz) noexcept REALTIME {
  const double k = tan_pi(kShelfHz / rate_hz);
  const double top = db_to_gain(kShelfDb);
  const double middle = db_to_gain(kShelfDb * kShelfMiddle);
  const double scale = denominator(k, kShelfQ);
  return {(top + middle * k / kShelfQ + k * k) / scale, 2 * (k * k - top) / scale,
          (top - middle * k / kShelfQ + k * k) / scale, 2 * (k * k - 1) / scale,
          (1 - k / kShelfQ + k * k) / scale};
}

KWeightingStage high_pass(double rate_hz) noexcept REALTIME {
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
  const KWeightingStage a = stages_.shelf;
  const KWeightingStage b = stages_.high_pass;
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
