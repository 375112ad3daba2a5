// A broadcast ring whose slots are chunks of mono audio, each with its time: the voice ring.
//
// A chunk's sequence number is its position in the ring, so it is not stored.
// web/shared/chunk-ring.ts is the same ring.
#ifndef QUANTA_CORE_CHUNK_RING_H_
#define QUANTA_CORE_CHUNK_RING_H_

#include <cstring>

#include "core/broadcast_ring.h"

namespace quanta {

template <typename Policy>
class BasicChunkRing {
 public:
  using Memory = BroadcastMemory<Policy>;
  using Sample = typename Memory::Sample;

  // capacity is in chunks, a power of two.
  static constexpr BroadcastShape shape(uint32_t capacity, uint32_t chunk_frames,
                                        uint32_t rate_hz) {
    return {capacity, chunk_frames, 1, static_cast<uint32_t>(ChunkMeta::kWords), rate_hz};
  }

  class Writer : public BroadcastWriter<Policy> {
   public:
    using BroadcastWriter<Policy>::BroadcastWriter;

    // Publishes one chunk. samples: as many as a chunk has; timestamp_ms: of the first of them.
    void write(double timestamp_ms, std::span<const float> samples) noexcept REALTIME {
      assert(samples.size() == this->memory().shape().slot_frames);
      uint32_t time[2];
      std::memcpy(time, &timestamp_ms, sizeof time);
      this->reserve(1);
      const auto meta = this->memory().meta(this->position());
      meta[static_cast<size_t>(ChunkMeta::timestamp_ms)].store(time[0]);
      meta[static_cast<size_t>(ChunkMeta::timestamp_ms_high)].store(time[1]);
      const auto chunk = this->memory().samples(0, this->position(), 1).first;
      for (size_t i = 0; i < chunk.size(); ++i) chunk[i].store(samples[i]);
      this->commit(1);
    }
  };

  class Reader : public BroadcastReader<Policy> {
   public:
    using BroadcastReader<Policy>::BroadcastReader;

    // Borrows the oldest unread chunk.
    ReadResult view() noexcept REALTIME { return BroadcastReader<Policy>::view(1); }

    // Borrows the newest chunk.
    ReadResult drain_to_latest() noexcept REALTIME {
      return BroadcastReader<Policy>::drain_to_latest(1);
    }

    // Of the borrowed chunk.
    uint64_t seq() const noexcept REALTIME { return this->position(); }

    double timestamp_ms() const noexcept REALTIME {
      const auto meta = this->memory().meta(this->position());
      const uint32_t time[2] = {meta[static_cast<size_t>(ChunkMeta::timestamp_ms)].load(),
                                meta[static_cast<size_t>(ChunkMeta::timestamp_ms_high)].load()};
      double timestamp_ms;
      std::memcpy(&timestamp_ms, time, sizeof time);
      return timestamp_ms;
    }

    std::span<const Sample> samples() const noexcept REALTIME {
      return this->memory().samples(0, this->position(), this->count()).first;
    }

    // Copies the borrowed chunk; `to` holds as many samples as a chunk has.
    void copy_to(float* to) const noexcept REALTIME {
      for (const Sample& sample : samples()) *to++ = sample.load();
    }

    // Whether a chunk that was delivered earlier can still be read in place.
    bool intact(uint64_t seq) const noexcept REALTIME { return this->memory().intact(seq); }
  };
};

using ChunkRing = BasicChunkRing<RealAtomics>;

}  // namespace quanta

#endif  // QUANTA_CORE_CHUNK_RING_H_
