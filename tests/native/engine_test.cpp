#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine_host.h"

namespace quanta {
namespace {

using Host = test::EngineHost;

TEST(Engine, PublishesPeakAndRmsOfEachQuantum) {
  Host host;
  ASSERT_EQ(host.feed(0.5F, -0.25F, 128), EngineStatus::kOk);
  EXPECT_EQ(host.telemetry().quantum_peak_left.load(), 0.5F);
  EXPECT_EQ(host.telemetry().quantum_peak_right.load(), 0.25F);
  EXPECT_EQ(host.telemetry().quantum_rms_left.load(), 0.5F);
  EXPECT_EQ(host.telemetry().quantum_rms_right.load(), 0.25F);
  ASSERT_EQ(host.feed(0.125F, 0, 64), EngineStatus::kOk);
  EXPECT_EQ(host.telemetry().quantum_peak_left.load(), 0.125F);
  EXPECT_EQ(host.telemetry().quantum_peak_right.load(), 0.0F);
  EXPECT_EQ(host.telemetry().quantum_frames.load(), 64U);
  EXPECT_EQ(host.telemetry().quantum_count.load(), 2U);
  EXPECT_EQ(host.telemetry().frame_count.load(), 192U);
}

TEST(Engine, WorksForEveryQuantumAndEveryCapacityThatHoldsIt) {
  for (uint32_t capacity = 1; capacity <= Engine::kMaxCapacity; capacity *= 2) {
    for (const uint32_t n : {1U, 2U, 3U, 32U, 127U, 128U, 256U, 480U, 512U, 2048U, 16384U}) {
      if (n > capacity) continue;
      Host host(capacity);
      for (uint32_t quantum = 1; quantum <= 5; ++quantum) {
        const float level = 0.1F * static_cast<float>(quantum);
        ASSERT_EQ(host.feed(level, -level, n), EngineStatus::kOk) << capacity << " " << n;
        ASSERT_EQ(host.telemetry().quantum_peak_left.load(), level) << capacity << " " << n;
        ASSERT_EQ(host.telemetry().quantum_peak_right.load(), level) << capacity << " " << n;
      }
      ASSERT_EQ(host.telemetry().frame_count.load(), 5U * n);
      ASSERT_EQ(host.telemetry().dropped_frames.load(), 0U);
    }
  }
}

TEST(Engine, TheLargestCapacityFitsAtEveryRate) {
  for (const float rate : {3000.0F, 8000.0F, 22050.0F, 44100.0F, 48000.0F, 96000.0F, 191999.0F,
                           192000.0F, 768000.0F}) {
    const Host host(Engine::kMaxCapacity, rate);
    EXPECT_EQ(host.telemetry().quantum_count.load(), 0U) << rate;
  }
}

TEST(Engine, ABadCapacityIsRefusedAndChangesNothing) {
  Host host;
  ASSERT_EQ(host.feed(0.5F, 0.5F, 128), EngineStatus::kOk);
  const float* planes = host.engine.input().planes();
  for (const uint32_t capacity : {0U, 3U, 1000U, 0x80000001U, UINT32_MAX}) {
    EXPECT_EQ(host.start(capacity, Engine::Memory::kFresh), EngineStatus::kBadCapacity);
  }
  EXPECT_EQ(host.start(1U << 30, Engine::Memory::kFresh), EngineStatus::kOutOfMemory);
  EXPECT_EQ(host.start(1U << 31, Engine::Memory::kFresh), EngineStatus::kOutOfMemory);
  EXPECT_EQ(host.engine.input().planes(), planes);
  EXPECT_EQ(host.engine.input().capacity(), 16384U);
  EXPECT_EQ(host.telemetry().quantum_count.load(), 1U);
  EXPECT_EQ(host.feed(0.5F, 0.5F, 128), EngineStatus::kOk);
}

TEST(Engine, ABadFrameCountIsRefusedAndChangesNothing) {
  Host host(256);
  host.write(0.5F, 0.5F, 256);
  for (const uint32_t n : {0U, 257U, kMaxQuantumFrames + 1, UINT32_MAX}) {
    EXPECT_EQ(host.engine.process_quantum(n), EngineStatus::kBadFrameCount) << n;
  }
  EXPECT_EQ(host.telemetry().quantum_count.load(), 0U);
  EXPECT_EQ(host.engine.process_quantum(256), EngineStatus::kOk);
}

TEST(Engine, FramesThatWereNotWrittenAreNotConsumed) {
  Host host;
  host.write(0.5F, 0.5F, 100);
  EXPECT_EQ(host.engine.process_quantum(128), EngineStatus::kUnderrun);
  EXPECT_EQ(host.telemetry().quantum_count.load(), 0U);
  host.write(0.5F, 0.5F, 28);
  EXPECT_EQ(host.engine.process_quantum(128), EngineStatus::kOk);
}

TEST(Engine, OverwrittenFramesAreCountedToTheFrame) {
  Host host(256);
  host.write(0.1F, 0.1F, 300);
  EXPECT_EQ(host.engine.process_quantum(128), EngineStatus::kOk);
  EXPECT_EQ(host.telemetry().dropped_frames.load(), 44U);
  EXPECT_EQ(host.engine.input().unread_frames(), 128U);
}

TEST(Engine, CountersGoOnWhenThePositionsWrapAt32Bits) {
  Host host(1024);
  const uint32_t start = UINT32_MAX - 300;
  host.engine.input().set_write_pos(start);
  ASSERT_EQ(host.engine.process_quantum(1), EngineStatus::kOk);
  const uint64_t skipped = host.telemetry().dropped_frames.load();
  while (host.engine.input().unread_frames() > 0) {
    ASSERT_EQ(host.engine.process_quantum(1), EngineStatus::kOk);
  }
  for (int quantum = 0; quantum < 10; ++quantum) {
    ASSERT_EQ(host.feed(0.5F, 0.5F, 127), EngineStatus::kOk);
    ASSERT_EQ(host.telemetry().quantum_peak_left.load(), 0.5F);
  }
  EXPECT_EQ(host.telemetry().dropped_frames.load(), skipped);
  EXPECT_EQ(host.telemetry().frame_count.load() + skipped, uint64_t{start} + 1270);
}

TEST(Engine, BadSamplesAreCountedAndNeverReachTheMeters) {
  Host host;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  ASSERT_EQ(host.feed(nan, -infinity, 128), EngineStatus::kOk);
  ASSERT_EQ(host.feed(0.5F, 0.5F, 128), EngineStatus::kOk);
  EXPECT_EQ(host.telemetry().bad_samples.load(), 256U);
  EXPECT_EQ(host.telemetry().peak_left.load(), 0.5F);
  EXPECT_TRUE(std::isfinite(host.telemetry().rms_right.load()));
}

TEST(Engine, ASuccessorGoesOnFromTheCountersItInherits) {
  Host host;
  for (int quantum = 0; quantum < 7; ++quantum) host.feed(0.5F, 0.5F, 128);
  // The engine stopped in the middle of publishing.
  host.engine.telemetry()->sequence.store(host.telemetry().sequence.load() + 1);
  ASSERT_EQ(host.start(16384, Engine::Memory::kInherited), EngineStatus::kOk);
  EXPECT_EQ(host.telemetry().sequence.load() % 2, 0U);
  ASSERT_EQ(host.feed(0.25F, 0.25F, 128), EngineStatus::kOk);
  EXPECT_EQ(host.telemetry().quantum_count.load(), 8U);
  EXPECT_EQ(host.telemetry().quantum_peak_left.load(), 0.25F);
}

TEST(Engine, WhatTheClockPassedOverBeforeASuccessorIsAGap) {
  Host host;
  for (uint64_t frame = 1000; frame < 1000 + 3 * 128; frame += 128) {
    host.engine.set_frame(frame);
    host.feed(0.5F, 0.5F, 128);
  }
  EXPECT_EQ(host.telemetry().next_frame.load(), 1384U);
  ASSERT_EQ(host.start(16384, Engine::Memory::kInherited), EngineStatus::kOk);
  host.engine.set_frame(1384 + 5 * 128);
  host.feed(0.5F, 0.5F, 128);
  EXPECT_EQ(host.telemetry().gap_frames.load(), 5 * 128U);
  EXPECT_EQ(host.telemetry().next_frame.load(), 1384U + 6 * 128);
}

}  // namespace
}  // namespace quanta
