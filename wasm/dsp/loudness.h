// Loudness after ITU-R BS.1770-4 and EBU Tech 3341 and 3342.
#ifndef QUANTA_DSP_LOUDNESS_H_
#define QUANTA_DSP_LOUDNESS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "dsp/k_weighting.h"
#include "dsp/lanes.h"
#include "dsp/loudness_histogram.h"
#include "shared/realtime.h"

namespace quanta {

// Meter of one programme. Momentary and short-term loudness slide in steps of
// 10 ms over 400 ms and 3 s, and take what came before the start as silence. Integrated loudness
// and range go on for any length of time in fixed memory. Levels are LUFS; of silence, and before
// there is a block to measure, minus infinity.
//
// The readings do not depend on how the signal is cut into blocks.
class LoudnessMeter {
 public:
  static constexpr uint32_t kMaxChannels = 6;
  // Of a channel at the side of the listener (BS.1770-4, table 3).
  static constexpr double kSurroundWeight = 1.41;

  // Up to kMaxChannels, in the order of WAVE files: mono; L R; L R C; L R Ls Rs; L R C Ls Rs; or
  // L R C LFE Ls Rs. False: the arena is full.
  bool configure(Arena& arena, float rate_hz, uint32_t channels);

  // Any number of channels, each with the weight of its power. False: the arena is full.
  bool configure(Arena& arena, float rate_hz, std::span<const double> weights);

  // Audio thread only. Wait-free. One plane of finite samples for each channel.
  void update(std::span<const float* const> planes, size_t frames) noexcept REALTIME;

  float momentary() const noexcept REALTIME { return momentary_; }

  float short_term() const noexcept REALTIME { return short_term_; }

  float integrated() const noexcept REALTIME { return integrated_; }

  float max_momentary() const noexcept REALTIME { return max_momentary_; }

  float max_short_term() const noexcept REALTIME { return max_short_term_; }

  // Loudness range in LU; 0 before 3 s.
  float range() const noexcept REALTIME;

  // Measures as if the programme began now.
  void reset() noexcept REALTIME;

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  void finish_step() noexcept REALTIME;
  void finish_gating_step() noexcept REALTIME;
  double mean_square(size_t steps) const noexcept REALTIME;

  uint32_t channels_ = 0;
  uint32_t step_frames_ = 0;
  uint32_t step_filled_ = 0;  // frames of the running step
  std::span<KWeighting> pairs_;
  std::span<Double2> weights_;  // of the channels of each pair
  std::span<double> powers_;    // weighted sums of squares of the last 3 s of steps, a ring
  uint32_t next_step_ = 0;      // where the next step goes
  uint32_t steps_seen_ = 0;     // since the start, at most 3 s
  LoudnessHistogram blocks_;    // of 400 ms, every 100 ms
  LoudnessHistogram short_terms_;
  float momentary_ = 0;
  float short_term_ = 0;
  float integrated_ = 0;
  float max_momentary_ = 0;
  float max_short_term_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_LOUDNESS_H_
