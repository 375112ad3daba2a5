// A broadcast ring whose slots are probabilities, each with the samples that it is of.
//
// web/shared/probability-ring.ts is the same ring.
#ifndef QUANTA_CORE_PROBABILITY_RING_H_
#define QUANTA_CORE_PROBABILITY_RING_H_

#include "core/broadcast_ring.h"
#include "shared/voice_layout.h"

namespace quanta {

template <typename Policy>
class BasicProbabilityRing {
 public:
  using Memory = BroadcastMemory<Policy>;

  // capacity is in probabilities, a power of two.
  static constexpr BroadcastShape shape(uint32_t capacity) {
    return {capacity, 1, 1, static_cast<uint32_t>(ProbabilityMeta::kWords), kChunkRateHz};
  }

  class Writer : public BroadcastWriter<Policy> {
   public:
    using BroadcastWriter<Policy>::BroadcastWriter;

    // Publishes the probability of the kVadFrames samples from start_sample on.
    void write(uint64_t start_sample, float probability) noexcept REALTIME {
      this->reserve(1);
      const auto meta = this->memory().meta(this->position());
      const Halves start(start_sample);
      meta[static_cast<size_t>(ProbabilityMeta::start_sample)].store(start.low());
      meta[static_cast<size_t>(ProbabilityMeta::start_sample_high)].store(start.high());
      this->memory().samples(0, this->position(), 1).first[0].store(probability);
      this->commit(1);
    }
  };
};

using ProbabilityRing = BasicProbabilityRing<RealAtomics>;

}  // namespace quanta

#endif  // QUANTA_CORE_PROBABILITY_RING_H_
