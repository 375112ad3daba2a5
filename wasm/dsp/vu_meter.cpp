#include "dsp/vu_meter.h"

#include <algorithm>
#include <numbers>

#include "dsp/exact_math.h"

namespace quanta {
namespace {

constexpr float kStepsPerSecond = 1000;
// A damping of 0.8127 overshoots by exp(-pi d / sqrt(1 - d^2)) = 1.25 %; its step response passes
// 99 % at 4.0536 / (2 pi f), which is 300 ms for this f.
constexpr double kDamping = 0.8127;
constexpr double kNeedleHz = 2.1505;
// Average magnitude of a sine of amplitude 1.
constexpr double kSineAverage = 2 / std::numbers::pi;
constexpr double kSilence = 1e-15;

double flushed(double state) noexcept REALTIME {
  return state < kSilence && state > -kSilence ? 0 : state;
}

}  // namespace

void VuMeter::configure(float rate_hz) {
  *this = VuMeter();
  step_frames_ = static_cast<uint32_t>(rate_hz / kStepsPerSecond + 0.5F);
  const double steps_hz = static_cast<double>(rate_hz) / step_frames_;
  const double g = tan_pi(kNeedleHz / steps_hz);
  a1_ = 1 / (1 + g * (g + 2 * kDamping));
  a2_ = g * a1_;
  a3_ = g * a2_;
}

void VuMeter::update(const float* left, const float* right, size_t frames) noexcept REALTIME {
  for (size_t done = 0; done < frames;) {
    const size_t end = std::min<size_t>(frames, done + step_frames_ - step_filled_);
    step_filled_ += static_cast<uint32_t>(end - done);
    Double2 total = sum_;
    for (; done < end; ++done) {
      total += abs2(Double2{static_cast<double>(left[done]), static_cast<double>(right[done])});
    }
    sum_ = total;
    if (step_filled_ == step_frames_) move_needle();
  }
}

void VuMeter::move_needle() noexcept REALTIME {
  const Double2 rest = sum_ / (step_frames_ * kSineAverage) - s2_;
  const Double2 speed = s1_ * a1_ + rest * a2_;
  needle_ = s2_ + s1_ * a2_ + rest * a3_;
  s1_ = speed * 2.0 - s1_;
  s2_ = needle_ * 2.0 - s2_;
  s1_ = Double2{flushed(s1_[0]), flushed(s1_[1])};
  s2_ = Double2{flushed(s2_[0]), flushed(s2_[1])};
  sum_ = Double2{};
  step_filled_ = 0;
}

// The needle's stop is at 0.
float VuMeter::reading(int channel) const noexcept REALTIME {
  return static_cast<float>(std::max(needle_[channel], 0.0));
}

}  // namespace quanta
