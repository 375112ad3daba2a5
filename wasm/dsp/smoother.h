// How a parameter gets from one value to the next without being heard doing so.
//
// A change is spread over kRampSeconds along the integral of a Blackman-Harris window. A gain that
// moves so multiplies the programme with a signal whose spectrum has its main lobe within
// 4 / kRampSeconds = 100 Hz and everything beyond it more than 92 dB down, so no partial leaves its
// neighbourhood: no zipper noise. (A one-pole or a raised cosine of the same length spreads
// further.)
#ifndef QUANTA_DSP_SMOOTHER_H_
#define QUANTA_DSP_SMOOTHER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "shared/realtime.h"

namespace quanta {

// The ramp from 0 to 1, frame by frame, that all smoothers of one sample rate share.
class RampShape {
 public:
  static constexpr double kRampSeconds = 0.04;

  // False: the arena is full.
  bool configure(Arena& arena, float rate_hz);

  uint32_t frames() const noexcept REALTIME { return static_cast<uint32_t>(shape_.size()); }

  // frame < frames(); the first is 0 and the one after the last would be 1.
  float operator[](uint32_t frame) const noexcept REALTIME { return shape_[frame]; }

 private:
  std::span<float> shape_;
};

// A group of kLanes values that change together. Changes may come at any time: up to kRamps run at
// once, each along the full shape, and their sum is the value; beyond that the newest target waits
// for the oldest ramp to end. Once settled the value is exactly the target.
//
// Audio thread only. Wait-free. The result does not depend on how the frames are cut into blocks.
template <size_t kLanes>
class Smoother {
 public:
  using Value = std::array<float, kLanes>;

  // Starts settled. The shape outlives the smoother.
  void configure(const RampShape& shape, const Value& value) {
    *this = Smoother();
    shape_ = &shape;
    base_ = aim_ = next_ = value;
  }

  // Heads for a target from the next frame on. Targets are finite.
  void set(const Value& target) noexcept REALTIME {
    next_ = target;
    if (next_ != aim_) start_ramp();
  }

  // Takes the value at once: for a signal that is silent.
  void jump(const Value& value) noexcept REALTIME {
    base_ = aim_ = next_ = value;
    ramp_count_ = 0;
  }

  bool settled() const noexcept REALTIME { return ramp_count_ == 0; }

  // Where it will be when all is settled.
  const Value& target() const noexcept REALTIME { return next_; }

  // The value at the next frame.
  Value value() const noexcept REALTIME {
    Value sum;
    for (size_t lane = 0; lane < kLanes; ++lane) sum[lane] = at(lane, 0);
    return sum;
  }

  // Moves on by some frames.
  void advance(uint32_t frames) noexcept REALTIME {
    while (frames > 0) {
      const uint32_t count = std::min(frames, frames_until_end());
      pass(count);
      frames -= count;
    }
  }

  // Writes the value of each of the next frames and moves on by them.
  void fill(const std::array<float*, kLanes>& out, uint32_t frames) noexcept REALTIME {
    uint32_t done = 0;
    while (done < frames) {
      const uint32_t count = std::min(frames - done, frames_until_end());
      for (size_t lane = 0; lane < kLanes; ++lane) {
        for (uint32_t i = 0; i < count; ++i) out[lane][done + i] = at(lane, i);
      }
      pass(count);
      done += count;
    }
  }

  // Audio thread only. Wait-free. See archive.h.
  [[gnu::noinline]] void archive(Archive& a) noexcept REALTIME {
    a.values(base_, aim_, next_, ramps_);
    a.index(ramp_count_, kRamps + 1);
    uint32_t older = shape_->frames() - 1;
    for (size_t i = 0; i < ramp_count_; ++i) {
      a.check(ramps_[i].position <= older);
      older = ramps_[i].position;
    }
  }

 private:
  static constexpr size_t kRamps = 4;

  struct Ramp {
    Value step;
    uint32_t position;  // frames since the change
  };

  // The newest ramp is redirected while it has not moved, so that several changes at one frame are
  // one.
  void start_ramp() noexcept REALTIME {
    const bool fresh = ramp_count_ > 0 && ramps_[ramp_count_ - 1].position == 0;
    if (!fresh && ramp_count_ == kRamps) return;
    if (!fresh) ramps_[ramp_count_++] = Ramp{};
    Ramp& ramp = ramps_[ramp_count_ - 1];
    for (size_t lane = 0; lane < kLanes; ++lane) ramp.step[lane] += next_[lane] - aim_[lane];
    aim_ = next_;
  }

  // The oldest ramp first: once it has ended it is added to the base, which gives the same sum.
  float at(size_t lane, uint32_t frame) const noexcept REALTIME {
    float sum = base_[lane];
    for (size_t i = 0; i < ramp_count_; ++i) {
      sum += ramps_[i].step[lane] * (*shape_)[ramps_[i].position + frame];
    }
    return sum;
  }

  uint32_t frames_until_end() const noexcept REALTIME {
    return settled() ? UINT32_MAX : shape_->frames() - ramps_[0].position;
  }

  void pass(uint32_t frames) noexcept REALTIME {
    for (size_t i = 0; i < ramp_count_; ++i) ramps_[i].position += frames;
    if (settled() || ramps_[0].position < shape_->frames()) return;
    for (size_t lane = 0; lane < kLanes; ++lane) base_[lane] += ramps_[0].step[lane];
    --ramp_count_;
    std::copy_n(ramps_.begin() + 1, ramp_count_, ramps_.begin());
    if (next_ != aim_) start_ramp();
    if (settled()) base_ = aim_;
  }

  const RampShape* shape_ = nullptr;
  Value base_{};  // the sum of all ramps that have ended
  Value aim_{};   // where the running ramps lead
  Value next_{};  // where to go when a ramp is free
  std::array<Ramp, kRamps> ramps_{};
  size_t ramp_count_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_SMOOTHER_H_
