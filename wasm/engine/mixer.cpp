#include "engine/mixer.h"

#include <algorithm>

#include "dsp/exact_math.h"
#include "dsp/sanitize.h"

namespace quanta {
namespace {

void add(std::span<float> to, const float* from) noexcept REALTIME {
  for (size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

}  // namespace

bool Mixer::configure(Arena& arena, float rate_hz) {
  *this = Mixer();
  strips_ = arena.make<ChannelStrip>(kInputs);
  meters_ = arena.make<StereoMeters>(1);
  block_ = arena.make<MixBlock>(1);
  frames_ = arena.make<MixFrames>(kInputs);
  keys_ = arena.make<MixFrames>(kInputs);
  if (strips_.empty() || meters_.empty() || block_.empty() || keys_.empty()) return false;
  if (!ramp_.configure(arena, rate_hz)) return false;
  for (ChannelStrip& strip : strips_) {
    if (!strip.configure(arena, ramp_, rate_hz)) return false;
  }
  gain_.configure(ramp_, {1});
  return meters_.front().configure(arena, rate_hz) && limiter_.configure(arena, ramp_, rate_hz);
}

void Mixer::set_strip(uint32_t input, const StripSetting& setting) noexcept REALTIME {
  strips_[input].set(setting);
  bool any_solo = false;
  keyed_ = 0;
  for (const ChannelStrip& strip : strips_) {
    any_solo |= strip.setting().solo;
    keyed_ |= 1U << strip.setting().compressor_key;
  }
  for (ChannelStrip& strip : strips_) strip.set_audible(!any_solo || strip.setting().solo);
}

void Mixer::set_master(const MasterSetting& setting) noexcept REALTIME {
  master_ = setting;
  const bool shut = setting.gain_db <= kFaderShutDb;
  const double gain = shut ? 0 : db_to_gain(static_cast<double>(setting.gain_db));
  gain_.set({static_cast<float>(gain)});
  limiter_.set(setting.limiter);
}

void Mixer::process(const MixerInputs& inputs, std::span<float> left,
                    std::span<float> right) noexcept REALTIME {
  for (size_t first = 0; first < left.size(); first += kMixBlock) {
    const size_t frames = std::min(left.size() - first, kMixBlock);
    const std::span<float> left_block = left.subspan(first, frames);
    const std::span<float> right_block = right.subspan(first, frames);
    const uint32_t begun = begin(inputs, first, frames);
    keep_keys(begun, frames);
    mix(begun, left_block, right_block);
    apply_master(left_block, right_block);
    meters_.front().update(left_block, right_block);
  }
}

// Bit i of what it returns: strip i has frames.
uint32_t Mixer::begin(const MixerInputs& inputs, size_t first, size_t frames) noexcept REALTIME {
  uint32_t begun = 0;
  for (size_t i = 0; i < kInputs; ++i) {
    MixerInput input = inputs[i];
    if (input.left != nullptr) input = {input.left + first, input.right + first};
    const bool has = strips_[i].begin(input, {frames_[i].data(), frames}, block_.front());
    begun |= uint32_t{has} << i;
  }
  return begun;
}

// A compressor works in place, so others follow copies.
void Mixer::keep_keys(uint32_t begun, size_t frames) noexcept REALTIME {
  for (size_t i = 0; i < kInputs; ++i) {
    if ((keyed_ >> i & 1) == 0) continue;
    const bool heard = (begun >> i & 1) != 0 && !strips_[i].shut();
    for (size_t k = 0; k < frames; ++k) keys_[i][k] = heard ? frames_[i][k] : Double2{};
  }
}

// The first strip that sounds is copied: adding it to 0 would turn -0 into 0.
void Mixer::mix(uint32_t begun, std::span<float> left, std::span<float> right) noexcept REALTIME {
  MixBlock& block = block_.front();
  bool silent = true;
  for (size_t i = 0; i < kInputs; ++i) {
    if ((begun >> i & 1) == 0) continue;
    const uint32_t key = strips_[i].setting().compressor_key;
    const MixFrames& level = key < kInputs ? keys_[key] : frames_[i];
    strips_[i].finish({frames_[i].data(), left.size()}, {level.data(), left.size()}, block);
    if (silent) {
      std::copy_n(block.left.data(), left.size(), left.data());
      std::copy_n(block.right.data(), right.size(), right.data());
    } else {
      add(left, block.left.data());
      add(right, block.right.data());
    }
    silent = false;
  }
  if (!silent) return;
  std::fill(left.begin(), left.end(), 0.0F);
  std::fill(right.begin(), right.end(), 0.0F);
}

void Mixer::apply_master(std::span<float> left, std::span<float> right) noexcept REALTIME {
  std::array<float, kMixBlock> gains;
  gain_.fill({gains.data()}, static_cast<uint32_t>(left.size()));
  for (size_t i = 0; i < left.size(); ++i) {
    left[i] *= gains[i];
    right[i] *= gains[i];
  }
  // A sum beyond a float's range is no sound.
  sanitize(left, left);
  sanitize(right, right);
  limiter_.process(left, right);
}

void Mixer::archive(Archive& a) noexcept REALTIME {
  for (ChannelStrip& strip : strips_) strip.archive(a);
  gain_.archive(a);
  limiter_.archive(a);
  meters_.front().archive(a);
}

void Mixer::reset_meters() noexcept REALTIME {
  for (ChannelStrip& strip : strips_) strip.reset_meters();
  meters_.front().reset();
}

}  // namespace quanta
