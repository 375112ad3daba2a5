// A file at another rate.
#ifndef QUANTA_OFFLINE_FILE_RESAMPLER_H_
#define QUANTA_OFFLINE_FILE_RESAMPLER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/resampler.h"
#include "offline/aligned_resampler.h"
#include "offline/file_block.h"

namespace quanta {

// The resampler of the voice ring on every channel of a file. Give a block, read until there is
// nothing, give the next; after the last, end and read once more until there is nothing.
class FileResampler {
 public:
  // Where the frames will be put, and the rates, in [3000, 768000]. False: the arena is full.
  bool configure(Arena& arena, const FileBlock& block, uint32_t in_rate_hz, uint32_t out_rate_hz);

  // The first n frames of the block, where NaN, infinite and denormal samples become 0. The block
  // stays as it is until they are read.
  void add(size_t n);

  // There are no more blocks.
  void end() { ended_ = true; }

  // Fills the output; returns its frames.
  size_t read();

  // Interleaved frames.
  const float* output() const { return output_.data(); }

  RateRatio ratio() const { return ratio_; }

  uint64_t bad_samples() const { return bad_samples_; }

 private:
  Resampler::Progress convert(size_t channel);
  void interleave(size_t channel, size_t frames);

  RateRatio ratio_;
  std::span<AlignedResampler> resamplers_;
  std::span<float> plane_;   // of the output: one channel
  std::span<float> output_;  // as many frames of all channels
  FileBlock block_;
  size_t next_ = 0;  // frame of the block that is to be read
  size_t end_ = 0;   // one past its last frame
  bool ended_ = false;
  uint64_t bad_samples_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_OFFLINE_FILE_RESAMPLER_H_
