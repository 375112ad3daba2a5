// Frames of audio from one thread to one other, wait-free on both sides.
//
// The frames lie planar, one plane per channel: Web Audio and the engine hold audio that way, so a
// push or pop is one or two block copies per channel and a view is a signal that DSP code takes as
// it is. Interleaved frames would touch one cache line less per call and cost a shuffle per sample.
//
// The ring is one block of memory: the header (QUANTA_SAMPLE_RING in layout.h), then the planes.
// web/shared/sample-ring.ts is the same ring in TypeScript.
#ifndef QUANTA_CORE_SAMPLE_RING_H_
#define QUANTA_CORE_SAMPLE_RING_H_

#include <algorithm>
#include <bit>
#include <cassert>
#include <memory>
#include <new>
#include <span>

#include "core/atomics.h"
#include "core/ring_view.h"
#include "core/spsc_cursor.h"

namespace quanta {

template <typename Policy>
class BasicSampleRing {
 public:
  using Word = typename Policy::Word;
  using Sample = typename Policy::template Plain<float>;
  using Header = SampleRingHeader<Word>;

  class Producer;
  class Consumer;

  // Made together and moved, never copied, to the two threads.
  struct Halves {
    Producer producer;
    Consumer consumer;
  };

  static constexpr bool is_valid(uint32_t capacity, uint32_t channels) {
    return std::has_single_bit(capacity) && channels > 0 && capacity <= kMaxSamples / channels;
  }

  // Size of the block of a valid ring.
  static constexpr size_t bytes(uint32_t capacity, uint32_t channels) {
    return sizeof(Header) + size_t{capacity} * channels * sizeof(Sample);
  }

  // Makes an empty, silent ring in the block: bytes() long, aligned to a cache line, and alive
  // longer than the halves. Both positions begin at `start`.
  static Halves create(std::span<std::byte> block, uint32_t capacity, uint32_t channels,
                       uint32_t start = 0) {
    assert(is_valid(capacity, channels) && block.size() >= bytes(capacity, channels));
    // The gaps between the header's lines too: the same operations leave the same bytes.
    std::fill_n(block.data(), sizeof(Header), std::byte{0});
    Header* header = new (block.data()) Header();
    std::uninitialized_value_construct_n(samples(header), size_t{capacity} * channels);
    header->capacity.store(capacity, std::memory_order_relaxed);
    header->channels.store(channels, std::memory_order_relaxed);
    header->write_pos.store(start, std::memory_order_relaxed);
    header->read_pos.store(start, std::memory_order_relaxed);
    return attach(block);
  }

  // The halves of a ring that lies in the block already. A half that takes over from an earlier
  // one goes on where that one stopped; two of the same kind must never be in use at once.
  static Halves attach(std::span<std::byte> block) {
    const Place place(*reinterpret_cast<Header*>(block.data()));
    return {Producer(place), Consumer(place)};
  }

 private:
  // Positions are compared by subtraction, which is exact below 2^31 frames.
  static constexpr uint32_t kMaxSamples = 1U << 30;

  static Sample* samples(Header* header) { return reinterpret_cast<Sample*>(header + 1); }

  struct Place {
    Place() = default;

    explicit Place(Header& ring)
        : header(&ring),
          planes(samples(&ring)),
          capacity(ring.capacity.load(std::memory_order_relaxed)),
          channels(ring.channels.load(std::memory_order_relaxed)) {}

    RingView<Sample> view(uint32_t channel, uint32_t position,
                          uint32_t frames) const noexcept REALTIME {
      return ring_view(planes + size_t{channel} * capacity, capacity, position, frames);
    }

    Header* header = nullptr;
    Sample* planes = nullptr;
    uint32_t capacity = 0;
    uint32_t channels = 0;
  };
};

// One thread only. Wait-free.
template <typename Policy>
class BasicSampleRing<Policy>::Producer {
 public:
  Producer() = default;
  Producer(Producer&&) noexcept = default;
  Producer& operator=(Producer&&) noexcept = default;

  // Pushes all frames or, where there is no room for them, none. planes: one per channel.
  bool push_all(std::span<const float* const> planes, uint32_t frames) noexcept REALTIME {
    if (cursor_.room(frames) < frames) return false;
    push(planes, frames);
    return true;
  }

  // Pushes as many of the first frames as there is room for and returns their number.
  uint32_t push_some(std::span<const float* const> planes, uint32_t frames) noexcept REALTIME {
    const uint32_t pushed = cursor_.room(frames);
    if (pushed > 0) push(planes, pushed);
    return pushed;
  }

  uint32_t free_frames() noexcept REALTIME { return cursor_.room(place_.capacity); }

  uint32_t channels() const noexcept REALTIME { return place_.channels; }

 private:
  friend BasicSampleRing;

  explicit Producer(const Place& place)
      : place_(place), cursor_(place.header->write_pos, place.header->read_pos, place.capacity) {}

  void push(std::span<const float* const> planes, uint32_t frames) noexcept REALTIME {
    assert(planes.size() == place_.channels);
    for (uint32_t channel = 0; channel < place_.channels; ++channel) {
      copy_into(place_.view(channel, cursor_.position(), frames), planes[channel]);
    }
    cursor_.advance(frames);
  }

  Place place_;
  ProducerCursor<Word> cursor_;
};

// One thread only. Wait-free.
template <typename Policy>
class BasicSampleRing<Policy>::Consumer {
 public:
  Consumer() = default;
  Consumer(Consumer&&) noexcept = default;
  Consumer& operator=(Consumer&&) noexcept = default;

  // Pops up to `frames` frames into the planes, one per channel, and returns their number.
  uint32_t pop_some(std::span<float* const> planes, uint32_t frames) noexcept REALTIME {
    assert(planes.size() == place_.channels);
    const uint32_t popped = view(frames);
    for (uint32_t channel = 0; channel < place_.channels; ++channel) {
      copy_from(this->frames(channel), planes[channel]);
    }
    pop(popped);
    return popped;
  }

  uint32_t unread_frames() noexcept REALTIME { return cursor_.available(place_.capacity); }

  // Borrows the oldest unread frames, at most `max`, until pop(), and returns their number.
  uint32_t view(uint32_t max) noexcept REALTIME { return count_ = cursor_.available(max); }

  // The borrowed frames of a channel, in place.
  RingView<const Sample> frames(uint32_t channel) const noexcept REALTIME {
    const RingView<Sample> view = place_.view(channel, cursor_.position(), count_);
    return {view.first, view.second};
  }

  // Ends the borrowing and gives the first `frames` of the borrowed frames back to the producer.
  void pop(uint32_t frames) noexcept REALTIME {
    assert(frames <= count_);
    count_ = 0;
    if (frames > 0) cursor_.advance(frames);
  }

  uint32_t channels() const noexcept REALTIME { return place_.channels; }

 private:
  friend BasicSampleRing;

  explicit Consumer(const Place& place)
      : place_(place), cursor_(place.header->write_pos, place.header->read_pos) {}

  Place place_;
  ConsumerCursor<Word> cursor_;
  uint32_t count_ = 0;
};

using SampleRing = BasicSampleRing<RealAtomics>;

}  // namespace quanta

#endif  // QUANTA_CORE_SAMPLE_RING_H_
