#include "offline/file_resampler.h"

#include <memory>

#include "dsp/sanitize.h"

namespace quanta {

bool FileResampler::configure(Arena& arena, const FileBlock& block, uint32_t in_rate_hz,
                              uint32_t out_rate_hz) {
  FileResampler next;
  ResamplerKernel kernel;
  constexpr auto kGrid = ResamplerKernel::Positions::kGrid;
  if (!kernel.configure(arena, in_rate_hz, out_rate_hz, kGrid)) return false;
  next.ratio_ = kernel.ratio();
  next.block_ = block;
  next.plane_ = arena.take<float>(block.frames());
  next.output_ = arena.take<float>(size_t{block.frames()} * block.channels());
  next.resamplers_ = arena.take<AlignedResampler>(block.channels());
  if (next.plane_.empty() || next.output_.empty() || next.resamplers_.empty()) return false;
  std::uninitialized_value_construct(next.resamplers_.begin(), next.resamplers_.end());
  for (AlignedResampler& resampler : next.resamplers_) {
    if (!resampler.configure(arena, kernel)) return false;
  }
  *this = next;
  return true;
}

void FileResampler::add(size_t n) {
  next_ = 0;
  end_ = n;
  for (size_t channel = 0; channel < resamplers_.size(); ++channel) {
    const std::span<float> samples = block_.plane(channel, n);
    bad_samples_ += sanitize(samples, samples).not_finite;
  }
}

size_t FileResampler::read() {
  Resampler::Progress done;
  for (size_t channel = 0; channel < resamplers_.size(); ++channel) {
    // The same for every channel: they all began together.
    done = convert(channel);
    interleave(channel, done.written);
  }
  next_ += done.taken;
  return done.written;
}

Resampler::Progress FileResampler::convert(size_t channel) {
  AlignedResampler& resampler = resamplers_[channel];
  if (ended_ && next_ == end_) return {0, resampler.finish(plane_)};
  return resampler.process(block_.plane(channel, end_).subspan(next_), plane_);
}

void FileResampler::interleave(size_t channel, size_t frames) {
  for (size_t i = 0; i < frames; ++i) output_[i * resamplers_.size() + channel] = plane_[i];
}

}  // namespace quanta
