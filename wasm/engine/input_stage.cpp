#include "engine/input_stage.h"

#include <algorithm>

#include "core/ring_view.h"

namespace quanta {

bool InputStage::configure(Arena& arena, uint32_t capacity) {
  *this = InputStage();
  planes_ = arena.take<float>(size_t{capacity} * kPlanes);
  channel_counts_ = arena.take<layout_types::u32>(kInputs);
  if (planes_.empty() || channel_counts_.empty()) return false;
  // A host that says nothing of channels has one stereo input.
  for (layout_types::u32& count : channel_counts_) count.store(0);
  channel_counts_[0].store(kInputChannels);
  capacity_ = capacity;
  return true;
}

uint32_t InputStage::skip_overwritten() noexcept REALTIME {
  const uint32_t unread = unread_frames();
  if (unread <= capacity_) return 0;
  const uint32_t lost = unread - capacity_;
  read_pos_ += lost;
  return lost;
}

uint32_t InputStage::until_wrap(uint32_t n) const noexcept REALTIME {
  return std::min(n, capacity_ - (read_pos_ & (capacity_ - 1)));
}

MixerInput InputStage::front(uint32_t input, uint32_t channels) const noexcept REALTIME {
  if (channels == 0) return {};
  const uint32_t start = read_pos_ & (capacity_ - 1);
  const float* left = plane(input, 0) + start;
  return {left, channels == 1 ? left : plane(input, 1) + start};
}

void InputStage::fill(uint32_t input, uint32_t channel,
                      std::span<const float> samples) noexcept REALTIME {
  const auto frames = static_cast<uint32_t>(samples.size());
  copy_into(ring_view(plane(input, channel), capacity_, read_pos_, frames), samples.data());
}

}  // namespace quanta
