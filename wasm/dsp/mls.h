// Maximum length sequences: noise of -1 and 1 that is the same every time and whose correlation
// with itself is a single peak.
#ifndef QUANTA_DSP_MLS_H_
#define QUANTA_DSP_MLS_H_

#include <cstdint>
#include <span>

#include "shared/realtime.h"

namespace quanta {

// The output of a shift register whose feedback is a primitive polynomial (S. W. Golomb, "Shift
// Register Sequences", 1967): a period of 2^order - 1 samples, one more of them 1 than -1; the
// circular correlation with itself is the period at lag 0, and -1 at every other lag.
class MaximumLengthSequence {
 public:
  static constexpr uint32_t kMinOrder = 2;
  static constexpr uint32_t kMaxOrder = 20;

  // order is in [kMinOrder, kMaxOrder].
  explicit MaximumLengthSequence(uint32_t order);

  // Audio thread only, as all below. Wait-free. Goes on for ever; every period is the same.
  float next() noexcept REALTIME {
    const bool one = (state_ & 1U) != 0;
    state_ = (state_ >> 1) ^ (one ? feedback_ : 0U);
    return one ? 1.0F : -1.0F;
  }

  void fill(std::span<float> samples) noexcept REALTIME {
    for (float& sample : samples) sample = next();
  }

  uint32_t period() const noexcept REALTIME { return period_; }

  // From the first sample again.
  void restart() noexcept REALTIME { state_ = period_; }

 private:
  uint32_t feedback_;
  uint32_t period_;
  uint32_t state_;
};

}  // namespace quanta

#endif  // QUANTA_DSP_MLS_H_
