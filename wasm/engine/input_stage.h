// The engine's inputs: a ring of planes that the worklet fills and process_quantum empties.
#ifndef QUANTA_ENGINE_INPUT_STAGE_H_
#define QUANTA_ENGINE_INPUT_STAGE_H_

#include <cstdint>
#include <span>

#include "core/arena.h"
#include "core/ring_view.h"
#include "engine/channel_strip.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// All inputs belong to one quantum, so they share one position. Both halves of the ring are used on
// the audio thread, one after the other, so its counters need no atomics. They are free-running:
// written minus read is the number of unread frames, 2^32 included.
class InputStage {
 public:
  static constexpr uint32_t kPlanes = kInputs * kInputChannels;

  static constexpr size_t bytes(uint32_t capacity) {
    return size_t{capacity} * kPlanes * sizeof(float);
  }

  // Takes the planes from the arena, as they are: a frame is read only after it was written.
  // capacity is a power of two. False: the arena is full.
  bool configure(Arena& arena, uint32_t capacity);

  float* planes() const noexcept REALTIME { return planes_.data(); }

  uint32_t capacity() const noexcept REALTIME { return capacity_; }

  // Channels of each input in the frames to come, written by the worklet: 0, 1 or 2.
  std::span<layout_types::u32> channel_counts() const noexcept REALTIME { return channel_counts_; }

  uint32_t write_pos() const noexcept REALTIME { return write_pos_; }

  void set_write_pos(uint32_t pos) noexcept REALTIME { write_pos_ = pos; }

  uint32_t unread_frames() const noexcept REALTIME { return write_pos_ - read_pos_; }

  // Skips what the writer has overwritten and returns how many frames that were.
  uint32_t skip_overwritten() noexcept REALTIME;

  // How many of the next n unread frames lie in one part, before the ring wraps.
  uint32_t until_wrap(uint32_t n) const noexcept REALTIME;

  // Channels of what the graph has at an input.
  uint32_t channels(uint32_t input) const noexcept REALTIME {
    return channel_counts_[input].load();
  }

  // The next until_wrap() unread frames of an input that has so many channels.
  MixerInput front(uint32_t input, uint32_t channels) const noexcept REALTIME;

  // The next unread frames of one channel; no more than there are.
  RingView<const float> unread(uint32_t input, uint32_t channel,
                               uint32_t frames) const noexcept REALTIME {
    return ring_view<const float>(plane(input, channel), capacity_, read_pos_, frames);
  }

  // Puts samples in place of the next unread frames of one channel; no more than there are.
  void fill(uint32_t input, uint32_t channel, std::span<const float> samples) noexcept REALTIME;

  // Marks n frames as read.
  void pop(uint32_t n) noexcept REALTIME { read_pos_ += n; }

 private:
  float* plane(uint32_t input, uint32_t channel) const noexcept REALTIME {
    return planes_.data() + (size_t{input} * kInputChannels + channel) * capacity_;
  }

  std::span<float> planes_;
  std::span<layout_types::u32> channel_counts_;
  uint32_t capacity_ = 0;
  uint32_t write_pos_ = 0;
  uint32_t read_pos_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_INPUT_STAGE_H_
