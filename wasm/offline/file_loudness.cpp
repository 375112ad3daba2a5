#include "offline/file_loudness.h"

#include <memory>

namespace quanta {

bool FileLoudness::configure(Arena& arena, uint32_t rate_hz, std::span<const double> weights,
                             uint32_t block_frames) {
  FileLoudness next;
  const uint32_t factor = (kLowestRateHz + rate_hz - 1) / rate_hz;
  const auto measured_hz = static_cast<float>(rate_hz * factor);
  next.planes_ = arena.take<const float*>(weights.size());
  if (next.planes_.empty() || !next.meter_.configure(arena, measured_hz, weights)) return false;
  if (factor > 1 && !next.configure_multiple(arena, rate_hz, factor, block_frames)) return false;
  *this = next;
  return true;
}

bool FileLoudness::configure_multiple(Arena& arena, uint32_t rate_hz, uint32_t factor,
                                      uint32_t block_frames) {
  ResamplerKernel kernel;
  constexpr auto kGrid = ResamplerKernel::Positions::kGrid;
  if (!kernel.configure(arena, rate_hz, rate_hz * factor, kGrid)) return false;
  // A block makes as many frames as it has times the factor, give or take one.
  plane_frames_ = size_t{block_frames} * factor + 1;
  resampled_ = arena.take<float>(plane_frames_ * planes_.size());
  resamplers_ = arena.take<AlignedResampler>(planes_.size());
  if (resampled_.empty() || resamplers_.empty()) return false;
  std::uninitialized_value_construct(resamplers_.begin(), resamplers_.end());
  for (AlignedResampler& resampler : resamplers_) {
    if (!resampler.configure(arena, kernel)) return false;
  }
  return true;
}

std::span<float> FileLoudness::resampled_plane(size_t channel) const {
  return resampled_.subspan(channel * plane_frames_, plane_frames_);
}

void FileLoudness::add(const FileBlock& block, size_t n) {
  if (!resamplers_.empty()) return add_resampled(block, n);
  for (size_t channel = 0; channel < planes_.size(); ++channel) {
    planes_[channel] = block.plane(channel, n).data();
  }
  meter_.update(planes_, n);
}

void FileLoudness::add_resampled(const FileBlock& block, size_t n) {
  size_t written = 0;
  for (size_t channel = 0; channel < planes_.size(); ++channel) {
    const std::span<float> out = resampled_plane(channel);
    written = resamplers_[channel].process(block.plane(channel, n), out).written;
    planes_[channel] = out.data();
  }
  meter_.update(planes_, written);
}

void FileLoudness::finish() {
  if (resamplers_.empty()) return;
  for (size_t written = plane_frames_; written == plane_frames_;) {
    for (size_t channel = 0; channel < planes_.size(); ++channel) {
      const std::span<float> out = resampled_plane(channel);
      written = resamplers_[channel].finish(out);
      planes_[channel] = out.data();
    }
    meter_.update(planes_, written);
  }
}

}  // namespace quanta
