// Loudness of a file of any rate.
#ifndef QUANTA_OFFLINE_FILE_LOUDNESS_H_
#define QUANTA_OFFLINE_FILE_LOUDNESS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/loudness.h"
#include "offline/aligned_resampler.h"
#include "offline/file_block.h"

namespace quanta {

// Near half the sample rate no filter of second order has the K-weighting's shape: at 3 kHz a tone
// of 1.45 kHz would read 0.2 LU too low. So files of low rates are brought to a multiple of their
// rate first; a live meter does without, see k_weighting.h.
class FileLoudness {
 public:
  // Half of it is well above the shelf: the weighting errs by 0.01 dB at most.
  static constexpr uint32_t kLowestRateHz = 32000;

  // The weights are those of the channels' powers. False: the arena is full.
  bool configure(Arena& arena, uint32_t rate_hz, std::span<const double> weights,
                 uint32_t block_frames);

  // The first n frames of a block of finite samples.
  void add(const FileBlock& block, size_t n);

  // The file has ended.
  void finish();

  const LoudnessMeter& meter() const { return meter_; }

 private:
  bool configure_multiple(Arena& arena, uint32_t rate_hz, uint32_t factor, uint32_t block_frames);
  void add_resampled(const FileBlock& block, size_t n);
  std::span<float> resampled_plane(size_t channel) const;

  LoudnessMeter meter_;
  std::span<const float*> planes_;          // what the meter reads
  std::span<AlignedResampler> resamplers_;  // none where the file's own rate will do
  std::span<float> resampled_;              // planes of plane_frames_ frames
  size_t plane_frames_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_OFFLINE_FILE_LOUDNESS_H_
