#include "engine/input_stage.h"

#include <algorithm>

namespace quanta {

bool InputStage::configure(Arena& arena, uint32_t capacity) {
  *this = InputStage();
  planes_ = arena.take<float>(size_t{capacity} * kInputChannels);
  capacity_ = planes_.empty() ? 0 : capacity;
  return capacity_ != 0;
}

uint32_t InputStage::skip_overwritten() noexcept REALTIME {
  const uint32_t unread = unread_frames();
  if (unread <= capacity_) return 0;
  const uint32_t lost = unread - capacity_;
  read_pos_ += lost;
  return lost;
}

RingParts InputStage::front(uint32_t channel, uint32_t n) const noexcept REALTIME {
  const float* plane = planes_.data() + size_t{channel} * capacity_;
  const uint32_t start = read_pos_ & (capacity_ - 1);
  const uint32_t until_wrap = std::min(n, capacity_ - start);
  return {{plane + start, until_wrap}, {plane, n - until_wrap}};
}

}  // namespace quanta
