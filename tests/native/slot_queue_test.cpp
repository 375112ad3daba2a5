#include "core/slot_queue.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace quanta {
namespace {

using Queue = BasicSlotQueue<RealAtomics, 4>;

// A queue in memory of its own.
struct Host {
  explicit Host(uint32_t capacity, uint32_t start = 0) : block(Queue::bytes(capacity) + 64) {
    void* aligned = block.data();
    size_t room = block.size();
    std::align(64, Queue::bytes(capacity), aligned, room);
    const std::span<std::byte> place(static_cast<std::byte*>(aligned), Queue::bytes(capacity));
    Queue::create(place, capacity, start);
    producer = Queue::producer(place);
    consumer = Queue::consumer(place);
  }

  std::vector<std::byte> block;
  Queue::Producer producer;
  Queue::Consumer consumer;
};

TEST(SlotQueue, HandsEverySlotOverInOrderAcrossTheWrap) {
  Host host(4, UINT32_MAX - 5);
  for (uint32_t round = 0; round < 20; ++round) {
    for (uint32_t i = 0; i < 3; ++i) ASSERT_TRUE(host.producer.push({round, i, round * i, 7}));
    for (uint32_t i = 0; i < 3; ++i) {
      ASSERT_NE(host.consumer.front(), nullptr);
      EXPECT_EQ(*host.consumer.front(), (Queue::Slot{round, i, round * i, 7}));
      host.consumer.pop();
    }
    EXPECT_EQ(host.consumer.front(), nullptr);
  }
}

TEST(SlotQueue, AFullQueueRefusesAndLosesNothing) {
  Host host(2);
  EXPECT_TRUE(host.producer.push({1, 0, 0, 0}));
  EXPECT_TRUE(host.producer.push({2, 0, 0, 0}));
  EXPECT_FALSE(host.producer.has_room());
  EXPECT_FALSE(host.producer.push({3, 0, 0, 0}));
  EXPECT_EQ((*host.consumer.front())[0], 1U);
  host.consumer.pop();
  EXPECT_TRUE(host.producer.push({4, 0, 0, 0}));
  EXPECT_EQ((*host.consumer.front())[0], 2U);
  host.consumer.pop();
  EXPECT_EQ((*host.consumer.front())[0], 4U);
}

TEST(SlotQueue, TwoThreadsSeeEverySlotWhole) {
  constexpr uint32_t kSlots = 20'000;
  Host host(8, UINT32_MAX - 1000);
  std::thread sender([&host] {
    for (uint32_t i = 0; i < kSlots;) {
      if (host.producer.push({i, i * 3, ~i, i ^ 0x5a5a5a5aU})) {
        ++i;
      } else {
        std::this_thread::yield();
      }
    }
  });
  uint32_t wrong = 0;
  for (uint32_t i = 0; i < kSlots;) {
    const Queue::Slot* slot = host.consumer.front();
    if (slot == nullptr) {
      std::this_thread::yield();
      continue;
    }
    if (*slot != Queue::Slot{i, i * 3, ~i, i ^ 0x5a5a5a5aU}) ++wrong;
    host.consumer.pop();
    ++i;
  }
  sender.join();
  EXPECT_EQ(wrong, 0U);
}

}  // namespace
}  // namespace quanta
