#include "engine/engine.h"

#include <algorithm>
#include <bit>

#include "core/digest.h"

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
                               Memory memory, std::span<std::byte> flight) {
  const bool inherited = memory == Memory::kInherited;
  Arena arena(block);
  next_stage_ = Stage::kBegin;
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
      vad_.configure(arena, bus_.voice(), static_cast<uint32_t>(rate_hz), inherited) &&
      input_.configure(arena, capacity) && recorder_.configure(arena, flight, rate_hz, inherited);
  if (!fits) return EngineStatus::kOutOfMemory;
  // What the clock passed over between an engine and its successor is a gap as well.
  frame_ = publisher_.telemetry()->next_frame.load();
  started_ = publisher_.telemetry()->quantum_count.load() > 0;
  controls_.apply_all(mixer_);
  publisher_.publish_directory(block.data(), {input_, mix_, bus_, controls_, commands_, push_,
                                              analysis_, recorder_, deadline_, vad_});
  recorder_.set_base(kArenaBase + static_cast<uint32_t>(block.size()));
  return EngineStatus::kOk;
}

void Engine::set_frame(uint64_t frame) noexcept REALTIME {
  // The context's clock may repeat itself for a quantum; what it says next makes up for that.
  if (started_ && frame <= frame_) return;
  if (started_) {
    bus_.skip(frame - frame_);
    if (analysis_.on()) analysis_.skip(frame - frame_);
    for (uint32_t input = 0; input < kInputs; ++input) {
      if (vad_.hears(input)) vad_.skip(input, frame - frame_);
    }
    publisher_.count_gap(frame - frame_);
  }
  frame_ = frame;
}

EngineStatus Engine::start_vad(uint32_t bytes, uint32_t sources) {
  if (publisher_.telemetry() == nullptr) return EngineStatus::kNotInitialized;
  return vad_.start(bytes, sources, bus_.voice());
}

EngineStatus Engine::check_frames(uint32_t n) const noexcept REALTIME {
  if (publisher_.telemetry() == nullptr) return EngineStatus::kNotInitialized;
  if (n == 0 || n > kMaxQuantumFrames || n > input_.capacity()) return EngineStatus::kBadFrameCount;
  if (input_.unread_frames() < n) return EngineStatus::kUnderrun;
  return EngineStatus::kOk;
}

uint32_t Engine::channels(uint32_t input) const noexcept REALTIME {
  const uint32_t pushed = push_.channels(input);
  return pushed > 0 ? pushed : std::min(input_.channels(input), kInputChannels);
}

std::span<float> Engine::mixed(uint32_t channel, uint32_t n) const noexcept REALTIME {
  return plane(mix_, channel, 0, n);
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
    commands_.apply_due(frame_ + done, controls_, mixer_, recorder_);
    const uint32_t frames = commands_.frames_until_due(frame_ + done, input_.until_wrap(n - done));
    mix_part(done, frames);
    done += frames;
  }
}

void Engine::mix_part(uint32_t first, uint32_t frames) noexcept REALTIME {
  MixerInputs inputs;
  for (uint32_t input = 0; input < kInputs; ++input) {
    inputs[input] = input_.front(input, channels(input));
  }
  const auto left = plane(mix_, 0, first, frames);
  const auto right = plane(mix_, 1, first, frames);
  mixer_.process(inputs, left, right);
  if (analysis_.on()) keep_for_analysis(inputs, left, right);
  keep_for_vad(inputs, frames);
  input_.pop(frames);
}

void Engine::keep_for_analysis(const MixerInputs& inputs, std::span<const float> left,
                               std::span<const float> right) noexcept REALTIME {
  if (analysis_.input() == kInputs) return analysis_.append(left, right);
  const MixerInput& input = inputs[analysis_.input()];
  if (input.left == nullptr) return analysis_.skip(left.size());
  analysis_.append({input.left, left.size()}, {input.right, left.size()});
}

void Engine::keep_for_vad(const MixerInputs& inputs, uint32_t frames) noexcept REALTIME {
  for (uint32_t i = 0; i < kInputs; ++i) {
    if (!vad_.hears(i)) continue;
    const MixerInput& input = inputs[i];
    if (input.left == nullptr) {
      vad_.skip(i, frames);
    } else {
      vad_.append(i, {input.left, frames}, {input.right, frames});
    }
  }
}

// What the inputs hold and the page has set.
EngineStatus Engine::start_quantum(uint32_t n) noexcept REALTIME {
  const EngineStatus status = check_frames(n);
  if (status != EngineStatus::kOk) return status;
  lost_ = input_.skip_overwritten();
  analysis_.follow(controls_);
  return EngineStatus::kOk;
}

void Engine::record(uint32_t n) noexcept REALTIME {
  if (!recorder_.on()) return;
  std::array<uint32_t, kInputs> counts;
  for (uint32_t input = 0; input < kInputs; ++input) counts[input] = channels(input);
  if (recorder_.begin(frame_, n, counts)) {
    Archive state = recorder_.begin_checkpoint();
    archive(state);
    recorder_.end_checkpoint(state);
  }
  recorder_.record(input_);
}

void Engine::analyze(uint32_t n) noexcept REALTIME {
  const bool of_mix = analysis_.input() == kInputs;
  analysis_.advance(n, frame_ + n - (of_mix ? mixer_.delay_frames() : 0));
}

FlightResult Engine::result(uint32_t n) const noexcept REALTIME {
  Digest mix;
  mix.add(std::span<const float>(mixed(0, n)));
  mix.add(std::span<const float>(mixed(1, n)));
  const Halves centre(analysis_.centre_frame());
  return {mix.value(),        bus_.voice_digest(), publisher_.digest(),
          analysis_.digest(), centre.low(),        centre.high()};
}

void Engine::end_quantum(uint32_t n) noexcept REALTIME {
  deadline_.count(n, frame_);
  if (recorder_.wants_results()) recorder_.end(result(n));
  frame_ += n;
  started_ = true;
}

EngineStatus Engine::run(Stage stage, uint32_t n) noexcept REALTIME {
  switch (stage) {
    case Stage::kBegin:
      return start_quantum(n);
    case Stage::kPush:
      render_pushed(n);
      break;
    case Stage::kRecord:
      record(n);
      break;
    case Stage::kMix:
      mix(n);
      break;
    case Stage::kPublish:
      bus_.publish(mixed(0, n), mixed(1, n), frame_);
      break;
    case Stage::kMeter:
      publisher_.publish(mixer_, {mixed(0, n), mixed(1, n), frame_ + n, lost_});
      publisher_.publish_meters(mixer_, commands_.take_query());
      break;
    case Stage::kAnalyze:
      analyze(n);
      break;
    case Stage::kDetect:
      vad_.advance(n);
      break;
    case Stage::kEnd:
      end_quantum(n);
      break;
  }
  return EngineStatus::kOk;
}

EngineStatus Engine::process_quantum(uint32_t n) noexcept REALTIME {
  EngineStatus status = EngineStatus::kOk;
  next_stage_ = Stage::kBegin;
  for (uint32_t i = 0; i < kStageCount && status == EngineStatus::kOk; ++i) {
    status = run(static_cast<Stage>(i), n);
  }
  return status;
}

EngineStatus Engine::process_stage(Stage stage, uint32_t n) noexcept REALTIME {
  const bool first = stage == Stage::kBegin;
  if (!first && (stage != next_stage_ || n != running_frames_)) return EngineStatus::kBadArgument;
  next_stage_ = Stage::kBegin;
  const EngineStatus status = run(stage, n);
  if (status != EngineStatus::kOk) return status;
  running_frames_ = n;
  next_stage_ = static_cast<Stage>((static_cast<uint32_t>(stage) + 1) % kStageCount);
  return EngineStatus::kOk;
}

// All that decides what comes out, in the state before a quantum is mixed.
void Engine::archive(Archive& a) noexcept REALTIME {
  controls_.archive(a, mixer_);
  mixer_.archive(a);
  bus_.archive(a);
  publisher_.archive(a);
  analysis_.archive(a);
  a.values(frame_, started_);
}

EngineStatus Engine::restore(std::span<const std::byte> checkpoint) noexcept REALTIME {
  if (publisher_.telemetry() == nullptr) return EngineStatus::kNotInitialized;
  recorder_.stop();
  Archive state = Archive::load(checkpoint);
  archive(state);
  const bool whole = state.ok() && state.bytes() == checkpoint.size();
  return whole ? EngineStatus::kOk : EngineStatus::kBadArgument;
}

}  // namespace quanta
