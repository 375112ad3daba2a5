#include "dsp/biquad.h"

#include <algorithm>
#include <cmath>

#include "dsp/exact_math.h"

namespace quanta {
namespace {

// While settings move the filter is designed anew after so many frames, and blends in between.
constexpr uint32_t kStepFrames = 16;
constexpr double kHighestFrequency = 0.49;  // of the sample rate
// Far below what a float can hold, so no output changes where a state is set to 0.
constexpr double kSilence = 1e-60;

// Simper's gains of input, band-pass and low-pass, the latter two for v1 and v2.
struct Mix {
  double input;
  double band;
  double low;
};

double flushed(double state) noexcept REALTIME {
  return state < kSilence && state > -kSilence ? 0 : state;
}

}  // namespace

void Biquad::configure(const RampShape& ramp, BiquadShape shape, float rate_hz) {
  *this = Biquad();
  shape_ = shape;
  rate_hz_ = static_cast<double>(rate_hz);
  smoother_.configure(ramp, lanes_of(BiquadSetting()));
}

Biquad::Lanes Biquad::lanes_of(const BiquadSetting& setting) const noexcept REALTIME {
  const double hz =
      std::min(static_cast<double>(setting.frequency_hz), kHighestFrequency * rate_hz_);
  const float full = shape_ == BiquadShape::kHighPass ? 1 : setting.gain_db;
  return {static_cast<float>(exact_log2(hz)),
          static_cast<float>(exact_log2(static_cast<double>(setting.q))), setting.on ? full : 0};
}

void Biquad::set(const BiquadSetting& setting) noexcept REALTIME {
  Lanes lanes = lanes_of(setting);
  if (neutral()) {
    // What is not heard need not move: start from silence at the new frequency.
    const float amount = lanes[kAmount];
    lanes[kAmount] = 0;
    smoother_.jump(lanes);
    lanes[kAmount] = amount;
    now_ = next_ = design(smoother_.value());
    steps_left_ = 0;
    s1_ = s2_ = Double2{};
  }
  smoother_.set(lanes);
}

void Biquad::archive(Archive& a) noexcept REALTIME {
  smoother_.archive(a);
  a.values(now_, step_, next_, steps_left_, s1_, s2_);
}

Biquad::Coefficients Biquad::design(const Lanes& lanes) const noexcept REALTIME {
  double g = tan_pi(exact_exp2(static_cast<double>(lanes[kFrequency])) / rate_hz_);
  double k = exact_exp2(-static_cast<double>(lanes[kQ]));
  const auto amount = static_cast<double>(lanes[kAmount]);
  Mix mix{1, 0, 0};
  if (shape_ == BiquadShape::kHighPass) {
    mix = {1, -k * amount, -amount};
  } else {
    const double a = exact_exp2(amount * (kLog2Of10 / 40));  // the cookbook's A
    switch (shape_) {
      case BiquadShape::kLowShelf:
        g /= std::sqrt(a);
        mix = {1, k * (a - 1), a * a - 1};
        break;
      case BiquadShape::kHighShelf:
        g *= std::sqrt(a);
        mix = {a * a, k * (1 - a) * a, 1 - a * a};
        break;
      default:
        k /= a;
        mix = {1, k * (a * a - 1), 0};
    }
  }
  const double a1 = 1 / (1 + g * (g + k));
  const double a2 = g * a1;
  const double a3 = g * a2;
  return {2 * a1 - 1,
          2 * a2,
          2 * a3,
          mix.input + mix.band * a2 + mix.low * a3,
          mix.band * a1 + mix.low * a2,
          mix.low - mix.band * a2 - mix.low * a3};
}

// Sets out for the setting of kStepFrames later.
void Biquad::aim() noexcept REALTIME {
  constexpr double kPerFrame = 1.0 / kStepFrames;
  now_ = next_;
  smoother_.advance(kStepFrames);
  next_ = design(smoother_.value());
  step_ = {(next_.p - now_.p) * kPerFrame,   (next_.q - now_.q) * kPerFrame,
           (next_.r - now_.r) * kPerFrame,   (next_.d - now_.d) * kPerFrame,
           (next_.c1 - now_.c1) * kPerFrame, (next_.c2 - now_.c2) * kPerFrame};
  steps_left_ = kStepFrames;
}

void Biquad::process(std::span<Double2> frames) noexcept REALTIME {
  while (!frames.empty()) {
    if (steps_left_ == 0 && !smoother_.settled()) aim();
    if (steps_left_ == 0) {
      now_ = next_;
      break;
    }
    const size_t count = std::min<size_t>(frames.size(), steps_left_);
    run_moving(frames.first(count));
    steps_left_ -= static_cast<uint32_t>(count);
    frames = frames.subspan(count);
  }
  if (!frames.empty() && !neutral()) run_settled(frames);
  flush_denormals();
}

void Biquad::run_settled(std::span<Double2> frames) noexcept REALTIME {
  const Coefficients c = now_;
  Double2 s1 = s1_;
  Double2 s2 = s2_;
  for (Double2& frame : frames) {
    const Double2 x = frame;
    const Double2 rest = x - s2;
    frame = (x * c.d + s1 * c.c1) + s2 * c.c2;
    s2 = (s2 + s1 * c.q) + rest * c.r;
    s1 = s1 * c.p + rest * c.q;
  }
  s1_ = s1;
  s2_ = s2;
}

void Biquad::run_moving(std::span<Double2> frames) noexcept REALTIME {
  Coefficients& c = now_;
  for (Double2& frame : frames) {
    const Double2 x = frame;
    const Double2 rest = x - s2_;
    frame = (x * c.d + s1_ * c.c1) + s2_ * c.c2;
    s2_ = (s2_ + s1_ * c.q) + rest * c.r;
    s1_ = s1_ * c.p + rest * c.q;
    c = {c.p + step_.p, c.q + step_.q,   c.r + step_.r,
         c.d + step_.d, c.c1 + step_.c1, c.c2 + step_.c2};
  }
}

void Biquad::flush_denormals() noexcept REALTIME {
  s1_ = Double2{flushed(s1_[0]), flushed(s1_[1])};
  s2_ = Double2{flushed(s2_[0]), flushed(s2_[1])};
}

}  // namespace quanta
