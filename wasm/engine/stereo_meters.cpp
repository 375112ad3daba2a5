#include "engine/stereo_meters.h"

namespace quanta {

bool StereoMeters::configure(Arena& arena, float rate_hz) {
  for (LevelMeter& level : levels_) level.configure(rate_hz);
  vu_.configure(rate_hz);
  return loudness_.configure(arena, rate_hz, 2);
}

void StereoMeters::update(std::span<const float> left,
                          std::span<const float> right) noexcept REALTIME {
  const std::span<const float> channels[] = {left, right};
  const auto frames = static_cast<uint32_t>(left.size());
  for (size_t channel = 0; channel < 2; ++channel) {
    levels_[channel].update(measure_level(channels[channel]), frames);
    true_peaks_[channel].update(channels[channel]);
  }
  vu_.update(left.data(), right.data(), frames);
  const std::array<const float*, 2> planes = {left.data(), right.data()};
  loudness_.update(planes, frames);
}

void StereoMeters::archive(Archive& a) noexcept REALTIME {
  for (size_t channel = 0; channel < 2; ++channel) {
    levels_[channel].archive(a);
    true_peaks_[channel].archive(a);
  }
  vu_.archive(a);
  loudness_.archive(a);
}

void StereoMeters::reset() noexcept REALTIME {
  for (TruePeakMeter& meter : true_peaks_) meter.reset();
  loudness_.reset();
}

}  // namespace quanta
