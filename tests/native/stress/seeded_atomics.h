// The product's atomics, of which a test can take one release away.
#ifndef QUANTA_TESTS_STRESS_SEEDED_ATOMICS_H_
#define QUANTA_TESTS_STRESS_SEEDED_ATOMICS_H_

#include <atomic>
#include <cstdint>

#include "core/atomics.h"

namespace quanta::stress {

class SeededWord {
 public:
  SeededWord(uint32_t value = 0) : word_(value) {}

  uint32_t load(std::memory_order order) const { return word_.load(order); }

  void store(uint32_t value, std::memory_order order) {
    word_.store(value, this == relaxed_ ? std::memory_order_relaxed : order);
  }

  uint32_t exchange(uint32_t value, std::memory_order order) {
    return word_.exchange(value, order);
  }

  uint32_t fetch_add(uint32_t amount, std::memory_order order) {
    return word_.fetch_add(amount, order);
  }

  // Before the threads start: the word whose stores are relaxed from now on.
  static void relax(const SeededWord* word) { relaxed_ = word; }

 private:
  inline static const SeededWord* relaxed_ = nullptr;
  std::atomic<uint32_t> word_;
};

static_assert(sizeof(SeededWord) == sizeof(uint32_t));

struct SeededAtomics {
  using Word = SeededWord;

  template <typename T>
  using Plain = T;

  template <typename T>
  using Racy = SharedWord<T>;
};

// Plain data in a broadcast ring: sound only as long as nothing is overwritten, and then the
// sanitizer sees whether publishing orders it.
struct PlainDataAtomics : SeededAtomics {
  template <typename T>
  using Racy = PlainWord<T>;
};

}  // namespace quanta::stress

#endif  // QUANTA_TESTS_STRESS_SEEDED_ATOMICS_H_
