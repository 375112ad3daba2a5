// Voice activity in one source: the mix, or an input.
#ifndef QUANTA_ENGINE_VAD_SOURCE_H_
#define QUANTA_ENGINE_VAD_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "core/chunk_ring.h"
#include "core/probability_ring.h"
#include "engine/voice_stage.h"
#include "shared/realtime.h"
#include "voice/silero_vad.h"
#include "voice/silero_weights.h"

namespace quanta {

// Hears chunks as any listener of their ring does, and publishes the probability of each under its
// number. So whoever gives the same chunks to the same detector has the same bits, on any thread.
//
// Digital silence ends in a fixed state: of zeros beyond a second the probability is that of the
// zeros before, and nothing is computed. So a gap, which is silence in the ring, is done with soon
// however long it is.
class VadSource {
 public:
  // A step of the detector, or the taking of a chunk.
  static constexpr uint32_t kFrameSteps = SileroVad::kSteps + 1;

  // Takes the detector's memory. probabilities: room for their ring, which is there already when
  // inherited. False: the arena is full.
  bool configure(Arena& arena, std::span<std::byte> probabilities, bool inherited);

  static constexpr size_t ring_bytes() {
    return ProbabilityRing::Memory::bytes(ProbabilityRing::shape(kProbabilityRingSlots));
  }

  // Between quanta. Begins with the next chunk of what is heard, which has this number in the voice
  // ring. False: the detector does not fit into its memory.
  bool start(const SileroWeights& weights, const VoiceStage& heard, uint64_t number);

  // Audio thread only. Wait-free. Does as many steps, or as there are.
  // @return Those that are left.
  uint32_t advance(uint32_t steps) noexcept REALTIME;

 private:
  // The transform's.
  static constexpr size_t kDetectorBytes = 8192;

  bool listen() noexcept REALTIME;
  void publish() noexcept REALTIME;

  std::span<std::byte> ring_block_;
  std::span<std::byte> detector_block_;
  ChunkRing::Reader chunks_;
  ProbabilityRing::Writer probabilities_;
  SileroVad detector_;
  uint64_t first_number_ = 0;   // that chunk 0 of what is heard has in the voice ring
  uint64_t number_ = 0;         // of the chunk in work
  uint32_t silent_frames_ = 0;  // in a row, up to that chunk
  bool busy_ = false;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_VAD_SOURCE_H_
