// Words that one thread writes while others read them, and the types that the layouts' lists name.
#ifndef QUANTA_SHARED_SHARED_WORDS_H_
#define QUANTA_SHARED_SHARED_WORDS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "shared/realtime.h"

namespace quanta {

// A word that other threads read while the audio thread writes it. Relaxed by itself: a seqlock or
// a release store beside it gives the order.
template <typename T>
class SharedWord {
  static_assert(std::atomic<T>::is_always_lock_free);

 public:
  void store(T value) noexcept REALTIME { word_.store(value, std::memory_order_relaxed); }

  T load() const noexcept REALTIME { return word_.load(std::memory_order_relaxed); }

 private:
  std::atomic<T> word_{0};
};

// 8 bytes and their halves, low word first, by way of memory. Without the barriers the tools would
// load and store halves as parts of the whole with instructions that wasm2js does not know
// (i64.atomic.load32_u, i64.atomic.store32).
class Halves {
 public:
  Halves(uint32_t low, uint32_t high) noexcept REALTIME : words_{low, high} { settle(); }

  template <typename T>
  explicit Halves(T whole) noexcept REALTIME {
    static_assert(sizeof whole == sizeof words_);
    std::memcpy(words_, &whole, sizeof words_);
    settle();
  }

  uint32_t low() const noexcept REALTIME { return words_[0]; }

  uint32_t high() const noexcept REALTIME { return words_[1]; }

  uint64_t whole() const noexcept REALTIME {
    uint64_t value;
    std::memcpy(&value, words_, sizeof value);
    return value;
  }

 private:
  void settle() noexcept REALTIME { asm volatile("" : : "r"(words_) : "memory"); }

  uint32_t words_[2];
};

// A 64-bit counter as two 32-bit words, low word first: JavaScript reads it without BigInt, and
// wasm2js has no 64-bit atomics.
class SharedU64 {
 public:
  void add(uint32_t amount) noexcept REALTIME {
    const uint32_t low = low_.load() + amount;
    low_.store(low);
    if (low < amount) high_.store(high_.load() + 1);
  }

  void store(uint64_t value) noexcept REALTIME {
    const Halves halves(value);
    low_.store(halves.low());
    high_.store(halves.high());
  }

  uint64_t load() const noexcept REALTIME { return Halves(low_.load(), high_.load()).whole(); }

 private:
  SharedWord<uint32_t> low_;
  SharedWord<uint32_t> high_;
};

// A double as two 32-bit words, for the same reason. By itself it may be torn: a seqlock tells.
class SharedF64 {
 public:
  void store(double value) noexcept REALTIME {
    const Halves halves(value);
    low_.store(halves.low());
    high_.store(halves.high());
  }

 private:
  SharedWord<uint32_t> low_;
  SharedWord<uint32_t> high_;
};

namespace layout_types {
using u32 = SharedWord<uint32_t>;
using u64 = SharedU64;
using f32 = SharedWord<float>;
using f64 = SharedF64;

inline constexpr size_t word = sizeof(uint32_t);

template <typename T>
using Function = T;
}  // namespace layout_types

}  // namespace quanta

#endif  // QUANTA_SHARED_SHARED_WORDS_H_
