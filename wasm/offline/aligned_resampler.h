// A resampler for signals that end, without its delay.
#ifndef QUANTA_OFFLINE_ALIGNED_RESAMPLER_H_
#define QUANTA_OFFLINE_ALIGNED_RESAMPLER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/resampler.h"

namespace quanta {

// Output frame k is the input at the instant of k / output rate, exactly; the signal is silent
// before its first and after its last frame. There are as many output frames as fit the input's
// length best.
class AlignedResampler {
 public:
  // The kernel outlives the resampler. False: the arena is full.
  bool configure(Arena& arena, const ResamplerKernel& kernel);

  // As Resampler::process.
  Resampler::Progress process(std::span<const float> in, std::span<float> out);

  // After the last input: writes what is left and returns how many frames that were; fewer than
  // there is room for when there are no more.
  size_t finish(std::span<float> out);

  // Length of the output: in_frames * ratio to the nearest, halves up.
  static uint64_t out_frames(RateRatio ratio, uint64_t in_frames);

 private:
  // Lets the resampler run through its delay; returns the input frames that it took.
  size_t pass_delay(std::span<const float> in);

  Resampler resampler_;
  uint32_t delay_left_ = 0;  // output frames that belong to instants before the first
  uint64_t in_frames_ = 0;
  uint64_t out_frames_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_OFFLINE_ALIGNED_RESAMPLER_H_
