// One input's way through the mixer.
#ifndef QUANTA_ENGINE_CHANNEL_STRIP_H_
#define QUANTA_ENGINE_CHANNEL_STRIP_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "dsp/biquad.h"
#include "dsp/compressor.h"
#include "dsp/gate.h"
#include "dsp/lanes.h"
#include "dsp/sanitize.h"
#include "dsp/smoother.h"
#include "engine/mixer_settings.h"
#include "engine/stereo_meters.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// Frames that the mixer handles at a time; cuts of a quantum are at most this long.
inline constexpr size_t kMixBlock = kDefaultQuantumFrames;

using MixFrames = std::array<Double2, kMixBlock>;

// What a strip takes and what it adds; the mixer has one for all, one after the other.
struct MixBlock {
  std::array<float, kMixBlock> left;
  std::array<float, kMixBlock> right;
};

// A source's planes. A mono source gives the same plane twice; null: nothing is connected.
struct MixerInput {
  const float* left = nullptr;
  const float* right = nullptr;
};

// Sanitised, then high-pass, bands, gate, compressor, and a gain for fader, pan, mute and solo.
// With everything neutral each sample keeps its bits. The way is cut before the compressor, whose
// key may be what another strip has there.
class ChannelStrip {
 public:
  // The ramp outlives the strip. False: the arena is full.
  bool configure(Arena& arena, const RampShape& ramp, float rate_hz);

  // Heads for a setting from the next frame on. Whether the strip is heard, beside its own fader,
  // depends on the others: set_audible().
  void set(const StripSetting& setting) noexcept REALTIME;
  void set_audible(bool audible) noexcept REALTIME;

  const StripSetting& setting() const noexcept REALTIME { return setting_; }

  // Audio thread only. Wait-free. Leaves the source behind the gate in the frames, and false where
  // there is nothing: some seconds after its source went away a strip rests.
  bool begin(const MixerInput& input, std::span<Double2> frames, MixBlock& block) noexcept REALTIME;

  // Audio thread only. Wait-free. After begin(), with its frames: leaves what the strip adds to the
  // mix in the block's planes. The key is what the compressor's level is measured on.
  void finish(std::span<Double2> frames, std::span<const Double2> key,
              MixBlock& block) noexcept REALTIME;

  // Whether it is shut by its fader, its mute, or another's solo.
  bool shut() const noexcept REALTIME;

  // Of what the strip adds to the mix.
  const StereoMeters& meters() const noexcept REALTIME { return meters_; }

  // Gain of the gate at the last frame, linear.
  float gate_gain() const noexcept REALTIME { return gate_.gain(); }

  // What the compressor took away at the last frame, in dB.
  float reduction_db() const noexcept REALTIME { return compressor_.reduction_db(); }

  // Samples that were no sound, since the start.
  const SanitizeCounts& bad_samples() const noexcept REALTIME { return bad_samples_; }

  void reset_meters() noexcept REALTIME { meters_.reset(); }

  // Audio thread only. Wait-free. What is not a matter of the last setting: see archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  bool resting(const MixerInput& input, size_t frames) noexcept REALTIME;
  bool settled() const noexcept REALTIME;
  void take(const float* in, std::array<float, kMixBlock>& plane, size_t frames) noexcept REALTIME;
  void apply_gain(std::span<Double2> frames) noexcept REALTIME;
  void aim_gain() noexcept REALTIME;

  StripSetting setting_;
  bool audible_ = true;
  uint32_t rest_frames_ = 0;    // without a source, until it rests
  uint32_t silent_frames_ = 0;  // that it has had no source
  SanitizeCounts bad_samples_;
  Biquad high_pass_;
  std::array<Biquad, kBands> bands_;
  Gate gate_;
  Compressor compressor_;
  Smoother<2> gain_;
  StereoMeters meters_;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_CHANNEL_STRIP_H_
