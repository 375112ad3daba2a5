// The positions of a single-producer single-consumer ring, whatever it holds.
//
// Each half keeps its own position in private and remembers the last position it saw of the other
// half, so that it touches the other's cache line only when what it remembers is not enough (the
// idea is in J. Giacomoni et al., "FastForward", PPoPP 2008, and M. Torquati, TR-10-20, Pisa 2010).
#ifndef QUANTA_CORE_SPSC_CURSOR_H_
#define QUANTA_CORE_SPSC_CURSOR_H_

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "shared/realtime.h"

namespace quanta {

template <typename Word>
class ProducerCursor {
 public:
  ProducerCursor() = default;

  // Goes on from the positions that the words hold. capacity is a power of two.
  ProducerCursor(Word& write_pos, const Word& read_pos, uint32_t capacity)
      : write_pos_(&write_pos),
        read_pos_(&read_pos),
        capacity_(capacity),
        position_(write_pos.load(std::memory_order_relaxed)),
        read_seen_(read_pos.load(std::memory_order_acquire)) {}

  // Free slots, as far as the caller wants to know: at most `wanted`.
  uint32_t room(uint32_t wanted) noexcept REALTIME {
    if (free_seen() < wanted) {
      // Pairs with ConsumerCursor::advance(): the slots were read before they are written again.
      read_seen_ = read_pos_->load(std::memory_order_acquire);
    }
    return std::min(wanted, free_seen());
  }

  uint32_t position() const noexcept REALTIME { return position_; }

  // Publishes the n slots from position() on.
  void advance(uint32_t n) noexcept REALTIME {
    position_ += n;
    // Pairs with ConsumerCursor::available(): the slots were written before they are read.
    write_pos_->store(position_, std::memory_order_release);
  }

 private:
  uint32_t free_seen() const noexcept REALTIME { return capacity_ - (position_ - read_seen_); }

  Word* write_pos_ = nullptr;
  const Word* read_pos_ = nullptr;
  uint32_t capacity_ = 0;
  uint32_t position_ = 0;
  uint32_t read_seen_ = 0;
};

template <typename Word>
class ConsumerCursor {
 public:
  ConsumerCursor() = default;

  // Goes on from the positions that the words hold.
  ConsumerCursor(const Word& write_pos, Word& read_pos)
      : write_pos_(&write_pos),
        read_pos_(&read_pos),
        position_(read_pos.load(std::memory_order_relaxed)),
        write_seen_(write_pos.load(std::memory_order_acquire)) {}

  // Unread slots, as far as the caller wants to know: at most `wanted`.
  uint32_t available(uint32_t wanted) noexcept REALTIME {
    if (write_seen_ - position_ < wanted) {
      // Pairs with ProducerCursor::advance(): the slots were written before they are read.
      write_seen_ = write_pos_->load(std::memory_order_acquire);
    }
    return std::min(wanted, write_seen_ - position_);
  }

  uint32_t position() const noexcept REALTIME { return position_; }

  // Gives the n slots from position() on back to the producer.
  void advance(uint32_t n) noexcept REALTIME {
    position_ += n;
    // Pairs with ProducerCursor::room(): the slots were read before they are written again.
    read_pos_->store(position_, std::memory_order_release);
  }

 private:
  const Word* write_pos_ = nullptr;
  Word* read_pos_ = nullptr;
  uint32_t position_ = 0;
  uint32_t write_seen_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_CORE_SPSC_CURSOR_H_
