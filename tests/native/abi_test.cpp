// The ABI as a host sees it: only the exported functions.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "shared/layout.h"

namespace {

using quanta::EngineStatus;

uint32_t code(EngineStatus status) { return static_cast<uint32_t>(status); }

void write(uint32_t frames, float value) {
  const uint32_t capacity = get_input_capacity();
  const uint32_t pos = get_write_pos();
  for (uint32_t i = 0; i < frames; ++i) {
    for (uint32_t channel = 0; channel < quanta::kInputChannels; ++channel) {
      get_input_ptr()[channel * capacity + ((pos + i) & (capacity - 1))] = value;
    }
  }
  set_write_pos(pos + frames);
}

TEST(Abi, NamesItsVersion) { EXPECT_EQ(get_abi_version(), quanta::kAbiVersion); }

TEST(Abi, InitAnswersTheInputRingOrNullWithAReason) {
  ASSERT_NE(init(1024), nullptr);
  EXPECT_EQ(get_status(), code(EngineStatus::kOk));
  EXPECT_EQ(get_input_capacity(), 1024U);
  float* ring = get_input_ptr();
  EXPECT_EQ(init(1000), nullptr);
  EXPECT_EQ(get_status(), code(EngineStatus::kBadCapacity));
  EXPECT_EQ(init(1U << 28), nullptr);
  EXPECT_EQ(get_status(), code(EngineStatus::kOutOfMemory));
  EXPECT_EQ(get_input_ptr(), ring);
  EXPECT_EQ(get_input_capacity(), 1024U);
}

TEST(Abi, ASampleRateOutsideTheContextsRangeIsRefused) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const float rate : {0.0F, -48000.0F, 2999.0F, 768001.0F, nan, HUGE_VALF}) {
    EXPECT_EQ(set_sample_rate(rate), code(EngineStatus::kBadRate)) << rate;
  }
  EXPECT_EQ(set_sample_rate(48000), code(EngineStatus::kOk));
}

TEST(Abi, InitClearsTheTelemetryAndResumeKeepsIt) {
  init(1024);
  write(128, 0.5F);
  process_quantum(128);
  ASSERT_NE(resume(1024), nullptr);
  EXPECT_EQ(get_telemetry_ptr()->quantum_count.load(), 1U);
  EXPECT_EQ(get_write_pos(), 0U);
  ASSERT_NE(init(1024), nullptr);
  EXPECT_EQ(get_telemetry_ptr()->quantum_count.load(), 0U);
}

}  // namespace
