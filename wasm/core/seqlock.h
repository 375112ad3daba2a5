// One writer publishes a group of words; readers see all of them from one moment, or try again.
//
// Follows H.-J. Boehm, "Can seqlocks get along with programming language memory models?" (MSPC
// 2012), section 4: the words themselves are relaxed atomics.
#ifndef QUANTA_CORE_SEQLOCK_H_
#define QUANTA_CORE_SEQLOCK_H_

#include <atomic>
#include <cstdint>

#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// Audio thread only. Wait-free. Holds the sequence word odd while it lives.
class SeqlockWrite {
 public:
  explicit SeqlockWrite(SharedWord<uint32_t>& sequence) noexcept REALTIME : sequence_(sequence) {
    sequence_.store(sequence_.load() + 1);
    // Orders the odd sequence before the words. Pairs with the acquire fence of seqlock_read.
    std::atomic_thread_fence(std::memory_order_release);
  }

  ~SeqlockWrite() REALTIME {
    // Orders the words before the even sequence. Pairs with the first fence of seqlock_read.
    std::atomic_thread_fence(std::memory_order_release);
    sequence_.store(sequence_.load() + 1);
  }

  SeqlockWrite(const SeqlockWrite&) = delete;
  SeqlockWrite& operator=(const SeqlockWrite&) = delete;

 private:
  SharedWord<uint32_t>& sequence_;
};

// Any thread. Lock-free. Runs read() and says whether what it saw was published as a whole; when
// not, the caller throws the words away and tries again.
template <typename Read>
bool seqlock_read(const SharedWord<uint32_t>& sequence, Read read) {
  const uint32_t before = sequence.load();
  std::atomic_thread_fence(std::memory_order_acquire);
  if (before & 1) return false;
  read();
  std::atomic_thread_fence(std::memory_order_acquire);
  return sequence.load() == before;
}

}  // namespace quanta

#endif  // QUANTA_CORE_SEQLOCK_H_
