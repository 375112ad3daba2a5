// The input frames of one channel that a resampler still needs, in one piece.
#ifndef QUANTA_DSP_RESAMPLER_LINE_H_
#define QUANTA_DSP_RESAMPLER_LINE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "shared/realtime.h"

namespace quanta {

// A window of fixed length that slides over the stream. Its end stands at the newest frame that the
// next output frame needs, which may not have come yet.
class ResamplerLine {
 public:
  // False: the arena is full.
  bool configure(Arena& arena, uint32_t window_frames) {
    history_ = window_frames - 1;
    // The room beside the window makes moving it cheap: less than one copy per frame.
    frames_ = arena.take<float>(window_frames + std::max(window_frames, kMinRoomFrames));
    if (!frames_.empty()) clear();
    return !frames_.empty();
  }

  // The stream begins after silence.
  void clear() noexcept REALTIME { pass(history_, history_ + end_ - next_); }

  // True: the window is complete.
  bool ready() const noexcept REALTIME { return next_ < end_; }

  // Begins anew, after silence, where another line of the same length stands.
  void align(const ResamplerLine& other) noexcept REALTIME {
    std::fill(frames_.begin(), frames_.end(), 0.0F);
    end_ = other.end_;
    next_ = other.next_;
  }

  // Frames that came after the window's end: negative counts how far they have yet to reach it.
  int64_t ahead() const noexcept REALTIME {
    return static_cast<int64_t>(end_) - static_cast<int64_t>(next_);
  }

  // Oldest first; for reading when ready().
  const float* window() const noexcept REALTIME { return frames_.data() + next_ - history_; }

  // Moves the window; never by more than its length at once.
  void advance(size_t frames) noexcept REALTIME { next_ += frames; }

  // Takes what there is room for, which is something while the window is not complete; returns how
  // many frames that were.
  size_t append(std::span<const float> frames) noexcept REALTIME {
    if (end_ == frames_.size()) move_to_front();
    const size_t count = std::min(frames.size(), frames_.size() - end_);
    std::copy_n(frames.data(), count, frames_.data() + end_);
    end_ += count;
    return count;
  }

  // As if that many frames of silence had been appended and the window advanced by as many steps,
  // which leaves it incomplete.
  void pass(uint64_t silent_frames, uint64_t steps) noexcept REALTIME {
    const size_t kept = history_ - static_cast<size_t>(std::min<uint64_t>(silent_frames, history_));
    const auto lacking = static_cast<size_t>(next_ + steps - end_ - silent_frames);
    std::copy_n(frames_.data() + end_ - kept, kept, frames_.data());
    std::fill_n(frames_.data() + kept, history_ - kept, 0.0F);
    end_ = history_;
    next_ = history_ + lacking;
  }

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME {
    a.list(frames_);
    a.index(end_, frames_.size() + 1);
    a.index(next_, 2 * frames_.size() + 1);
    a.check(next_ >= history_ && next_ - history_ <= end_);
  }

 private:
  static constexpr uint32_t kMinRoomFrames = 1024;

  void move_to_front() noexcept REALTIME {
    const size_t first = next_ - history_;
    std::copy(frames_.begin() + static_cast<ptrdiff_t>(first), frames_.end(), frames_.begin());
    end_ -= first;
    next_ -= first;
  }

  std::span<float> frames_;
  size_t history_ = 0;  // frames of the window before its end
  size_t end_ = 0;      // one past the newest frame
  size_t next_ = 0;     // the window's end
};

}  // namespace quanta

#endif  // QUANTA_DSP_RESAMPLER_LINE_H_
