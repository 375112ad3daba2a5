// The engine's only allocator: bump allocation from one block, at start only.
#ifndef QUANTA_CORE_ARENA_H_
#define QUANTA_CORE_ARENA_H_

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>

#include "shared/layout.h"

namespace quanta {

// Hands out parts of one block, front to back, each on a cache line of its own. The same sequence
// of requests gives the same addresses, which lets a second engine take over the first one's
// memory.
class Arena {
 public:
  static constexpr size_t kAlignment = kCacheLineBytes;

  explicit Arena(std::span<std::byte> block) : block_(block) {}

  // Room for count objects of T, or an empty span when the block is full. The memory is as it was:
  // the caller constructs in it, or keeps what it holds.
  template <typename T>
  std::span<T> take(size_t count) {
    static_assert(alignof(T) <= kAlignment);
    const size_t room = block_.size() - used_;
    if (count > room / sizeof(T)) return {};
    T* first = reinterpret_cast<T*>(block_.data() + used_);
    used_ += round_up(count * sizeof(T), room);
    return {first, count};
  }

  // As take(), with count new objects of T.
  template <typename T>
  std::span<T> make(size_t count) {
    const std::span<T> room = take<T>(count);
    for (T& object : room) new (&object) T();
    return room;
  }

  size_t used_bytes() const { return used_; }

 private:
  static size_t round_up(size_t bytes, size_t limit) {
    const size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    return rounded < limit ? rounded : limit;
  }

  std::span<std::byte> block_;
  size_t used_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_CORE_ARENA_H_
