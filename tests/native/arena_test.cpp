#include "core/arena.h"

#include <gtest/gtest.h>

#include <array>

namespace quanta {
namespace {

struct Block {
  alignas(Arena::kAlignment) std::array<std::byte, 256> bytes;
};

TEST(Arena, HandsOutPartsOnCacheLinesOfTheirOwn) {
  Block block;
  Arena arena(block.bytes);
  const auto first = arena.take<float>(1);
  const auto second = arena.take<double>(3);
  EXPECT_EQ(reinterpret_cast<std::byte*>(first.data()), block.bytes.data());
  EXPECT_EQ(reinterpret_cast<std::byte*>(second.data()), block.bytes.data() + Arena::kAlignment);
  EXPECT_EQ(second.size(), 3U);
}

TEST(Arena, GivesTheLastByteAndThenNothing) {
  Block block;
  Arena arena(block.bytes);
  EXPECT_EQ(arena.take<std::byte>(256).size(), 256U);
  EXPECT_TRUE(arena.take<std::byte>(1).empty());
}

TEST(Arena, ARefusedRequestTakesNothing) {
  Block block;
  Arena arena(block.bytes);
  EXPECT_TRUE(arena.take<float>(65).empty());
  EXPECT_EQ(arena.used_bytes(), 0U);
  EXPECT_EQ(arena.take<float>(64).size(), 64U);
}

TEST(Arena, ACountWhoseBytesOverflowIsRefused) {
  Block block;
  Arena arena(block.bytes);
  EXPECT_TRUE(arena.take<double>(SIZE_MAX / 2).empty());
}

TEST(Arena, LeavesTheMemoryAsItWas) {
  Block block;
  block.bytes.fill(std::byte{0x5a});
  Arena arena(block.bytes);
  for (const std::byte byte : arena.take<std::byte>(100)) EXPECT_EQ(byte, std::byte{0x5a});
}

}  // namespace
}  // namespace quanta
