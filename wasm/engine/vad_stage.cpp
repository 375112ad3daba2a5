#include "engine/vad_stage.h"

#include <algorithm>
#include <new>

namespace quanta {
namespace {

// Words of the state that a successor goes on from.
constexpr size_t kBytesWord = 0;
constexpr size_t kSourcesWord = 1;
constexpr size_t kStateWords = 2;

}  // namespace

bool VadStage::configure(Arena& arena, const VoiceStage& voice, uint32_t rate_hz, bool inherited) {
  sources_ = 0;
  chunk_duration_frames_ = kChunkFrames * rate_hz / kChunkRateHz;
  state_ = arena.take<layout_types::u32>(kStateWords);
  rings_block_ = arena.take<std::byte>(VadSource::ring_bytes() * kSources);
  file_ = arena.take<std::byte>(vad_file_bytes(sizeof(uint16_t)));
  weights_block_ = arena.take<std::byte>(kVadMatrixValues * sizeof(float));
  voices_ = arena.make<VoiceStage>(kInputs);
  detectors_ = arena.make<VadSource>(kSources);
  if (state_.empty() || rings_block_.empty() || file_.empty() || weights_block_.empty() ||
      voices_.empty() || detectors_.empty()) {
    return false;
  }
  for (uint32_t source = 0; source < kSources; ++source) {
    if (!detectors_[source].configure(arena, ring(source), inherited)) return false;
  }
  for (VoiceStage& input : voices_) {
    if (!input.configure(arena, kOwnChunks, rate_hz, false)) return false;
  }
  if (!inherited) {
    for (layout_types::u32& word : state_) new (&word) layout_types::u32();
  }
  const uint32_t heard = state_[kSourcesWord].load();
  // The host may be writing another file at this very moment.
  if (heard != 0 && start(state_[kBytesWord].load(), heard, voice) != EngineStatus::kOk) stop();
  return true;
}

EngineStatus VadStage::start(uint32_t bytes, uint32_t sources, const VoiceStage& voice) {
  if (sources == 0 || sources >> kSources != 0) return EngineStatus::kBadArgument;
  if (bytes > file_.size()) return EngineStatus::kBadWeights;
  Arena arena(weights_block_);
  SileroWeights weights;
  if (weights.configure(arena, file_.first(bytes)) != VadStatus::kOk) {
    return EngineStatus::kBadWeights;
  }
  for (uint32_t source = 0; source < kSources; ++source) {
    if ((sources >> source & 1) == 0) continue;
    if (source < kInputs) voices_[source].align(voice);
    const VoiceStage& heard = source < kInputs ? voices_[source] : voice;
    if (!detectors_[source].start(weights, heard, voice.published())) {
      return EngineStatus::kOutOfMemory;
    }
  }
  sources_ = sources;
  state_[kBytesWord].store(bytes);
  state_[kSourcesWord].store(sources);
  return EngineStatus::kOk;
}

void VadStage::stop() noexcept REALTIME {
  sources_ = 0;
  state_[kSourcesWord].store(0);
}

void VadStage::append(uint32_t input, std::span<const float> left,
                      std::span<const float> right) noexcept REALTIME {
  voices_[input].process(left, right, 0);
}

void VadStage::skip(uint32_t input, uint64_t frames) noexcept REALTIME {
  voices_[input].skip(frames);
}

// The mix first: it is waited for most.
void VadStage::advance(uint32_t frames) noexcept REALTIME {
  constexpr uint32_t kSteps = VadSource::kFrameSteps;
  const uint32_t due = (kSteps * frames + chunk_duration_frames_ - 1) / chunk_duration_frames_;
  uint32_t spare = kSpareSteps;
  for (uint32_t source = kSources; source-- > 0;) {
    if (hears(source)) spare = std::min(detectors_[source].advance(due + spare), kSpareSteps);
  }
}

}  // namespace quanta
