#include "dsp/resampler.h"

#include <algorithm>

namespace quanta {

bool Resampler::configure(Arena& arena, uint32_t in_rate_hz, uint32_t out_rate_hz) {
  ResamplerKernel kernel;
  return kernel.configure(arena, in_rate_hz, out_rate_hz, ResamplerKernel::Positions::kGrid) &&
         configure(arena, kernel);
}

bool Resampler::configure(Arena& arena, const ResamplerKernel& kernel) {
  Resampler next;
  next.kernel_ = kernel;
  if (!next.line_.configure(arena, kernel.taps())) return false;
  *this = next;
  return true;
}

Resampler::Progress Resampler::process(std::span<const float> in,
                                       std::span<float> out) noexcept REALTIME {
  if (copies()) {
    const size_t frames = std::min(in.size(), out.size());
    std::copy_n(in.begin(), frames, out.begin());
    return {frames, frames};
  }
  Progress done;
  for (;;) {
    done.written += write_due(out.subspan(done.written));
    const uint64_t welcome = welcome_frames(out.size() - done.written);
    const auto offered = static_cast<size_t>(std::min<uint64_t>(welcome, in.size() - done.taken));
    const size_t taken = line_.append(in.subspan(done.taken, offered));
    if (taken == 0) return done;
    done.taken += taken;
  }
}

size_t Resampler::write_due(std::span<float> out) noexcept REALTIME {
  size_t written = 0;
  for (; written < out.size() && line_.ready(); ++written) {
    out[written] = next_frame();
    advance();
  }
  return written;
}

float Resampler::next_frame() const noexcept REALTIME {
  if (kernel_.on_grid()) return kernel_.at(phase_, line_.window());
  const uint32_t steps = ratio().out;
  const uint64_t place = uint64_t{phase_} * kernel_.rows();
  const float part = static_cast<float>(place % steps) / static_cast<float>(steps);
  return kernel_.between(static_cast<uint32_t>(place / steps), part, line_.window());
}

void Resampler::advance() noexcept REALTIME {
  const uint32_t reached = phase_ + ratio().in;
  line_.advance(reached / ratio().out);
  phase_ = reached % ratio().out;
}

// Input frames that may come before an output frame beyond the next out_frames is due. Where one
// input frame makes several due, the one that completes out_frames is among them.
uint64_t Resampler::welcome_frames(size_t out_frames) const noexcept REALTIME {
  const auto [out, in] = ratio();
  const uint64_t beyond = (phase_ + uint64_t{out_frames} * in) / out;
  const uint64_t last = out_frames == 0 ? 0 : (phase_ + (uint64_t{out_frames} - 1) * in) / out + 1;
  const int64_t reach = static_cast<int64_t>(std::max(beyond, last)) - line_.ahead();
  return static_cast<uint64_t>(std::max<int64_t>(reach, 0));
}

uint64_t Resampler::due_frames(uint64_t in_frames) const noexcept REALTIME {
  if (copies()) return in_frames;
  const int64_t reach = line_.ahead() + static_cast<int64_t>(in_frames);
  if (reach <= 0) return 0;
  const auto [out, in] = ratio();
  return (static_cast<uint64_t>(reach) * out - phase_ + in - 1) / in;
}

uint64_t Resampler::skip(uint64_t in_frames) noexcept REALTIME {
  if (copies()) return in_frames;
  const uint64_t passed = due_frames(in_frames);
  const auto [out, in] = ratio();
  const uint64_t reached = phase_ + passed * in;
  line_.pass(in_frames, reached / out);
  phase_ = static_cast<uint32_t>(reached % out);
  return passed;
}

}  // namespace quanta
