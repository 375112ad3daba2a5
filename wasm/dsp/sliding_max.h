// The largest of the last values.
#ifndef QUANTA_DSP_SLIDING_MAX_H_
#define QUANTA_DSP_SLIDING_MAX_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "shared/realtime.h"

namespace quanta {

// The maximum over a window of fixed length, at three comparisons a value whatever the length
// (M. van Herk, "A fast algorithm for local minimum and maximum filters", Pattern Recognition
// Letters 13, 1992): the window is a tail of one block and a head of the next. Values are not
// negative, so that their bits compare as integers; before the first there was 0.
class SlidingMax {
 public:
  // False: the arena is full.
  bool configure(Arena& arena, size_t window) {
    *this = SlidingMax();
    block_ = arena.take<int32_t>(window);
    clear();
    return !block_.empty();
  }

  // Audio thread only. Wait-free; once in a window it takes time proportional to it.
  float push(float value) noexcept REALTIME {
    int32_t bits = __builtin_bit_cast(int32_t, value);
    head_ = std::max(head_, bits);
    block_[position_++] = bits;
    if (position_ < block_.size()) {
      bits = std::max(head_, block_[position_]);
    } else {
      bits = head_;
      finish_block();
    }
    return __builtin_bit_cast(float, bits);
  }

  void clear() noexcept REALTIME {
    std::fill(block_.begin(), block_.end(), 0);
    head_ = 0;
    position_ = 0;
  }

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME {
    a.list(block_);
    a.values(head_);
    a.index(position_, block_.size());
  }

 private:
  // Turns the block into what its tails have as maxima.
  void finish_block() noexcept REALTIME {
    for (size_t i = block_.size() - 1; i > 0; --i) {
      block_[i - 1] = std::max(block_[i - 1], block_[i]);
    }
    head_ = 0;
    position_ = 0;
  }

  std::span<int32_t> block_;  // values of this block, then maxima of the last one's tails
  int32_t head_ = 0;          // the largest of this block so far
  size_t position_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_SLIDING_MAX_H_
