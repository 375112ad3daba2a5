// Where in the rise and fall between two bursts of a source the fill of its FIFO stands.
#ifndef QUANTA_DSP_BURST_WATCH_H_
#define QUANTA_DSP_BURST_WATCH_H_

#include <algorithm>
#include <cstdint>

#include "shared/realtime.h"

namespace quanta {

// A source pushes 10 ms or 4096 frames at once and the reader takes them in small calls, so that
// the fill before a call is a sawtooth. Knowing the tooth, one call tells the mean.
class BurstWatch {
 public:
  // Before each call that will take `taken` frames. pushed is the free-running count of frames
  // pushed; the first burst counts as `limit` frames at most.
  void see(uint32_t pushed, double taken, double limit) noexcept REALTIME {
    const uint32_t arrived = pushed - pushed_;
    pushed_ = pushed;
    taken_ = taken;
    if (arrived == 0) {
      since_ = std::min(since_ + taken, std::max(burst_ - taken, 0.0));
      return;
    }
    if (burst_ == 0) burst_ = std::min<double>(arrived, limit);
    // A much larger burst is a backlog and hardly a habit.
    burst_ += (std::min<double>(arrived, 2 * burst_) - burst_) * kAdoption;
    since_ = 0;
  }

  // What the fill is above its mean right now, in frames, when the source keeps its pace.
  double above_mean() const noexcept REALTIME {
    return std::max(burst_ - taken_, 0.0) / 2 - since_;
  }

 private:
  static constexpr double kAdoption = 1.0 / 8;

  uint32_t pushed_ = 0;
  double burst_ = 0;
  double taken_ = 0;
  double since_ = 0;  // frames taken since a burst came
};

}  // namespace quanta

#endif  // QUANTA_DSP_BURST_WATCH_H_
