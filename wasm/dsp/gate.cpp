#include "dsp/gate.h"

#include <algorithm>
#include <array>

#include "dsp/exact_math.h"
#include "dsp/one_pole.h"
#include "shared/layout.h"

namespace quanta {
namespace {

constexpr size_t kBlock = kDefaultQuantumFrames;

}  // namespace

void Gate::configure(const RampShape& ramp, float rate_hz) {
  *this = Gate();
  rate_hz_ = static_cast<double>(rate_hz);
  amount_.configure(ramp, {0});
  set(GateSetting());
}

void Gate::set(const GateSetting& setting) noexcept REALTIME {
  if (neutral()) {
    gain_ = 1;
    hold_left_ = 0;
  }
  threshold_ = db_to_gain(static_cast<double>(setting.threshold_db));
  floor_ = db_to_gain(static_cast<double>(setting.range_db));
  rise_ = one_pole_step(setting.attack_ms, rate_hz_);
  fall_ = one_pole_step(setting.release_ms, rate_hz_);
  hold_frames_ = static_cast<uint32_t>(static_cast<double>(setting.hold_ms) / 1000 * rate_hz_);
  amount_.set({setting.on ? 1.0F : 0.0F});
}

void Gate::archive(Archive& a) noexcept REALTIME {
  a.values(hold_left_, gain_);
  amount_.archive(a);
}

void Gate::step(double magnitude) noexcept REALTIME {
  const bool loud = magnitude >= threshold_;
  const bool open = loud || hold_left_ > 0;
  hold_left_ = loud ? hold_frames_ : hold_left_ - (hold_left_ > 0);
  gain_ = approach(gain_, open ? 1.0 : floor_, rise_, fall_);
}

void Gate::process(std::span<Double2> frames) noexcept REALTIME {
  if (neutral()) return;
  while (!frames.empty()) {
    const size_t count = std::min(frames.size(), kBlock);
    std::array<float, kBlock> amounts;
    amount_.fill({amounts.data()}, static_cast<uint32_t>(count));
    for (size_t i = 0; i < count; ++i) {
      step(loudest(frames[i]));
      const auto amount = static_cast<double>(amounts[i]);
      frames[i] *= (1 - amount) + amount * gain_;
    }
    frames = frames.subspan(count);
  }
}

}  // namespace quanta
