#include "engine/vad_source.h"

#include <array>

namespace quanta {
namespace {

bool is_silent(std::span<const float> samples) noexcept REALTIME {
  for (const float sample : samples) {
    if (sample != 0) return false;
  }
  return true;
}

}  // namespace

bool VadSource::configure(Arena& arena, std::span<std::byte> probabilities, bool inherited) {
  ring_block_ = probabilities;
  detector_block_ = arena.take<std::byte>(kDetectorBytes);
  if (!inherited) {
    ProbabilityRing::Memory::create(ring_block_, ProbabilityRing::shape(kProbabilityRingSlots), 0);
  }
  return !detector_block_.empty();
}

bool VadSource::start(const SileroWeights& weights, const VoiceStage& heard, uint64_t number) {
  Arena arena(detector_block_);
  if (!detector_.configure(arena, weights)) return false;
  first_number_ = number - heard.published();
  chunks_ = ChunkRing::Reader(ChunkRing::Memory::attach(heard.ring()), 1);
  // While this was off, another thread may have written to the ring.
  probabilities_ = ProbabilityRing::Writer(ProbabilityRing::Memory::attach(ring_block_));
  silent_frames_ = 0;
  busy_ = false;
  return true;
}

uint32_t VadSource::advance(uint32_t steps) noexcept REALTIME {
  for (; steps > 0; --steps) {
    if (!busy_) {
      if (!listen()) break;
    } else if (detector_.step()) {
      publish();
    }
  }
  return steps;
}

// Takes the next chunk. False: there is none.
bool VadSource::listen() noexcept REALTIME {
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

void VadSource::publish() noexcept REALTIME {
  busy_ = false;
  probabilities_.write(number_ * kVadFrames, detector_.probability());
}

}  // namespace quanta
