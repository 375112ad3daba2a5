// Where in the rise and fall between two bursts of a source the fill of its FIFO stands.
#ifndef QUANTA_DSP_BURST_WATCH_H_
#define QUANTA_DSP_BURST_WATCH_H_

#include <algorithm>
#include <cmath>
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
    since_ = std::min(since_ + taken, kLongestWait * burst_);
    if (arrived == 0) return;
    if (burst_ == 0) burst_ = std::min<double>(arrived, limit);
    meet(arrived, taken / 2);
  }

  // What the fill is above its mean right now, in frames, when the source keeps its pace.
  double above_mean() const noexcept REALTIME { return burst_ / 2 - std::min(since_, burst_); }

 private:
  static constexpr double kLeastWeight = 1.0 / 8;
  static constexpr double kLongestWait = 3;  // bursts: after that, the source has stalled

  // A burst came between the last call and this one: in the middle, as far as that alone tells. All
  // bursts so far have a say in when it was, too, first as a plain mean, later as a moving one.
  void meet(double arrived, double middle) noexcept REALTIME {
    const double early = since_ - arrived - middle;
    if (std::abs(early) > burst_) weight_ = 1;  // out of step: begin anew
    since_ = middle + early * (1 - weight_);
    // A much larger burst is a backlog and hardly a habit.
    burst_ += (std::min(arrived, 2 * burst_) - burst_) * kLeastWeight;
    weight_ = std::max(weight_ / (1 + weight_), kLeastWeight);
  }

  uint32_t pushed_ = 0;
  double burst_ = 0;
  double since_ = 0;   // frames that fell due since a burst came
  double weight_ = 1;  // of the next burst's time
};

}  // namespace quanta

#endif  // QUANTA_DSP_BURST_WATCH_H_
