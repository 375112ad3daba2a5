// Memory for one ring, between guard words that must outlive the test unharmed.
#ifndef QUANTA_TESTS_SUPPORT_RING_BLOCK_H_
#define QUANTA_TESTS_SUPPORT_RING_BLOCK_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "shared/layout.h"

namespace quanta {

class RingBlock {
 public:
  explicit RingBlock(size_t bytes)
      : lines_(2 + (bytes + kCacheLineBytes - 1) / kCacheLineBytes), bytes_(bytes) {
    std::ranges::fill(all(), kGuard);
  }

  ~RingBlock() {
    const auto is_guard = [](std::byte byte) { return byte == kGuard; };
    EXPECT_TRUE(std::ranges::all_of(all().first(kCacheLineBytes), is_guard));
    EXPECT_TRUE(std::ranges::all_of(all().subspan(kCacheLineBytes + bytes_), is_guard));
  }

  RingBlock(const RingBlock&) = delete;
  RingBlock& operator=(const RingBlock&) = delete;

  std::span<std::byte> bytes() { return all().subspan(kCacheLineBytes, bytes_); }

 private:
  static constexpr std::byte kGuard{0xa5};

  struct alignas(kCacheLineBytes) Line {
    std::byte bytes[kCacheLineBytes];
  };

  std::span<std::byte> all() { return {lines_.front().bytes, lines_.size() * sizeof(Line)}; }

  std::vector<Line> lines_;
  size_t bytes_;
};

}  // namespace quanta

#endif  // QUANTA_TESTS_SUPPORT_RING_BLOCK_H_
