// Small records from one thread to one other, wait-free on both sides: commands and responses.
//
// A slot is a fixed number of 32-bit words. web/shared/slot-queue.ts is the same queue.
#ifndef QUANTA_CORE_SLOT_QUEUE_H_
#define QUANTA_CORE_SLOT_QUEUE_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <memory>
#include <new>
#include <span>

#include "core/atomics.h"
#include "core/spsc_cursor.h"

namespace quanta {

template <typename Policy, size_t kWords>
class BasicSlotQueue {
 public:
  using Word = typename Policy::Word;
  using Header = SlotQueueHeader<Word>;
  using Slot = std::array<uint32_t, kWords>;
  // A slot as it lies in the queue.
  using Cell = std::array<typename Policy::template Plain<uint32_t>, kWords>;

  // One thread only. Wait-free.
  class Producer {
   public:
    Producer() = default;
    Producer(Producer&&) noexcept = default;
    Producer& operator=(Producer&&) noexcept = default;

    // False: the queue is full and nothing was written.
    bool push(const Slot& slot) noexcept REALTIME {
      if (cursor_.room(1) == 0) return false;
      std::copy_n(slot.begin(), kWords, cells_[cursor_.position() & mask_].begin());
      cursor_.advance(1);
      return true;
    }

    bool has_room() noexcept REALTIME { return cursor_.room(1) == 1; }

   private:
    friend BasicSlotQueue;

    explicit Producer(Header& header)
        : cells_(cells(&header)),
          mask_(header.capacity.load(std::memory_order_relaxed) - 1),
          cursor_(header.write_pos, header.read_pos, mask_ + 1) {}

    Cell* cells_ = nullptr;
    uint32_t mask_ = 0;
    ProducerCursor<Word> cursor_;
  };

  // One thread only. Wait-free.
  class Consumer {
   public:
    Consumer() = default;
    Consumer(Consumer&&) noexcept = default;
    Consumer& operator=(Consumer&&) noexcept = default;

    // The oldest slot, in place until pop(); null when there is none.
    const Cell* front() noexcept REALTIME {
      return cursor_.available(1) == 0 ? nullptr : &cells_[cursor_.position() & mask_];
    }

    void pop() noexcept REALTIME { cursor_.advance(1); }

   private:
    friend BasicSlotQueue;

    explicit Consumer(Header& header)
        : cells_(cells(&header)),
          mask_(header.capacity.load(std::memory_order_relaxed) - 1),
          cursor_(header.write_pos, header.read_pos) {}

    const Cell* cells_ = nullptr;
    uint32_t mask_ = 0;
    ConsumerCursor<Word> cursor_;
  };

  // Size of the block of a queue. capacity is a power of two.
  static constexpr size_t bytes(uint32_t capacity) {
    return sizeof(Header) + size_t{capacity} * sizeof(Cell);
  }

  // Makes an empty queue in the block, whose positions begin at `start`.
  static void create(std::span<std::byte> block, uint32_t capacity, uint32_t start = 0) {
    assert(std::has_single_bit(capacity) && block.size() >= bytes(capacity));
    // The gaps between the header's lines too: the same operations leave the same bytes.
    std::fill_n(block.data(), sizeof(Header), std::byte{0});
    Header* header = new (block.data()) Header();
    std::uninitialized_value_construct_n(cells(header), capacity);
    header->capacity.store(capacity, std::memory_order_relaxed);
    header->write_pos.store(start, std::memory_order_relaxed);
    header->read_pos.store(start, std::memory_order_relaxed);
  }

  // The halves of a queue that lies in the block: one of each may be in use.
  static Producer producer(std::span<std::byte> block) {
    return Producer(*reinterpret_cast<Header*>(block.data()));
  }

  static Consumer consumer(std::span<std::byte> block) {
    return Consumer(*reinterpret_cast<Header*>(block.data()));
  }

 private:
  static Cell* cells(Header* header) { return reinterpret_cast<Cell*>(header + 1); }
};

using CommandQueue = BasicSlotQueue<RealAtomics, static_cast<size_t>(CommandWord::kWords)>;
using ResponseQueue = BasicSlotQueue<RealAtomics, static_cast<size_t>(ResponseWord::kWords)>;

}  // namespace quanta

#endif  // QUANTA_CORE_SLOT_QUEUE_H_
