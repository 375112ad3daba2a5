// A broadcast ring whose slots are frames: the mix ring.
//
// Planar, for the reason given in sample_ring.h. web/shared/frame-ring.ts is the same ring.
#ifndef QUANTA_CORE_FRAME_RING_H_
#define QUANTA_CORE_FRAME_RING_H_

#include "core/broadcast_ring.h"

namespace quanta {

template <typename Policy>
class BasicFrameRing {
 public:
  using Memory = BroadcastMemory<Policy>;
  using Sample = typename Memory::Sample;

  // capacity is in frames, a power of two.
  static constexpr BroadcastShape shape(uint32_t capacity, uint32_t channels, uint32_t rate_hz) {
    return {capacity, 1, channels, 0, rate_hz};
  }

  class Writer : public BroadcastWriter<Policy> {
   public:
    using BroadcastWriter<Policy>::BroadcastWriter;

    // Publishes the frames. planes: one per channel; frames <= max_slots().
    void write(std::span<const float* const> planes, uint32_t frames) noexcept REALTIME {
      assert(planes.size() == this->memory().shape().channels);
      this->reserve(frames);
      for (uint32_t channel = 0; channel < planes.size(); ++channel) {
        store(this->memory().samples(channel, this->position(), frames), planes[channel]);
      }
      this->commit(frames);
    }

   private:
    static void store(const RingView<Sample>& to, const float* from) noexcept REALTIME {
      for (Sample& sample : to.first) sample.store(*from++);
      for (Sample& sample : to.second) sample.store(*from++);
    }
  };

  class Reader : public BroadcastReader<Policy> {
   public:
    using BroadcastReader<Policy>::BroadcastReader;

    // The borrowed frames of a channel, in place.
    RingView<const Sample> frames(uint32_t channel) const noexcept REALTIME {
      const RingView<Sample> view =
          this->memory().samples(channel, this->position(), this->count());
      return {view.first, view.second};
    }

    // Copies the borrowed frames of a channel; `to` holds count() samples.
    void copy_to(uint32_t channel, float* to) const noexcept REALTIME {
      const RingView<const Sample> from = frames(channel);
      for (const Sample& sample : from.first) *to++ = sample.load();
      for (const Sample& sample : from.second) *to++ = sample.load();
    }
  };
};

using FrameRing = BasicFrameRing<RealAtomics>;

}  // namespace quanta

#endif  // QUANTA_CORE_FRAME_RING_H_
