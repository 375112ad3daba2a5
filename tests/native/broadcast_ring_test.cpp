#include "core/broadcast_ring.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <type_traits>
#include <vector>

#include "core/chunk_ring.h"
#include "core/frame_ring.h"
#include "support/ring_block.h"

namespace quanta {
namespace {

using Samples = std::vector<float>;

constexpr uint64_t kBeforeWrap = 0xfffffffd;
constexpr ReadResult kOk = {ReadStatus::kOk, 0};
constexpr ReadResult kEmpty = {ReadStatus::kEmpty, 0};

constexpr ReadResult dropout(uint64_t dropped) { return {ReadStatus::kDropout, dropped}; }

static_assert(!std::is_copy_constructible_v<FrameRing::Writer>);
static_assert(sizeof(FrameRing::Memory::Header) % kCacheLineBytes == 0);

constexpr uint32_t kChunkLength = 3;

// The chunk with sequence number seq: its time and all its samples say so.
struct Chunks {
  explicit Chunks(uint32_t capacity, uint64_t start = kBeforeWrap)
      : block(ChunkRing::Memory::bytes(ChunkRing::shape(capacity, kChunkLength, 16000))),
        memory(ChunkRing::Memory::create(block.bytes(),
                                         ChunkRing::shape(capacity, kChunkLength, 16000), start)),
        writer(memory) {}

  void write(uint32_t chunks) {
    for (uint32_t i = 0; i < chunks; ++i) {
      const uint64_t seq = writer.position();
      const auto value = static_cast<float>(seq - kBeforeWrap);
      const std::array<float, kChunkLength> samples = {value, value, value};
      writer.write(static_cast<double>(seq) / 3, samples);
    }
  }

  ChunkRing::Reader reader() const { return {memory, 1}; }

  RingBlock block;
  ChunkRing::Memory memory;
  ChunkRing::Writer writer;
};

// Reads the borrowed chunk and says whether it is the one that its number promises.
bool is_whole(const ChunkRing::Reader& reader) {
  const auto value = static_cast<float>(reader.seq() - kBeforeWrap);
  std::array<float, kChunkLength> samples = {};
  reader.copy_to(samples.data());
  return samples == std::array<float, kChunkLength>{value, value, value} &&
         reader.timestamp_ms() == static_cast<double>(reader.seq()) / 3;
}

uint64_t accounted(const ChunkRing::Reader& reader) {
  return reader.delivered() + reader.dropped() + reader.pending();
}

TEST(BroadcastRing, EveryReaderGetsEveryChunkOnce) {
  Chunks ring(4);
  auto first = ring.reader();
  auto second = ring.reader();
  for (uint64_t seq = kBeforeWrap; seq < kBeforeWrap + 10; ++seq) {
    ring.write(1);
    for (auto* reader : {&first, &second}) {
      ASSERT_EQ(reader->view(), kOk);
      EXPECT_EQ(reader->seq(), seq);
      EXPECT_TRUE(is_whole(*reader));
      EXPECT_EQ(reader->confirm(), kOk);
      EXPECT_EQ(reader->view(), kEmpty);
    }
  }
  EXPECT_EQ(first.delivered(), 10U);
  EXPECT_EQ(first.dropped(), 0U);
}

TEST(BroadcastRing, AReaderBeginsWithTheNextChunkThatIsPublished) {
  Chunks ring(4);
  ring.write(3);
  auto reader = ring.reader();
  EXPECT_EQ(reader.view(), kEmpty);
  ring.write(1);
  EXPECT_EQ(reader.view(), kOk);
  EXPECT_EQ(reader.seq(), kBeforeWrap + 3);
}

TEST(BroadcastRing, AReaderAWholeRingBehindHasLostNothingYet) {
  Chunks ring(4);
  auto reader = ring.reader();
  ring.write(4);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(reader.view(), kOk);
    EXPECT_TRUE(is_whole(reader));
    EXPECT_EQ(reader.confirm(), kOk);
  }
}

TEST(BroadcastRing, AReaderLappedTwiceReportsOneDropoutAndThenTheNewestChunk) {
  Chunks ring(4);
  auto reader = ring.reader();
  ring.write(9);
  EXPECT_EQ(reader.view(), dropout(8));
  EXPECT_EQ(reader.view(), kOk);
  EXPECT_EQ(reader.seq(), kBeforeWrap + 8);
  EXPECT_TRUE(is_whole(reader));
  EXPECT_EQ(reader.confirm(), kOk);
  EXPECT_EQ(reader.view(), kEmpty);
  EXPECT_EQ(reader.delivered(), 1U);
  EXPECT_EQ(reader.dropped(), 8U);
}

TEST(BroadcastRing, OneReadersDropoutIsNoOtherReaders) {
  Chunks ring(2);
  auto slow = ring.reader();
  auto fast = ring.reader();
  for (int i = 0; i < 5; ++i) {
    ring.write(1);
    EXPECT_EQ(fast.view(), kOk);
    EXPECT_EQ(fast.confirm(), kOk);
  }
  EXPECT_EQ(slow.view(), dropout(4));
  EXPECT_EQ(fast.dropped(), 0U);
}

TEST(BroadcastRing, AChunkOverwrittenWhileItIsBorrowedIsNotDelivered) {
  Chunks ring(2);
  auto reader = ring.reader();
  ring.write(2);
  ASSERT_EQ(reader.view(), kOk);
  EXPECT_TRUE(is_whole(reader));
  ring.write(1);
  EXPECT_FALSE(is_whole(reader));
  EXPECT_EQ(reader.confirm(), dropout(2));
  EXPECT_EQ(reader.view(), kOk);
  EXPECT_EQ(reader.confirm(), kOk);
  EXPECT_EQ(reader.delivered(), 1U);
  EXPECT_EQ(reader.dropped(), 2U);
}

TEST(BroadcastRing, AChunkThatIsOnlyReservedIsAlreadyLost) {
  Chunks ring(2);
  auto reader = ring.reader();
  ring.write(2);
  ASSERT_EQ(reader.view(), kOk);
  ring.memory.header().reserve_pos.fetch_add(1, std::memory_order_relaxed);
  EXPECT_EQ(reader.confirm(), dropout(1));
  EXPECT_EQ(reader.view(), kOk);
  EXPECT_EQ(reader.seq(), kBeforeWrap + 1);
}

TEST(BroadcastRing, AViewThatIsNotConfirmedCountsForNothing) {
  Chunks ring(4);
  auto reader = ring.reader();
  ring.write(2);
  EXPECT_EQ(reader.view(), kOk);
  EXPECT_EQ(reader.view(), kOk);
  EXPECT_EQ(reader.seq(), kBeforeWrap);
  EXPECT_EQ(reader.delivered(), 0U);
  EXPECT_EQ(reader.pending(), 2U);
}

TEST(BroadcastRing, ADeliveredChunkStaysIntactUntilItIsOverwritten) {
  Chunks ring(2);
  auto reader = ring.reader();
  ring.write(1);
  ASSERT_EQ(reader.view(), kOk);
  ASSERT_EQ(reader.confirm(), kOk);
  ring.write(1);
  EXPECT_TRUE(reader.intact(kBeforeWrap));
  ring.write(1);
  EXPECT_FALSE(reader.intact(kBeforeWrap));
  EXPECT_TRUE(reader.intact(kBeforeWrap + 1));
}

TEST(BroadcastRing, TheChunkThatDrainToLatestReturnsIsDeliveredNotDropped) {
  Chunks ring(8);
  auto reader = ring.reader();
  ring.write(5);
  EXPECT_EQ(reader.drain_to_latest(), (ReadResult{ReadStatus::kOk, 4}));
  EXPECT_EQ(reader.seq(), kBeforeWrap + 4);
  EXPECT_EQ(reader.confirm(), kOk);
  EXPECT_EQ(reader.delivered(), 1U);
  EXPECT_EQ(reader.dropped(), 4U);
  EXPECT_EQ(reader.drain_to_latest(), kEmpty);
  ring.write(1);
  EXPECT_EQ(reader.drain_to_latest(), kOk);
}

TEST(BroadcastRing, ALappedReaderDrainsToTheLatestInOneCall) {
  Chunks ring(2);
  auto reader = ring.reader();
  ring.write(7);
  EXPECT_EQ(reader.drain_to_latest(), (ReadResult{ReadStatus::kOk, 6}));
  EXPECT_TRUE(is_whole(reader));
}

TEST(BroadcastRing, SkipAheadKeepsTheNewestChunksAndCountsTheOthers) {
  Chunks ring(8);
  auto reader = ring.reader();
  ring.write(5);
  EXPECT_EQ(reader.skip_ahead(2), 3U);
  EXPECT_EQ(reader.skip_ahead(2), 0U);
  EXPECT_EQ(reader.skip_ahead(8), 0U);
  EXPECT_EQ(reader.pending(), 2U);
  EXPECT_EQ(reader.skip_ahead(0), 2U);
  EXPECT_EQ(reader.dropped(), 5U);
}

TEST(BroadcastRing, ALappedReaderKeepsAsManyChunksAsItAskedFor) {
  Chunks ring(8);
  ChunkRing::Reader reader(ring.memory, 4);
  ring.write(9);
  EXPECT_EQ(reader.view(), dropout(5));
  EXPECT_EQ(reader.pending(), 4U);
}

TEST(BroadcastRing, CountsExactlyAcrossThirtyOneAndThirtyTwoBits) {
  for (const uint64_t start : {uint64_t{0x7ffffffe}, uint64_t{0xfffffffe}, uint64_t{0x17ffffffe}}) {
    Chunks ring(2, start);
    auto reader = ring.reader();
    for (uint64_t written = 1; written <= 8; ++written) {
      ring.write(1);
      ASSERT_EQ(ring.memory.published(), start + written);
      ASSERT_EQ(reader.pending(), written);
    }
    EXPECT_EQ(reader.view(), dropout(7));
  }
}

TEST(BroadcastRing, AReaderAsleepForMoreThanTwoToTheThirtyTwoChunksStillCountsExactly) {
  Chunks ring(4, 5);
  auto reader = ring.reader();
  constexpr uint64_t kLong = (uint64_t{1} << 32) + 2;
  Chunks later(4, 5 + kLong);
  std::ranges::copy(later.block.bytes(), ring.block.bytes().begin());
  EXPECT_EQ(reader.view(), dropout(kLong - 1));
}

TEST(BroadcastRing, AChunkBorrowedForTwoToTheThirtyTwoChunksIsNotTakenForWhole) {
  Chunks ring(4, 5);
  auto reader = ring.reader();
  ring.write(1);
  ASSERT_EQ(reader.view(), kOk);
  constexpr uint64_t kLong = (uint64_t{1} << 32) + 1;
  Chunks later(4, 5 + kLong);
  std::ranges::copy(later.block.bytes(), ring.block.bytes().begin());
  EXPECT_EQ(reader.confirm(), dropout(kLong - 1));
}

// The words as they are between the two stores of a commit that crosses 2^31 slots.
TEST(BroadcastRing, APositionReadBetweenTheTwoWordsOfACommitIsTheOldOne) {
  Chunks ring(4, 0x7fffffff);
  ring.memory.header().commit_half.store(1, std::memory_order_relaxed);
  EXPECT_EQ(ring.memory.published(), 0x7fffffffU);
  ring.memory.header().commit_pos.store(0x80000000, std::memory_order_relaxed);
  EXPECT_EQ(ring.memory.published(), 0x80000000U);
}

TEST(BroadcastRing, AWriterTakesOverFromOneThatDiedInTheMiddleOfAWrite) {
  Chunks ring(4);
  auto reader = ring.reader();
  ring.write(4);
  // Two chunks begun, none published.
  ring.memory.header().reserve_pos.fetch_add(2, std::memory_order_relaxed);
  ring.writer = ChunkRing::Writer(ring.memory);
  EXPECT_EQ(ring.writer.position(), kBeforeWrap + 4);
  ring.write(1);
  // The second chunk, torn by the dead writer, is not taken for whole.
  EXPECT_FALSE(reader.intact(kBeforeWrap + 1));
  EXPECT_TRUE(reader.intact(kBeforeWrap + 2));
  EXPECT_EQ(reader.view(), dropout(4));
  EXPECT_EQ(reader.view(), kOk);
  EXPECT_TRUE(is_whole(reader));
}

TEST(BroadcastRing, DeliveredAndDroppedAndPendingArePublishedWhateverHappens) {
  for (const uint32_t capacity : {2U, 4U, 16U}) {
    Chunks ring(capacity);
    std::mt19937 random(capacity);
    const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random()) % n; };
    auto reader = ring.reader();
    uint64_t counted = 0;
    const auto count = [&](const ReadResult& result) { counted += result.dropped; };
    for (int step = 0; step < 20'000; ++step) {
      const uint32_t amount = below(capacity + 2);
      switch (below(5)) {
        case 0:
          ring.write(amount);
          break;
        case 1:
          count(reader.view());
          break;
        case 2:
          count(reader.confirm());
          break;
        case 3:
          counted += reader.skip_ahead(amount);
          break;
        case 4:
          count(reader.drain_to_latest());
          break;
      }
      ASSERT_TRUE(reader.count() == 0 || !reader.intact(reader.seq()) || is_whole(reader));
      ASSERT_EQ(accounted(reader), ring.writer.position() - kBeforeWrap);
      ASSERT_EQ(reader.dropped(), counted);
    }
    EXPECT_GT(reader.delivered(), 100U);
  }
}

// A stereo ring of frames.
struct Frames {
  explicit Frames(uint32_t capacity)
      : block(FrameRing::Memory::bytes(FrameRing::shape(capacity, 2, 48000))),
        memory(FrameRing::Memory::create(block.bytes(), FrameRing::shape(capacity, 2, 48000),
                                         kBeforeWrap)),
        writer(memory) {}

  void write(const Samples& left, const Samples& right) {
    const std::array<const float*, 2> planes = {left.data(), right.data()};
    writer.write(planes, static_cast<uint32_t>(left.size()));
  }

  RingBlock block;
  FrameRing::Memory memory;
  FrameRing::Writer writer;
};

Samples read(const FrameRing::Reader& reader, uint32_t channel) {
  Samples samples(reader.count());
  reader.copy_to(channel, samples.data());
  return samples;
}

TEST(FrameRing, ABlockThatWrapsIsReadInTwoParts) {
  Frames ring(4);
  FrameRing::Reader reader(ring.memory, 1);
  ring.write({1, 2}, {-1, -2});
  ring.write({3, 4}, {-3, -4});
  ASSERT_EQ(reader.view(9), kOk);
  EXPECT_EQ(reader.count(), 4U);
  EXPECT_EQ(reader.frames(0).first.size(), 3U);
  EXPECT_EQ(reader.frames(0).second.size(), 1U);
  EXPECT_EQ(read(reader, 0), (Samples{1, 2, 3, 4}));
  EXPECT_EQ(read(reader, 1), (Samples{-1, -2, -3, -4}));
  EXPECT_EQ(reader.confirm(), kOk);
  EXPECT_EQ(reader.delivered(), 4U);
}

TEST(FrameRing, AViewIsNoLongerThanAskedFor) {
  Frames ring(8);
  FrameRing::Reader reader(ring.memory, 1);
  ring.write({1, 2, 3}, {0, 0, 0});
  ASSERT_EQ(reader.view(2), kOk);
  EXPECT_EQ(read(reader, 0), (Samples{1, 2}));
  ASSERT_EQ(reader.confirm(), kOk);
  ASSERT_EQ(reader.view(2), kOk);
  EXPECT_EQ(read(reader, 0), (Samples{3}));
}

TEST(FrameRing, ABlockOfWhichOneFrameWasOverwrittenIsDroppedAndReadAgainWhereItIsWhole) {
  Frames ring(8);
  FrameRing::Reader reader(ring.memory, 4);
  ring.write({1, 2, 3, 4}, {0, 0, 0, 0});
  ring.write({5, 6, 7, 8}, {0, 0, 0, 0});
  ASSERT_EQ(reader.view(8), kOk);
  ring.write({9}, {0});
  EXPECT_EQ(reader.confirm(), dropout(5));
  ASSERT_EQ(reader.view(8), kOk);
  EXPECT_EQ(read(reader, 0), (Samples{6, 7, 8, 9}));
  EXPECT_EQ(reader.confirm(), kOk);
  EXPECT_EQ(reader.delivered() + reader.dropped(), 9U);
}

TEST(FrameRing, KnowsWhichShapesItCanHave) {
  EXPECT_TRUE(FrameRing::shape(2, 1, 48000).is_valid());
  EXPECT_TRUE(FrameRing::shape(1U << 29, 2, 48000).is_valid());
  EXPECT_FALSE(FrameRing::shape(1, 1, 48000).is_valid());
  EXPECT_FALSE(FrameRing::shape(3, 1, 48000).is_valid());
  EXPECT_FALSE(FrameRing::shape(4, 0, 48000).is_valid());
  EXPECT_FALSE(FrameRing::shape(1U << 30, 2, 48000).is_valid());
  EXPECT_FALSE(ChunkRing::shape(4, 0, 16000).is_valid());
}

}  // namespace
}  // namespace quanta
