// A run of slots as it lies in a ring: in one part, or in two where it wraps.
#ifndef QUANTA_CORE_RING_VIEW_H_
#define QUANTA_CORE_RING_VIEW_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "shared/realtime.h"

namespace quanta {

template <typename T>
struct RingView {
  std::span<T> first;
  std::span<T> second;

  size_t size() const noexcept REALTIME { return first.size() + second.size(); }

  // The n elements from `begin` on.
  RingView part(size_t begin, size_t n) const noexcept REALTIME {
    if (begin >= first.size()) return {second.subspan(begin - first.size(), n), {}};
    const size_t head = std::min(n, first.size() - begin);
    return {first.subspan(begin, head), second.first(n - head)};
  }

  T& operator[](size_t i) const noexcept REALTIME {
    return i < first.size() ? first[i] : second[i - first.size()];
  }
};

// The n slots from position on of a plane whose capacity, in slots, is a power of two. n <=
// capacity.
template <typename T>
RingView<T> ring_view(T* plane, uint32_t capacity, uint32_t position, uint32_t n,
                      size_t slot_size = 1) noexcept REALTIME {
  const uint32_t start = position & (capacity - 1);
  const uint32_t until_wrap = std::min(n, capacity - start);
  return {{plane + start * slot_size, until_wrap * slot_size},
          {plane, (n - until_wrap) * slot_size}};
}

// Copies of whole views; the other side holds as many elements.
template <typename T, typename From>
void copy_into(const RingView<T>& to, const From* from) noexcept REALTIME {
  std::copy_n(from, to.first.size(), to.first.data());
  std::copy_n(from + to.first.size(), to.second.size(), to.second.data());
}

template <typename T, typename To>
void copy_from(const RingView<T>& from, To* to) noexcept REALTIME {
  std::copy_n(from.first.data(), from.first.size(), to);
  std::copy_n(from.second.data(), from.second.size(), to + from.first.size());
}

}  // namespace quanta

#endif  // QUANTA_CORE_RING_VIEW_H_
