#include "engine/channel_strip.h"

#include <algorithm>

#include "dsp/exact_math.h"
#include "dsp/pan.h"

namespace quanta {
namespace {

// By then all that rings has ended and every needle lies at its stop.
constexpr float kRestSeconds = 30;

}  // namespace

bool ChannelStrip::configure(Arena& arena, const RampShape& ramp, float rate_hz) {
  rest_frames_ = static_cast<uint32_t>(kRestSeconds * rate_hz);
  silent_frames_ = rest_frames_;
  high_pass_.configure(ramp, BiquadShape::kHighPass, rate_hz);
  for (size_t i = 0; i < kBands; ++i) bands_[i].configure(ramp, kBandShapes[i], rate_hz);
  gate_.configure(ramp, rate_hz);
  gain_.configure(ramp, {1, 1});
  const bool compressor = compressor_.configure(arena, ramp, rate_hz);
  const bool meters = meters_.configure(arena, rate_hz);
  set(StripSetting());
  return compressor && meters;
}

void ChannelStrip::set(const StripSetting& setting) noexcept REALTIME {
  setting_ = setting;
  high_pass_.set(setting.high_pass);
  for (size_t i = 0; i < kBands; ++i) bands_[i].set(setting.bands[i]);
  gate_.set(setting.gate);
  compressor_.set(setting.compressor);
  aim_gain();
}

void ChannelStrip::set_audible(bool audible) noexcept REALTIME {
  audible_ = audible;
  aim_gain();
}

bool ChannelStrip::shut() const noexcept REALTIME {
  return !audible_ || setting_.mute || setting_.gain_db <= kFaderShutDb;
}

void ChannelStrip::aim_gain() noexcept REALTIME {
  const double gain = shut() ? 0 : db_to_gain(static_cast<double>(setting_.gain_db));
  const PanGains pan = pan_gains(setting_.pan);
  gain_.set({static_cast<float>(gain * static_cast<double>(pan.left)),
             static_cast<float>(gain * static_cast<double>(pan.right))});
}

bool ChannelStrip::begin(const MixerInput& input, std::span<Double2> frames,
                         MixBlock& block) noexcept REALTIME {
  if (resting(input, frames.size())) return false;
  take(input.left, block.left, frames.size());
  take(input.right, block.right, frames.size());
  for (size_t i = 0; i < frames.size(); ++i) {
    frames[i] = Double2{static_cast<double>(block.left[i]), static_cast<double>(block.right[i])};
  }
  high_pass_.process(frames);
  for (Biquad& band : bands_) band.process(frames);
  gate_.process(frames);
  return true;
}

void ChannelStrip::finish(std::span<Double2> frames, std::span<const Double2> key,
                          MixBlock& block) noexcept REALTIME {
  compressor_.process(frames, key);
  apply_gain(frames);
  for (size_t i = 0; i < frames.size(); ++i) {
    block.left[i] = static_cast<float>(frames[i][0]);
    block.right[i] = static_cast<float>(frames[i][1]);
  }
  // Tails that have become denormal, and what a gain has lifted out of a float's range.
  const std::span<float> left(block.left.data(), frames.size());
  const std::span<float> right(block.right.data(), frames.size());
  sanitize(left, left);
  sanitize(right, right);
  meters_.update(left, right);
}

void ChannelStrip::archive(Archive& a) noexcept REALTIME {
  a.values(silent_frames_, bad_samples_);
  high_pass_.archive(a);
  for (Biquad& band : bands_) band.archive(a);
  gate_.archive(a);
  compressor_.archive(a);
  gain_.archive(a);
  meters_.archive(a);
}

// Silence goes through it until nothing rings or moves any more.
bool ChannelStrip::resting(const MixerInput& input, size_t frames) noexcept REALTIME {
  if (input.left != nullptr) {
    silent_frames_ = 0;
    return false;
  }
  if (silent_frames_ >= rest_frames_) return settled();
  silent_frames_ += static_cast<uint32_t>(frames);
  return false;
}

bool ChannelStrip::settled() const noexcept REALTIME {
  bool bands = true;
  for (const Biquad& band : bands_) bands &= band.settled();
  return bands && high_pass_.settled() && gate_.settled() && compressor_.settled() &&
         gain_.settled();
}

void ChannelStrip::take(const float* in, std::array<float, kMixBlock>& plane,
                        size_t frames) noexcept REALTIME {
  if (in == nullptr) {
    std::fill_n(plane.begin(), frames, 0.0F);
    return;
  }
  const SanitizeCounts counts = sanitize({in, frames}, {plane.data(), frames});
  bad_samples_.not_finite += counts.not_finite;
  bad_samples_.denormal += counts.denormal;
}

void ChannelStrip::apply_gain(std::span<Double2> frames) noexcept REALTIME {
  if (gain_.settled()) {
    const Double2 gain = {static_cast<double>(gain_.target()[0]),
                          static_cast<double>(gain_.target()[1])};
    for (Double2& frame : frames) frame *= gain;
    return;
  }
  std::array<float, kMixBlock> left;
  std::array<float, kMixBlock> right;
  gain_.fill({left.data(), right.data()}, static_cast<uint32_t>(frames.size()));
  for (size_t i = 0; i < frames.size(); ++i) {
    frames[i] *= Double2{static_cast<double>(left[i]), static_cast<double>(right[i])};
  }
}

}  // namespace quanta
