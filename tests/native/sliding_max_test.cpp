#include "dsp/sliding_max.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <vector>

namespace quanta {
namespace {

TEST(SlidingMax, IsTheLargestOfTheLastValues) {
  std::mt19937 random(4);
  for (const size_t window : {1U, 2U, 3U, 7U, 64U}) {
    std::vector<std::byte> memory(4096);
    Arena arena(memory);
    SlidingMax largest;
    ASSERT_TRUE(largest.configure(arena, window));
    std::vector<float> values;
    for (int i = 0; i < 2000; ++i) {
      // Runs that rise and fall, and equal values.
      const int slope = i / 50 % 2 ? i % 50 : 50 - i % 50;
      values.push_back(static_cast<float>(slope + static_cast<int>(random() % 5)));
      const size_t first = values.size() - std::min(values.size(), window);
      const float want = *std::max_element(values.begin() + static_cast<int>(first), values.end());
      ASSERT_EQ(largest.push(values.back()), want) << window << " " << i;
    }
  }
}

TEST(SlidingMax, ClearForgets) {
  std::vector<std::byte> memory(4096);
  Arena arena(memory);
  SlidingMax largest;
  ASSERT_TRUE(largest.configure(arena, 8));
  for (int i = 0; i < 13; ++i) largest.push(5);
  largest.clear();
  EXPECT_EQ(largest.push(1), 1);
}

}  // namespace
}  // namespace quanta
