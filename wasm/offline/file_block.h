// The part of a file that goes through a meter or a resampler at once.
#ifndef QUANTA_OFFLINE_FILE_BLOCK_H_
#define QUANTA_OFFLINE_FILE_BLOCK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"

namespace quanta {

// Planes of equal length, one for each channel.
class FileBlock {
 public:
  // False: the arena is full.
  bool configure(Arena& arena, uint32_t channels) {
    frames_ = std::clamp(kFloats / channels, kMinFrames, kMaxFrames);
    channels_ = channels;
    samples_ = arena.take<float>(size_t{frames_} * channels);
    return !samples_.empty();
  }

  // The first n frames of a channel.
  std::span<float> plane(size_t channel, size_t n) const {
    return samples_.subspan(channel * frames_, n);
  }

  uint32_t frames() const { return frames_; }

  uint32_t channels() const { return channels_; }

  // Of the first channel; null before configure() has succeeded.
  float* data() const { return samples_.data(); }

 private:
  static constexpr uint32_t kFloats = 1 << 20;
  static constexpr uint32_t kMinFrames = 64;
  static constexpr uint32_t kMaxFrames = 16384;

  std::span<float> samples_;
  uint32_t frames_ = 0;
  uint32_t channels_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_OFFLINE_FILE_BLOCK_H_
