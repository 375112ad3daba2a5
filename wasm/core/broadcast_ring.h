// One writer, any number of readers that it knows nothing of. A reader that falls a whole ring
// behind loses the oldest slots and learns how many. FrameRing and ChunkRing give the slots a type.
//
// The protocol is a seqlock over a ring, without retries on the writer's side:
//
//   writer  reserve_pos = end of the slots that it is about to overwrite   (exchange, acquire)
//           writes the slots
//           commit_pos = the same end                                      (store, release)
//   reader  sees commit_pos beyond its own position                        (load, acquire)
//           reads the slots in place
//           reserve_pos + 0, to see whether the slots were overwritten     (fetch_add, release)
//
// The last line is the "read-don't-modify-write" of H.-J. Boehm, "Can Seqlocks Get Along With
// Programming Language Memory Models?" (MSPC 2012). All changes of reserve_pos have one order. If
// the reader's comes before the writer's, the writer's acquires it, so the reader's loads happen
// before the new data is written and cannot have seen it. If it comes after, it returns the new
// position and the reader rejects what it read. That holds for C++, where the data is relaxed
// atomics, and for JavaScript and WebAssembly, where it is plain memory and no fence exists that
// orders plain loads before an atomic load. Readers never change the value, and the writer does not
// look at it: a write costs the same whatever the readers do.
#ifndef QUANTA_CORE_BROADCAST_RING_H_
#define QUANTA_CORE_BROADCAST_RING_H_

#include <algorithm>
#include <bit>
#include <cassert>
#include <memory>
#include <new>
#include <span>

#include "core/atomics.h"
#include "core/ring_view.h"

namespace quanta {

enum class ReadStatus { kOk, kEmpty, kDropout };

struct ReadResult {
  ReadStatus status = ReadStatus::kEmpty;
  uint64_t dropped = 0;  // slots that this call passed over, exact

  bool operator==(const ReadResult&) const = default;
};

struct BroadcastShape {
  uint32_t capacity = 0;  // slots: a power of two from 2 on
  uint32_t slot_frames = 1;
  uint32_t channels = 1;
  uint32_t meta_words = 0;
  uint32_t rate_hz = 0;

  // Indices of samples and of their bytes fit the 32-bit address space of WebAssembly.
  constexpr bool is_valid() const {
    return std::has_single_bit(capacity) && capacity >= 2 && slot_frames > 0 && channels > 0 &&
           uint64_t{capacity} * (uint64_t{slot_frames} * channels + meta_words) <= 1U << 30;
  }
};

// Where a ring lies: the header (QUANTA_BROADCAST_RING in layout.h), the meta words, the planes.
template <typename Policy>
class BroadcastMemory {
 public:
  using Word = typename Policy::Word;
  using Header = BroadcastRingHeader<Word>;
  using Meta = typename Policy::template Racy<uint32_t>;
  using Sample = typename Policy::template Racy<float>;

  BroadcastMemory() = default;

  static constexpr size_t bytes(const BroadcastShape& shape) {
    return sizeof(Header) + size_t{shape.capacity} * shape.meta_words * sizeof(Meta) +
           size_t{shape.capacity} * shape.slot_frames * shape.channels * sizeof(Sample);
  }

  // Makes an empty, silent ring of a valid shape in the block: bytes() long, aligned to a cache
  // line, and alive longer than its writer and readers. Positions begin at `start`.
  static BroadcastMemory create(std::span<std::byte> block, const BroadcastShape& shape,
                                uint64_t start) {
    assert(shape.is_valid() && block.size() >= bytes(shape));
    // The gaps between the header's lines too: the same operations leave the same bytes.
    std::fill_n(block.data(), sizeof(Header), std::byte{0});
    Header* header = new (block.data()) Header();
    header->capacity.store(shape.capacity, std::memory_order_relaxed);
    header->slot_frames.store(shape.slot_frames, std::memory_order_relaxed);
    header->channels.store(shape.channels, std::memory_order_relaxed);
    header->meta_words.store(shape.meta_words, std::memory_order_relaxed);
    header->rate_hz.store(shape.rate_hz, std::memory_order_relaxed);
    const Halves first(start);  // see there: not even of a constant may halves be stored
    const uint32_t first_half = first.high() << 1 | first.low() >> 31;
    header->reserve_pos.store(first.low(), std::memory_order_relaxed);
    header->commit_pos.store(first.low(), std::memory_order_relaxed);
    header->commit_half.store(first_half, std::memory_order_relaxed);
    const BroadcastMemory memory = attach(block);
    const size_t frames = size_t{shape.capacity} * shape.slot_frames;
    std::uninitialized_value_construct_n(memory.meta_, size_t{shape.capacity} * shape.meta_words);
    std::uninitialized_value_construct_n(memory.planes_, frames * shape.channels);
    return memory;
  }

  // A ring that lies in the block already.
  static BroadcastMemory attach(std::span<std::byte> block) {
    BroadcastMemory memory;
    memory.header_ = reinterpret_cast<Header*>(block.data());
    memory.shape_ = {memory.header_->capacity.load(std::memory_order_relaxed),
                     memory.header_->slot_frames.load(std::memory_order_relaxed),
                     memory.header_->channels.load(std::memory_order_relaxed),
                     memory.header_->meta_words.load(std::memory_order_relaxed),
                     memory.header_->rate_hz.load(std::memory_order_relaxed)};
    memory.meta_ = reinterpret_cast<Meta*>(memory.header_ + 1);
    memory.planes_ = reinterpret_cast<Sample*>(memory.meta_ + size_t{memory.shape_.capacity} *
                                                                  memory.shape_.meta_words);
    return memory;
  }

  Header& header() const noexcept REALTIME { return *header_; }

  const BroadcastShape& shape() const noexcept REALTIME { return shape_; }

  RingView<Sample> samples(uint32_t channel, uint64_t position,
                           uint32_t slots) const noexcept REALTIME {
    Sample* plane = planes_ + size_t{channel} * shape_.capacity * shape_.slot_frames;
    return ring_view(plane, shape_.capacity, low(position), slots, shape_.slot_frames);
  }

  std::span<Meta> meta(uint64_t position) const noexcept REALTIME {
    const uint32_t slot = low(position) & (shape_.capacity - 1);
    return {meta_ + size_t{slot} * shape_.meta_words, shape_.meta_words};
  }

  // All slots ever published. The words change one after the other: first commit_half, so an equal
  // commit_half on both sides of commit_pos is that position's or one ahead of it, and bit 31 says
  // which. A second round is needed once in 2^31 slots.
  uint64_t published() const noexcept REALTIME {
    for (;;) {
      // Pairs with BroadcastWriter::commit(): no commit_pos from before that half is left to see.
      const uint32_t half_before = header_->commit_half.load(std::memory_order_acquire);
      // Pairs with BroadcastWriter::commit(): the slots were written before they are read.
      const uint32_t position = header_->commit_pos.load(std::memory_order_acquire);
      const uint32_t half_after = header_->commit_half.load(std::memory_order_relaxed);
      if (half_before != half_after) continue;
      const uint32_t ahead = (half_before ^ position >> 31) & 1;
      return uint64_t{half_before - ahead} << 31 | (position & 0x7fffffff);
    }
  }

  // Whether the slot at this published position still holds what was published there. Everything
  // that this thread read from it before the call is then whole.
  bool intact(uint64_t position) const noexcept REALTIME {
    // Pairs with BroadcastWriter::reserve(): see the head of this file.
    const uint32_t reserved = header_->reserve_pos.fetch_add(0, std::memory_order_release);
    if (reserved - low(position) > shape_.capacity) return false;
    // 32 bits tell no slot from the one 2^32 later.
    return published() - position <= shape_.capacity;
  }

  static constexpr uint32_t low(uint64_t position) noexcept REALTIME {
    return static_cast<uint32_t>(position);
  }

  static constexpr uint32_t half(uint64_t position) noexcept REALTIME {
    return static_cast<uint32_t>(position >> 31);
  }

 private:
  Header* header_ = nullptr;
  Meta* meta_ = nullptr;
  Sample* planes_ = nullptr;
  BroadcastShape shape_;
};

// Audio thread only. Wait-free. Moved, never copied: a ring has one.
template <typename Policy>
class BroadcastWriter {
 public:
  BroadcastWriter() = default;
  BroadcastWriter(BroadcastWriter&&) noexcept = default;
  BroadcastWriter& operator=(BroadcastWriter&&) noexcept = default;

  // Goes on where an earlier writer stopped, were it in the middle of a write: what that one tore
  // stays reserved, so that no reader takes it for whole.
  explicit BroadcastWriter(const BroadcastMemory<Policy>& memory)
      : memory_(memory), position_(memory.published()), low_(Memory::low(position_)) {
    const uint32_t reserved = memory_.header().reserve_pos.load(std::memory_order_relaxed);
    reserved_ = position_ + (reserved - Memory::low(position_));
  }

  // Slots published so far; the next one gets this number.
  uint64_t position() const noexcept REALTIME { return position_; }

  uint32_t max_slots() const noexcept REALTIME { return memory_.shape().capacity / 2; }

 protected:
  using Memory = BroadcastMemory<Policy>;

  // Takes the n slots from position() on away from the readers. n <= max_slots().
  void reserve(uint32_t n) noexcept REALTIME {
    assert(n <= max_slots());
    reserved_ = std::max(reserved_, position_ + n);
    // Pairs with BroadcastMemory::intact(): see the head of this file.
    memory_.header().reserve_pos.exchange(Memory::low(reserved_), std::memory_order_acquire);
  }

  // Publishes the n slots from position() on.
  void commit(uint32_t n) noexcept REALTIME {
    const uint64_t end = position_ + n;
    if (Memory::half(end) != Memory::half(position_)) {
      // Pairs with the first load of BroadcastMemory::published().
      memory_.header().commit_half.store(Memory::half(end), std::memory_order_release);
    }
    // Pairs with the second load of BroadcastMemory::published().
    memory_.header().commit_pos.store(low_ += n, std::memory_order_release);
    position_ = end;
  }

  const Memory& memory() const noexcept REALTIME { return memory_; }

 private:
  Memory memory_;
  uint64_t position_ = 0;
  // The low word once more: stored from the 64 bits, it would become an instruction that wasm2js
  // does not know (i64.atomic.store32).
  uint32_t low_ = 0;
  uint64_t reserved_ = 0;
};

// One thread per reader. Lock-free. delivered() + dropped() + pending() is the number of slots
// published since the reader began, always.
template <typename Policy>
class BroadcastReader {
 public:
  using Memory = BroadcastMemory<Policy>;

  BroadcastReader() = default;

  // Begins with the next slot that is published. A reader that was lapped goes on with the newest
  // `kept` slots; kept is from 1 to half the capacity.
  BroadcastReader(const Memory& memory, uint32_t kept)
      : memory_(memory), kept_(kept), position_(memory.published()) {
    assert(kept >= 1 && kept <= memory.shape().capacity / 2);
  }

  // Borrows the oldest unread slots, at most `max`, until confirm(). kDropout: the reader was
  // lapped and has moved on; nothing is borrowed.
  ReadResult view(uint32_t max) noexcept REALTIME {
    count_ = 0;
    const uint64_t unread = pending();
    if (unread == 0) return {ReadStatus::kEmpty, 0};
    const uint32_t reserved = memory_.header().reserve_pos.load(std::memory_order_relaxed);
    const uint32_t capacity = memory_.shape().capacity;
    if (unread > capacity || reserved - Memory::low(position_) > capacity) return drop();
    count_ = static_cast<uint32_t>(std::min<uint64_t>(unread, max));
    return {ReadStatus::kOk, 0};
  }

  // Ends the borrowing. kOk: all that was read of the slots was whole, and they count as delivered.
  // kDropout: some of it was overwritten meanwhile: the caller discards all, the reader moves on.
  ReadResult confirm() noexcept REALTIME {
    if (!memory_.intact(position_)) return drop();
    position_ += count_;
    delivered_ += count_;
    count_ = 0;
    return {ReadStatus::kOk, 0};
  }

  // Passes over all but the newest `kept` slots and returns how many those were.
  uint64_t skip_ahead(uint32_t kept) noexcept REALTIME {
    const uint64_t unread = pending();
    const uint64_t passed = unread - std::min<uint64_t>(unread, kept);
    count_ = 0;
    position_ += passed;
    dropped_ += passed;
    return passed;
  }

  // Borrows the newest `count` slots; the result counts what it passed over.
  ReadResult drain_to_latest(uint32_t count) noexcept REALTIME {
    const uint64_t passed = skip_ahead(count);
    const ReadResult result = view(count);
    return {result.status, result.dropped + passed};
  }

  // Number of the first slot that is borrowed, or else of the next one to read.
  uint64_t position() const noexcept REALTIME { return position_; }

  // Slots that are borrowed.
  uint32_t count() const noexcept REALTIME { return count_; }

  uint64_t delivered() const noexcept REALTIME { return delivered_; }

  uint64_t dropped() const noexcept REALTIME { return dropped_; }

  // Slots published and neither delivered nor dropped yet.
  uint64_t pending() const noexcept REALTIME { return memory_.published() - position_; }

 protected:
  const Memory& memory() const noexcept REALTIME { return memory_; }

 private:
  ReadResult drop() noexcept REALTIME { return {ReadStatus::kDropout, skip_ahead(kept_)}; }

  Memory memory_;
  uint32_t kept_ = 1;
  uint32_t count_ = 0;
  uint64_t position_ = 0;
  uint64_t delivered_ = 0;
  uint64_t dropped_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_CORE_BROADCAST_RING_H_
