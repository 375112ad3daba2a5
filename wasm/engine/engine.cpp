#include "engine/engine.h"

#include <algorithm>
#include <bit>

namespace quanta {
namespace {

std::span<float> plane(std::span<float> planes, uint32_t channel, uint32_t first,
                       uint32_t frames) noexcept REALTIME {
  return planes.subspan(size_t{channel} * kMaxQuantumFrames + first, frames);
}

}  // namespace

EngineStatus Engine::check(uint32_t capacity, float rate_hz) {
  if (!std::has_single_bit(capacity)) return EngineStatus::kBadCapacity;
  if (capacity > kMaxCapacity) return EngineStatus::kOutOfMemory;
  if (!(rate_hz >= kMinRateHz && rate_hz <= kMaxRateHz)) return EngineStatus::kBadRate;
  return EngineStatus::kOk;
}

EngineStatus Engine::configure(std::span<std::byte> block, uint32_t capacity, float rate_hz,
                               Memory memory) {
  const bool inherited = memory == Memory::kInherited;
  Arena arena(block);
  frame_ = 0;
  started_ = false;
  // The same order every time, whatever the capacity, so that a successor finds what it inherits.
  const bool fits =
      publisher_.configure(arena, inherited) && controls_.configure(arena, inherited) &&
      commands_.configure(arena, inherited) &&
      bus_.configure(arena, static_cast<uint32_t>(rate_hz), inherited) &&
      !(mix_ = arena.take<float>(size_t{kMaxQuantumFrames} * kInputChannels)).empty() &&
      mixer_.configure(arena, rate_hz) &&
      push_.configure(arena, static_cast<uint32_t>(rate_hz), inherited) &&
      analysis_.configure(arena, static_cast<double>(rate_hz), inherited) &&
      deadline_.configure(arena, static_cast<double>(rate_hz), inherited) &&
      input_.configure(arena, capacity);
  if (!fits) return EngineStatus::kOutOfMemory;
  controls_.apply_all(mixer_);
  publisher_.publish_directory(
      block.data(), {input_, mix_, bus_, controls_, commands_, push_, analysis_, deadline_});
  return EngineStatus::kOk;
}

void Engine::set_frame(uint64_t frame) noexcept REALTIME {
  // The context's clock may repeat itself for a quantum; what it says next makes up for that.
  if (started_ && frame <= frame_) return;
  if (started_) {
    bus_.skip(frame - frame_);
    if (analysis_.on()) analysis_.skip(frame - frame_);
    publisher_.count_gap(frame - frame_);
  }
  frame_ = frame;
}

EngineStatus Engine::check_frames(uint32_t n) const noexcept REALTIME {
  if (publisher_.telemetry() == nullptr) return EngineStatus::kNotInitialized;
  if (n == 0 || n > kMaxQuantumFrames || n > input_.capacity()) return EngineStatus::kBadFrameCount;
  if (input_.unread_frames() < n) return EngineStatus::kUnderrun;
  return EngineStatus::kOk;
}

// The planes of the mix are free until it is mixed.
void Engine::render_pushed(uint32_t n) noexcept REALTIME {
  const std::array<float*, kInputChannels> scratch = {plane(mix_, 0, 0, n).data(),
                                                      plane(mix_, 1, 0, n).data()};
  push_.render(n, scratch, input_);
}

// Cut where a command is due and where the input ring wraps.
void Engine::mix(uint32_t n) noexcept REALTIME {
  for (uint32_t done = 0; done < n;) {
    commands_.apply_due(frame_ + done, controls_, mixer_);
    const uint32_t frames = commands_.frames_until_due(frame_ + done, input_.until_wrap(n - done));
    mix_part(done, frames);
    done += frames;
  }
}

void Engine::mix_part(uint32_t first, uint32_t frames) noexcept REALTIME {
  MixerInputs inputs;
  for (uint32_t input = 0; input < kInputs; ++input) {
    const uint32_t pushed = push_.channels(input);
    inputs[input] = input_.front(input, pushed > 0 ? pushed : input_.channels(input));
  }
  const auto left = plane(mix_, 0, first, frames);
  const auto right = plane(mix_, 1, first, frames);
  mixer_.process(inputs, left, right);
  if (analysis_.on()) keep_for_analysis(inputs, left, right);
  input_.pop(frames);
}

void Engine::keep_for_analysis(const MixerInputs& inputs, std::span<const float> left,
                               std::span<const float> right) noexcept REALTIME {
  if (analysis_.input() == kInputs) return analysis_.append(left, right);
  const MixerInput& input = inputs[analysis_.input()];
  if (input.left == nullptr) return analysis_.skip(left.size());
  analysis_.append({input.left, left.size()}, {input.right, left.size()});
}

EngineStatus Engine::process_quantum(uint32_t n) noexcept REALTIME {
  const EngineStatus status = check_frames(n);
  if (status != EngineStatus::kOk) return status;
  const uint32_t lost = input_.skip_overwritten();
  analysis_.follow(controls_);
  render_pushed(n);
  mix(n);
  const auto left = plane(mix_, 0, 0, n);
  const auto right = plane(mix_, 1, 0, n);
  bus_.publish(left, right, frame_);
  publisher_.publish(mixer_, left, right, lost);
  publisher_.publish_meters(mixer_, commands_.take_query());
  deadline_.count(n, frame_);
  frame_ += n;
  const bool of_mix = analysis_.input() == kInputs;
  analysis_.advance(n, frame_ - (of_mix ? mixer_.delay_frames() : 0));
  started_ = true;
  return EngineStatus::kOk;
}

}  // namespace quanta
