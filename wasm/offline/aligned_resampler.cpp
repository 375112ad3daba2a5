#include "offline/aligned_resampler.h"

#include <algorithm>
#include <array>

namespace quanta {

bool AlignedResampler::configure(Arena& arena, const ResamplerKernel& kernel) {
  AlignedResampler next;
  if (!next.resampler_.configure(arena, kernel)) return false;
  next.delay_left_ = next.resampler_.delay_frames();
  *this = next;
  return true;
}

size_t AlignedResampler::pass_delay(std::span<const float> in) {
  size_t taken = 0;
  std::array<float, 256> passed;
  while (delay_left_ > 0 && taken < in.size()) {
    const size_t room = std::min<size_t>(delay_left_, passed.size());
    const auto done = resampler_.process(in.subspan(taken), std::span(passed).first(room));
    taken += done.taken;
    delay_left_ -= static_cast<uint32_t>(done.written);
  }
  return taken;
}

Resampler::Progress AlignedResampler::process(std::span<const float> in, std::span<float> out) {
  const size_t passed = pass_delay(in);
  Resampler::Progress done;
  if (delay_left_ == 0) done = resampler_.process(in.subspan(passed), out);
  done.taken += passed;
  in_frames_ += done.taken;
  out_frames_ += done.written;
  return done;
}

size_t AlignedResampler::finish(std::span<float> out) {
  constexpr std::array<float, 256> kSilence{};
  const uint64_t left = out_frames(resampler_.ratio(), in_frames_) - out_frames_;
  const auto due = static_cast<size_t>(std::min<uint64_t>(left, out.size()));
  for (size_t written = 0; written < due;) {
    const size_t passed = pass_delay(kSilence);
    if (delay_left_ > 0) continue;
    const std::span<const float> silence = std::span(kSilence).subspan(passed);
    written += resampler_.process(silence, out.subspan(written, due - written)).written;
  }
  out_frames_ += due;
  return due;
}

uint64_t AlignedResampler::out_frames(RateRatio ratio, uint64_t in_frames) {
  const uint64_t periods = in_frames / ratio.in;
  const uint64_t rest = in_frames % ratio.in;
  return periods * ratio.out + (2 * rest * ratio.out + ratio.in) / (2 * uint64_t{ratio.in});
}

}  // namespace quanta
