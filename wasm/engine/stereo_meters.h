// Every meter of one stereo signal.
#ifndef QUANTA_ENGINE_STEREO_METERS_H_
#define QUANTA_ENGINE_STEREO_METERS_H_

#include <array>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "dsp/level.h"
#include "dsp/loudness.h"
#include "dsp/true_peak.h"
#include "dsp/vu_meter.h"
#include "shared/realtime.h"

namespace quanta {

class StereoMeters {
 public:
  // False: the arena is full.
  bool configure(Arena& arena, float rate_hz);

  // Audio thread only. Wait-free. Finite samples, as many in each channel.
  void update(std::span<const float> left, std::span<const float> right) noexcept REALTIME;

  // Peak and RMS with their ballistics. channel: 0 left, 1 right.
  const LevelMeter& level(uint32_t channel) const noexcept REALTIME { return levels_[channel]; }

  const TruePeakMeter& true_peak(uint32_t channel) const noexcept REALTIME {
    return true_peaks_[channel];
  }

  const VuMeter& vu() const noexcept REALTIME { return vu_; }

  const LoudnessMeter& loudness() const noexcept REALTIME { return loudness_; }

  // Starts the true peak's and the loudness' measurement anew; needles go on.
  void reset() noexcept REALTIME;

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  std::array<LevelMeter, 2> levels_;
  std::array<TruePeakMeter, 2> true_peaks_;
  VuMeter vu_;
  LoudnessMeter loudness_;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_STEREO_METERS_H_
