// Eight inputs become one stereo signal.
#ifndef QUANTA_ENGINE_MIXER_H_
#define QUANTA_ENGINE_MIXER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "dsp/limiter.h"
#include "dsp/smoother.h"
#include "engine/channel_strip.h"
#include "engine/mixer_settings.h"
#include "engine/stereo_meters.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

using MixerInputs = std::array<MixerInput, kInputs>;

// The strips are added in their order; then come the master's gain and its limiter. With everything
// neutral one input comes out bit by bit.
//
// The key of a strip's compressor may be another strip: the same frames of that one, behind its
// gate and before its own compressor and fader, whichever comes first. So strips may even duck each
// other. A key that is shut is silent: who is muted ducks nobody.
//
// All is on the audio thread, and wait-free after configure(). A setting holds from the frame at
// which the next process() begins: cut a quantum there. The output does not depend on the cuts.
class Mixer {
 public:
  // rate_hz is in [3000, 768000]. False: the arena is full.
  bool configure(Arena& arena, float rate_hz);

  void set_strip(uint32_t input, const StripSetting& setting) noexcept REALTIME;
  void set_master(const MasterSetting& setting) noexcept REALTIME;

  // Mixes as many frames as the output planes have, one or more.
  void process(const MixerInputs& inputs, std::span<float> left,
               std::span<float> right) noexcept REALTIME;

  // By how much the mix is late: the limiter's look-ahead, 0 when it is off.
  uint32_t delay_frames() const noexcept REALTIME {
    return limiter_.neutral() ? 0 : limiter_.delay_frames();
  }

  const ChannelStrip& strip(uint32_t input) const noexcept REALTIME { return strips_[input]; }

  const MasterSetting& master() const noexcept REALTIME { return master_; }

  const StereoMeters& master_meters() const noexcept REALTIME { return meters_.front(); }

  // The lowest gain of the limiter since the last call, linear.
  float take_limiter_gain() noexcept REALTIME { return limiter_.take_lowest_gain(); }

  // Starts all true peaks and loudness measurements anew.
  void reset_meters() noexcept REALTIME;

  // What is not a matter of the last settings: see archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  uint32_t begin(const MixerInputs& inputs, size_t first, size_t frames) noexcept REALTIME;
  void keep_keys(uint32_t begun, size_t frames) noexcept REALTIME;
  void mix(uint32_t begun, std::span<float> left, std::span<float> right) noexcept REALTIME;
  void apply_master(std::span<float> left, std::span<float> right) noexcept REALTIME;

  // Large parts live in the arena, so that a mixer is small enough for a stack.
  RampShape ramp_;
  std::span<ChannelStrip> strips_;
  std::span<StereoMeters> meters_;  // one
  std::span<MixBlock> block_;       // one
  std::span<MixFrames> frames_;     // of each strip
  std::span<MixFrames> keys_;       // copies of those that other strips' compressors follow
  uint32_t keyed_ = 0;              // bit i: strip i is the key of some compressor
  MasterSetting master_;
  Smoother<1> gain_;
  Limiter limiter_;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_MIXER_H_
