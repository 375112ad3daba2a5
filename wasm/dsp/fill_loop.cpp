#include "dsp/fill_loop.h"

#include <algorithm>
#include <cmath>

namespace quanta {
namespace {

// Natural frequency of the loop in radians per second: this number divided by the age in seconds,
// as the gain of an estimator falls that has seen more and more, between two limits.
constexpr double kAgeing = 3;
constexpr double kFastest = 0.2;
constexpr double kSlowest = 0.03;

// Per second. A tone of 1 kHz then bends by less than 1e-4 of its amplitude in 10 ms.
constexpr double kMaxSlew = 500e-6;

constexpr double kSettlingSeconds = 30;

// The low-passes lie so far above the loop that they cost it 23 degrees of phase.
constexpr double kSmoothingOverLoop = 10;

// A one-pole low-pass by the implicit Euler method: stable for steps of any length.
double approach(double from, double to, double radians) noexcept REALTIME {
  return from + (to - from) * radians / (1 + radians);
}

double clamp_correction(double correction) noexcept REALTIME {
  return std::clamp(correction, -FillLoop::kMaxCorrection, FillLoop::kMaxCorrection);
}

}  // namespace

void FillLoop::configure(double rate_hz) {
  *this = FillLoop();
  rate_hz_ = rate_hz;
}

void FillLoop::restart() noexcept REALTIME {
  half_smooth_frames_ = smooth_frames_ = 0;
  correction_ = drift_;
  hurry();
}

bool FillLoop::settled() const noexcept REALTIME { return age_seconds_ > kSettlingSeconds; }

double FillLoop::speed() const noexcept REALTIME {
  return age_seconds_ * kFastest < kAgeing ? kFastest : std::max(kAgeing / age_seconds_, kSlowest);
}

void FillLoop::observe(double error_frames, double seconds) noexcept REALTIME {
  const double radians = kSmoothingOverLoop * speed() * seconds;
  half_smooth_frames_ = approach(half_smooth_frames_, error_frames, radians);
  smooth_frames_ = approach(smooth_frames_, half_smooth_frames_, radians);
  const double stray = std::abs(error_frames - smooth_frames_);
  spread_frames_ = approach(spread_frames_, stray, radians);
  age_seconds_ += seconds;
}

void FillLoop::correct(double seconds) noexcept REALTIME {
  const double error_seconds = smooth_frames_ / rate_hz_;
  const double wanted = drift_ + 2 * speed() * error_seconds;
  const double allowed = clamp_correction(wanted);
  const double change = kMaxSlew * seconds;
  correction_ += std::clamp(allowed - correction_, -change, change);
  // A correction at its limit must not wind the integral up further.
  if ((wanted - allowed) * error_seconds > 0) return;
  drift_ = clamp_correction(drift_ + speed() * speed() * error_seconds * seconds);
}

}  // namespace quanta
