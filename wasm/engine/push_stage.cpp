#include "engine/push_stage.h"

#include <algorithm>
#include <cassert>
#include <new>

namespace quanta {
namespace {

static_assert(PushInput::kRingBytes % Arena::kAlignment == 0, "each ring begins a cache line");

constexpr uint32_t kNone = kInputs;

}  // namespace

bool PushStage::configure(Arena& arena, uint32_t rate_hz, bool inherited) {
  *this = PushStage();
  PushStage next;
  if (!next.take(arena)) return false;
  *this = next;
  rate_hz_ = rate_hz;
  for (PushInput& input : inputs_) {
    if (!inherited) input.clear();
    if (input.opened()) input.resume(filter_for(input.settings().rate_hz, kNone));
  }
  return true;
}

bool PushStage::take(Arena& arena) {
  words_ = arena.take<PushWords>(kInputs);
  rings_ = arena.take<std::byte>(PushInput::kRingBytes * kInputs);
  inputs_ = arena.take<PushInput>(kInputs);
  if (words_.empty() || rings_.empty() || inputs_.empty()) return false;
  for (uint32_t input = 0; input < kInputs; ++input) {
    const auto ring = rings_.subspan(input * PushInput::kRingBytes, PushInput::kRingBytes);
    PushInput* made = new (&inputs_[input]) PushInput();
    if (!made->configure(arena, ring, words_[input])) return false;
    filters_[input].table = arena.take<std::byte>(kPushTableFloats * sizeof(float));
    if (filters_[input].table.empty()) return false;
  }
  return true;
}

EngineStatus PushStage::check(uint32_t input, const PushSettings& settings) const {
  const auto [rate_hz, channels, target_frames, pace] = settings;
  if (inputs_.empty()) return EngineStatus::kNotInitialized;
  const uint32_t max_rate_hz = std::min<uint32_t>(kMaxRateHz, kMaxPushRateRatio * rate_hz_);
  if (rate_hz < kMinRateHz || rate_hz > max_rate_hz) return EngineStatus::kBadRate;
  const bool valid = input < kInputs && channels >= 1 && channels <= kInputChannels &&
                     target_frames >= 1 && target_frames <= kMaxPushTargetFrames &&
                     (pace == PushPace::kSourceClock || pace == PushPace::kOnDemand);
  return valid ? EngineStatus::kOk : EngineStatus::kBadArgument;
}

EngineStatus PushStage::open(uint32_t input, const PushSettings& settings) {
  const EngineStatus status = check(input, settings);
  if (status != EngineStatus::kOk) return status;
  inputs_[input].open(settings, filter_for(settings.rate_hz, input));
  return EngineStatus::kOk;
}

EngineStatus PushStage::close(uint32_t input) {
  if (inputs_.empty()) return EngineStatus::kNotInitialized;
  if (input >= kInputs) return EngineStatus::kBadArgument;
  inputs_[input].close();
  return EngineStatus::kOk;
}

void PushStage::render(uint32_t frames, std::span<float* const> scratch,
                       InputStage& to) noexcept REALTIME {
  for (uint32_t input = 0; input < inputs_.size(); ++input) {
    if (inputs_[input].opened()) inputs_[input].render(frames, scratch, to, input);
  }
}

// The filter for a source that is to be at an input, in place of what is there now.
const ResamplerKernel& PushStage::filter_for(uint32_t source_hz, uint32_t input) {
  Filter* free = nullptr;
  for (Filter& filter : filters_) {
    if (filter.source_hz == source_hz) return filter.kernel;
    if (used_beside(filter.source_hz, input)) continue;
    if (free == nullptr || filter.source_hz == 0) free = &filter;
  }
  assert(free != nullptr);  // the other inputs have one rate less than there are filters
  Arena table(free->table);
  const auto any = ResamplerKernel::Positions::kAny;
  const bool fits = free->kernel.configure(table, source_hz, rate_hz_, any);
  assert(fits);
  static_cast<void>(fits);
  free->source_hz = source_hz;
  return free->kernel;
}

bool PushStage::used_beside(uint32_t source_hz, uint32_t input) const {
  for (uint32_t other = 0; other < kInputs; ++other) {
    const PushInput& at = inputs_[other];
    if (other != input && at.opened() && at.settings().rate_hz == source_hz) return true;
  }
  return false;
}

}  // namespace quanta
