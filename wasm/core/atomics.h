// What the rings are made of: the product's atomics. The tests build the same rings of words that
// watch every access, so each ring takes such a policy as a template argument.
#ifndef QUANTA_CORE_ATOMICS_H_
#define QUANTA_CORE_ATOMICS_H_

#include <atomic>
#include <cstdint>

#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// A datum without protection of its own.
template <typename T>
class PlainWord {
 public:
  void store(T value) noexcept REALTIME { value_ = value; }

  T load() const noexcept REALTIME { return value_; }

 private:
  T value_{};
};

struct RealAtomics {
  // Positions.
  using Word = std::atomic<uint32_t>;

  // Data that the protocol keeps free of races.
  template <typename T>
  using Plain = T;

  // Data that may be overwritten while it is read; the reader finds out afterwards. C++ calls that
  // a race unless the words are atomic. WebAssembly gives it a meaning without (C. Watt et al.,
  // "Weakening WebAssembly", OOPSLA 2019) and knows no atomic store but the sequentially
  // consistent: a locked instruction per sample, 60 times the cost of a quantum's write.
  template <typename T>
#ifdef __wasm__
  using Racy = PlainWord<T>;
#else
  using Racy = SharedWord<T>;
#endif
};

}  // namespace quanta

#endif  // QUANTA_CORE_ATOMICS_H_
