// The limiter at the end of the mix: no peak between the samples rises above the ceiling.
#ifndef QUANTA_DSP_LIMITER_H_
#define QUANTA_DSP_LIMITER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "dsp/sliding_max.h"
#include "dsp/smoother.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

struct LimiterSetting {
  float ceiling_db = -1;   // dBTP
  float release_ms = 100;  // time constant of the gain's way back
  bool on = false;
};

// Looks ahead: the signal waits while the gain comes down along a smooth curve, and the gain is
// down and level from before a peak until after it. Peaks are true peaks (ITU-R BS.1770-4, annex 2)
// of either channel; both get one gain. Below the ceiling the output is the input delayed, bit by
// bit; switched off it is the input. Being switched cross-fades between the two.
class Limiter {
 public:
  // Starts off. The ramp outlives the limiter. False: the arena is full.
  bool configure(Arena& arena, const RampShape& ramp, float rate_hz);

  // Heads for a setting from the next frame on.
  void set(const LimiterSetting& setting) noexcept REALTIME;

  // Whether process() leaves the samples as they are, because it is off.
  bool neutral() const noexcept REALTIME {
    return lanes_.settled() && lanes_.target()[kAmount] == 0;
  }

  // By how much the output is late when it is on.
  uint32_t delay_frames() const noexcept REALTIME { return delay_frames_; }

  // Audio thread only. Wait-free. In place, finite samples. The result does not depend on the
  // blocks.
  void process(std::span<float> left, std::span<float> right) noexcept REALTIME;

  // The lowest gain since the last call, linear, and starts over; 1: nothing was limited.
  float take_lowest_gain() noexcept REALTIME;

  // Audio thread only. Wait-free. What is not a matter of the last setting: see archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  static constexpr size_t kBlock = kDefaultQuantumFrames;
  using Values = std::array<float, kBlock>;

  enum Lane { kCeiling, kAmount, kLanes };

  // A running average of the last values; exact, because sums of integers are.
  struct Average {
    std::span<double> ring;
    double sum = 0;
    size_t next = 0;

    double push(double value) noexcept REALTIME;
    void clear(double value) noexcept REALTIME;
  };

  void clear() noexcept REALTIME;
  void process_block(std::span<float> left, std::span<float> right) noexcept REALTIME;
  void detect(Values& peaks, const Values& ceilings, size_t frames) const noexcept REALTIME;
  float gain_for(float peak, float ceiling) noexcept REALTIME;

  double rate_hz_ = 48000;
  uint32_t delay_frames_ = 0;
  double rise_ = 1;
  double gain_ = 1;  // before it is smoothed
  float lowest_gain_ = 1;
  SlidingMax held_;
  std::array<Average, 2> averages_;
  // Each channel's last samples, then those of a block.
  std::array<std::span<float>, 2> lines_;
  Smoother<kLanes> lanes_;
};

}  // namespace quanta

#endif  // QUANTA_DSP_LIMITER_H_
