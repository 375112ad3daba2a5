#include "core/sample_ring.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <type_traits>
#include <vector>

#include "support/ring_block.h"

namespace quanta {
namespace {

constexpr uint32_t kBeforeWrap = 0xfffffffd;

static_assert(!std::is_copy_constructible_v<SampleRing::Producer>);
static_assert(!std::is_copy_constructible_v<SampleRing::Consumer>);
static_assert(!std::is_convertible_v<SampleRing::Producer, SampleRing::Consumer>);
static_assert(sizeof(SampleRing::Header) % kCacheLineBytes == 0);

// A mono ring with its memory.
struct Mono {
  explicit Mono(uint32_t capacity, uint32_t start = kBeforeWrap)
      : block(SampleRing::bytes(capacity, 1)),
        halves(SampleRing::create(block.bytes(), capacity, 1, start)) {}

  bool push_all(const std::vector<float>& samples) {
    const float* plane = samples.data();
    return halves.producer.push_all({&plane, 1}, static_cast<uint32_t>(samples.size()));
  }

  uint32_t push_some(const std::vector<float>& samples) {
    const float* plane = samples.data();
    return halves.producer.push_some({&plane, 1}, static_cast<uint32_t>(samples.size()));
  }

  std::vector<float> pop_some(uint32_t frames) {
    std::vector<float> samples(frames);
    float* plane = samples.data();
    samples.resize(halves.consumer.pop_some({&plane, 1}, frames));
    return samples;
  }

  RingBlock block;
  SampleRing::Halves halves;
};

using Samples = std::vector<float>;

TEST(SampleRing, GivesBackWhatWasPushedInOrder) {
  Mono ring(4);
  EXPECT_TRUE(ring.push_all({1, 2, 3}));
  EXPECT_EQ(ring.pop_some(2), (Samples{1, 2}));
  EXPECT_TRUE(ring.push_all({4, 5, 6}));
  EXPECT_EQ(ring.pop_some(9), (Samples{3, 4, 5, 6}));
}

TEST(SampleRing, WastesNoSlotWhenFull) {
  Mono ring(4);
  EXPECT_TRUE(ring.push_all({1, 2, 3, 4}));
  EXPECT_EQ(ring.halves.producer.free_frames(), 0U);
  EXPECT_EQ(ring.halves.consumer.unread_frames(), 4U);
  EXPECT_EQ(ring.pop_some(4), (Samples{1, 2, 3, 4}));
  EXPECT_EQ(ring.halves.producer.free_frames(), 4U);
  EXPECT_EQ(ring.halves.consumer.unread_frames(), 0U);
}

TEST(SampleRing, ARingOfOneFrameWorks) {
  Mono ring(1);
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(ring.push_all({static_cast<float>(i)}));
    EXPECT_FALSE(ring.push_all({-1}));
    EXPECT_EQ(ring.pop_some(1), (Samples{static_cast<float>(i)}));
    EXPECT_TRUE(ring.pop_some(1).empty());
  }
}

TEST(SampleRing, PushAllThatDoesNotFitPushesNothing) {
  Mono ring(4);
  EXPECT_TRUE(ring.push_all({1, 2}));
  EXPECT_FALSE(ring.push_all({3, 4, 5}));
  EXPECT_EQ(ring.pop_some(9), (Samples{1, 2}));
  EXPECT_FALSE(ring.push_all({1, 2, 3, 4, 5}));
  EXPECT_TRUE(ring.pop_some(9).empty());
}

TEST(SampleRing, PushSomePushesTheFirstFramesThatFit) {
  Mono ring(4);
  EXPECT_EQ(ring.push_some({1, 2, 3}), 3U);
  EXPECT_EQ(ring.push_some({4, 5, 6}), 1U);
  EXPECT_EQ(ring.push_some({7}), 0U);
  EXPECT_EQ(ring.pop_some(9), (Samples{1, 2, 3, 4}));
}

TEST(SampleRing, NothingPushedOrPoppedChangesNothing) {
  Mono ring(2);
  EXPECT_TRUE(ring.push_all({}));
  EXPECT_EQ(ring.push_some({}), 0U);
  EXPECT_TRUE(ring.pop_some(0).empty());
  EXPECT_EQ(ring.halves.producer.free_frames(), 2U);
}

TEST(SampleRing, AViewOfFramesThatWrapHasTwoParts) {
  Mono ring(4, 2);
  EXPECT_TRUE(ring.push_all({1, 2, 3}));
  EXPECT_EQ(ring.halves.consumer.view(9), 3U);
  const auto view = ring.halves.consumer.frames(0);
  EXPECT_EQ(Samples(view.first.begin(), view.first.end()), (Samples{1, 2}));
  EXPECT_EQ(Samples(view.second.begin(), view.second.end()), (Samples{3}));
  EXPECT_EQ(view[1], 2);
  EXPECT_EQ(view[2], 3);
}

TEST(SampleRing, AViewTakesNothingUntilItIsPopped) {
  Mono ring(4);
  EXPECT_TRUE(ring.push_all({1, 2, 3, 4}));
  EXPECT_EQ(ring.halves.consumer.view(2), 2U);
  EXPECT_EQ(ring.halves.consumer.frames(0)[1], 2);
  EXPECT_EQ(ring.push_some({5}), 0U);
  ring.halves.consumer.pop(1);
  EXPECT_EQ(ring.halves.consumer.frames(0).size(), 0U);
  EXPECT_EQ(ring.push_some({5}), 1U);
  EXPECT_EQ(ring.pop_some(9), (Samples{2, 3, 4, 5}));
}

TEST(SampleRing, KeepsChannelsApart) {
  RingBlock block(SampleRing::bytes(4, 2));
  auto [producer, consumer] = SampleRing::create(block.bytes(), 4, 2, kBeforeWrap);
  const std::array<float, 3> left = {1, 2, 3};
  const std::array<float, 3> right = {-1, -2, -3};
  const std::array<const float*, 2> in = {left.data(), right.data()};
  EXPECT_TRUE(producer.push_all(in, 3));
  std::array<float, 3> left_out = {};
  std::array<float, 3> right_out = {};
  const std::array<float*, 2> out = {left_out.data(), right_out.data()};
  EXPECT_EQ(consumer.pop_some(out, 3), 3U);
  EXPECT_EQ(left_out, left);
  EXPECT_EQ(right_out, right);
  EXPECT_EQ(consumer.channels(), 2U);
}

TEST(SampleRing, AHalfThatTakesOverGoesOnWhereTheOtherStopped) {
  Mono ring(4);
  EXPECT_TRUE(ring.push_all({1, 2, 3}));
  EXPECT_EQ(ring.pop_some(1), (Samples{1}));
  ring.halves = SampleRing::attach(ring.block.bytes());
  EXPECT_EQ(ring.push_some({4, 5, 6}), 2U);
  EXPECT_EQ(ring.pop_some(9), (Samples{2, 3, 4, 5}));
}

TEST(SampleRing, AFreshRingIsSilentWhateverTheMemoryHeld) {
  Mono ring(2, 0);
  EXPECT_TRUE(ring.push_all({1, 2}));
  ring.halves = SampleRing::create(ring.block.bytes(), 2, 1, 0);
  EXPECT_EQ(ring.halves.consumer.unread_frames(), 0U);
  const auto samples = ring.block.bytes().subspan(sizeof(SampleRing::Header));
  EXPECT_TRUE(std::ranges::all_of(samples, [](std::byte byte) { return byte == std::byte{0}; }));
}

TEST(SampleRing, KnowsWhichShapesItCanHave) {
  EXPECT_TRUE(SampleRing::is_valid(1, 1));
  EXPECT_TRUE(SampleRing::is_valid(1U << 29, 2));
  EXPECT_FALSE(SampleRing::is_valid(0, 1));
  EXPECT_FALSE(SampleRing::is_valid(3, 1));
  EXPECT_FALSE(SampleRing::is_valid(4, 0));
  EXPECT_FALSE(SampleRing::is_valid(1U << 30, 2));
}

TEST(SampleRing, AHundredThousandFramesInBlocksOfAnySizeArriveOnceAndInOrder) {
  for (const uint32_t capacity : {1U, 2U, 4U, 64U}) {
    Mono ring(capacity);
    std::mt19937 random(capacity);
    const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random()) % n; };
    float pushed = 0;
    float popped = 0;
    while (popped < 100'000) {
      Samples block(below(capacity + 2));
      for (size_t i = 0; i < block.size(); ++i) block[i] = pushed + static_cast<float>(i);
      pushed += static_cast<float>(ring.push_some(block));
      for (const float sample : ring.pop_some(below(capacity + 2))) {
        ASSERT_EQ(sample, popped++);
      }
    }
  }
}

}  // namespace
}  // namespace quanta
