// The delay between two parts of files or of recordings.
#ifndef QUANTA_OFFLINE_FILE_DELAY_H_
#define QUANTA_OFFLINE_FILE_DELAY_H_

#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/delay_estimator.h"
#include "shared/offline_layout.h"

namespace quanta {

// Write both signals, then measure; as often as there are parts.
class FileDelay {
 public:
  static constexpr bool is_delay(uint32_t frames, uint32_t max_delay) {
    return frames >= kMinDelayFrames && frames <= kMaxDelayFrames && RealFft::is_size(frames) &&
           max_delay < frames / 2;
  }

  // is_delay(frames, max_delay). False: the arena is full.
  bool configure(Arena& arena, uint32_t frames, uint32_t max_delay);

  // As DelayEstimator::begin() takes them.
  std::span<float> first() const { return first_; }

  std::span<float> second() const { return second_; }

  // One period of a maximum length sequence, and zeros, as the first signal. False: there is none
  // of this order, or it is longer than the signal.
  bool write_sequence(uint32_t order);

  // NaN, infinite and denormal samples become 0.
  void measure();

  const DelayReadings& readings() const { return readings_; }

 private:
  std::span<DelayEstimator> estimator_;  // one
  std::span<float> first_;
  std::span<float> second_;
  DelayReadings readings_;
};

}  // namespace quanta

#endif  // QUANTA_OFFLINE_FILE_DELAY_H_
