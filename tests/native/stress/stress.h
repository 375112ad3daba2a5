// What the stress jobs share.
#ifndef QUANTA_TESTS_STRESS_STRESS_H_
#define QUANTA_TESTS_STRESS_STRESS_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>

#include "shared/layout.h"

namespace quanta::stress {

// Positions cross 2^32 in the first writes.
inline constexpr uint32_t kStart = 0xfffffffd;

inline constexpr uint32_t kCapacities[] = {2, 4, 8, 4096};
inline constexpr size_t kReaders = 16;

enum class Bug { kNone, kProducerRelease, kConsumerRelease, kCommitRelease, kNoConfirm };

// A sample that names its position; exact in a float.
inline float sample_at(uint64_t position) { return static_cast<float>(position & 0xffffff); }

[[noreturn]] inline void fail(const char* what, uint64_t position) {
  std::printf("FAULT: %s at %llu\n", what, static_cast<unsigned long long>(position));
  std::fflush(stdout);
  std::_Exit(1);
}

// On the heap: ThreadSanitizer misses races on some memory that lives on a stack.
class HeapBlock {
 public:
  explicit HeapBlock(size_t bytes)
      : lines_(std::make_unique<Line[]>(bytes / sizeof(Line) + 1)), bytes_(bytes) {}

  std::span<std::byte> bytes() { return {lines_[0].bytes, bytes_}; }

 private:
  struct alignas(kCacheLineBytes) Line {
    std::byte bytes[kCacheLineBytes];
  };

  std::unique_ptr<Line[]> lines_;
  size_t bytes_;
};

// Small seeded numbers without a lock (xorshift32: G. Marsaglia, 2003).
class Random {
 public:
  explicit Random(uint32_t seed) : state_(seed * 2654435761U + 1) {}

  uint32_t below(uint32_t n) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_ % n;
  }

 private:
  uint32_t state_;
};

struct Tally {
  uint64_t written = 0;
  uint64_t delivered = 0;  // to all readers together
};

Tally stress_sample_ring(uint32_t capacity, uint64_t items, Bug bug);
Tally stress_frame_ring(uint32_t capacity, uint64_t items, Bug bug);
Tally stress_chunk_ring(uint32_t capacity, uint64_t items, Bug bug);
Tally stress_publishing(uint64_t rounds, Bug bug);

}  // namespace quanta::stress

#endif  // QUANTA_TESTS_STRESS_STRESS_H_
