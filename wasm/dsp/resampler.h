// Turns a stream of one channel at one rate into the same signal at another rate.
#ifndef QUANTA_DSP_RESAMPLER_H_
#define QUANTA_DSP_RESAMPLER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "dsp/resampler_kernel.h"
#include "dsp/resampler_line.h"
#include "shared/realtime.h"

namespace quanta {

// Streaming polyphase FIR. Output frame k belongs to the instant of input frame
// (k - delay_frames()) * in / out, in exact integer arithmetic: no rounding adds up, ever. The
// output does not depend on how the input is cut into blocks. Equal rates copy the bits, without
// delay. Several channels at the same rates can share one kernel.
class Resampler {
 public:
  struct Progress {
    size_t taken = 0;    // input frames
    size_t written = 0;  // output frames
  };

  // The kernel's memory and that of the stream. The rates are in [3000, 768000]. False: the arena
  // is full.
  bool configure(Arena& arena, uint32_t in_rate_hz, uint32_t out_rate_hz);

  // As above with a kernel that outlives the resampler; takes memory for the stream alone.
  bool configure(Arena& arena, const ResamplerKernel& kernel);

  // Wait-free. Writes the output frames that the input makes due, and takes input until it ends or
  // an output frame is due for which there is no room; offer the frames that were not taken again.
  // Room for due_frames(in.size()) takes everything.
  Progress process(std::span<const float> in, std::span<float> out) noexcept REALTIME;

  // Goes on as if that many frames of silence had been processed, at no cost: how a gap of known
  // length keeps the time right. in_frames < 2^40. Returns the output frames passed over.
  uint64_t skip(uint64_t in_frames) noexcept REALTIME;

  // How many output frames in_frames more input frames will make due. in_frames < 2^40.
  uint64_t due_frames(uint64_t in_frames) const noexcept REALTIME;

  // Begins anew, after silence, in step with another one at the same rates: from here on both have
  // output due after the same input.
  void align(const Resampler& other) noexcept REALTIME {
    line_.align(other.line_);
    phase_ = other.phase_;
  }

  RateRatio ratio() const noexcept REALTIME { return kernel_.ratio(); }

  // In output frames; 0 when the rates are equal.
  uint32_t delay_frames() const noexcept REALTIME { return copies() ? 0 : kernel_.delay_frames(); }

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME {
    line_.archive(a);
    a.index(phase_, ratio().out);
  }

 private:
  bool copies() const noexcept REALTIME { return kernel_.ratio().out == kernel_.ratio().in; }

  size_t write_due(std::span<float> out) noexcept REALTIME;
  uint64_t welcome_frames(size_t out_frames) const noexcept REALTIME;
  float next_frame() const noexcept REALTIME;
  void advance() noexcept REALTIME;

  ResamplerKernel kernel_;
  ResamplerLine line_;
  uint32_t phase_ = 0;  // the next output frame lies phase_ / ratio().out behind an input frame
};

}  // namespace quanta

#endif  // QUANTA_DSP_RESAMPLER_H_
