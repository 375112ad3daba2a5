#include "engine/vad_stage.h"

#include <new>

namespace quanta {
namespace {

// Words of the state that a successor goes on from.
constexpr size_t kBytesWord = 0;
constexpr size_t kSourceWord = 1;
constexpr size_t kStateWords = 2;

bool is_silent(std::span<const float> samples) noexcept REALTIME {
  for (const float sample : samples) {
    if (sample != 0) return false;
  }
  return true;
}

}  // namespace

bool VadStage::configure(Arena& arena, const VoiceStage& voice, uint32_t rate_hz, bool inherited) {
  constexpr BroadcastShape kRing = ProbabilityRing::shape(kProbabilityRingSlots);
  source_ = kOff;
  busy_ = false;
  chunk_duration_frames_ = kChunkFrames * rate_hz / kChunkRateHz;
  state_ = arena.take<layout_types::u32>(kStateWords);
  ring_block_ = arena.take<std::byte>(ProbabilityRing::Memory::bytes(kRing));
  file_ = arena.take<std::byte>(vad_file_bytes(sizeof(uint16_t)));
  work_block_ = arena.take<std::byte>(kVadMatrixValues * sizeof(float) + kDetectorBytes);
  if (state_.empty() || ring_block_.empty() || file_.empty() || work_block_.empty()) return false;
  if (!own_voice_.configure(arena, kOwnChunks, rate_hz, false)) return false;
  if (!inherited) {
    for (layout_types::u32& word : state_) new (&word) layout_types::u32();
    state_[kSourceWord].store(kOff);
    ProbabilityRing::Memory::create(ring_block_, kRing, 0);
  }
  const uint32_t heard = state_[kSourceWord].load();
  // The host may be writing another file at this very moment.
  if (heard != kOff && start(state_[kBytesWord].load(), heard, voice) != EngineStatus::kOk) stop();
  return true;
}

EngineStatus VadStage::start(uint32_t bytes, uint32_t source, const VoiceStage& voice) {
  if (source > kInputs) return EngineStatus::kBadArgument;
  if (bytes > file_.size()) return EngineStatus::kBadWeights;
  Arena arena(work_block_);
  SileroWeights weights;
  if (weights.configure(arena, file_.first(bytes)) != VadStatus::kOk) {
    return EngineStatus::kBadWeights;
  }
  if (!detector_.configure(arena, weights)) return EngineStatus::kOutOfMemory;
  if (source < kInputs) own_voice_.align(voice);
  const VoiceStage& heard = source < kInputs ? own_voice_ : voice;
  first_number_ = voice.published() - heard.published();
  chunks_ = ChunkRing::Reader(ChunkRing::Memory::attach(heard.ring()), 1);
  // While this was off, another thread may have written to the ring.
  probabilities_ = ProbabilityRing::Writer(ProbabilityRing::Memory::attach(ring_block_));
  silent_frames_ = 0;
  busy_ = false;
  source_ = source;
  state_[kBytesWord].store(bytes);
  state_[kSourceWord].store(source);
  return EngineStatus::kOk;
}

void VadStage::stop() noexcept REALTIME {
  source_ = kOff;
  busy_ = false;
  state_[kSourceWord].store(kOff);
}

void VadStage::append(std::span<const float> left, std::span<const float> right) noexcept REALTIME {
  own_voice_.process(left, right, 0);
}

void VadStage::advance(uint32_t frames) noexcept REALTIME {
  if (source_ == kOff) return;
  for (uint32_t steps = steps_of(frames); steps > 0; --steps) {
    if (!busy_) {
      if (!listen()) return;
    } else if (detector_.step()) {
      publish();
    }
  }
}

uint32_t VadStage::steps_of(uint32_t frames) const noexcept REALTIME {
  const uint32_t due = (kFrameSteps * frames + chunk_duration_frames_ - 1) / chunk_duration_frames_;
  return due + kSpareSteps;
}

// Takes the next chunk. False: there is none.
bool VadStage::listen() noexcept REALTIME {
  const ReadStatus status = chunks_.view().status;
  if (status == ReadStatus::kEmpty) return false;
  // A gap longer than the ring.
  if (status == ReadStatus::kDropout) {
    detector_.reset();
    silent_frames_ = 0;
    return true;
  }
  std::array<float, kVadFrames> chunk;
  chunks_.copy_to(chunk.data());
  number_ = first_number_ + chunks_.seq();
  chunks_.confirm();
  silent_frames_ = is_silent(chunk) ? silent_frames_ + 1 : 0;
  if (silent_frames_ > kVadSilentFrames) {
    publish();
  } else {
    detector_.begin(chunk);
    busy_ = true;
  }
  return true;
}

void VadStage::publish() noexcept REALTIME {
  busy_ = false;
  probabilities_.write(number_ * kVadFrames, detector_.probability());
}

}  // namespace quanta
