#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <vector>

#include "core/arena.h"
#include "dsp/real_fft.h"
#include "engine_host.h"
#include "malloc_trap.h"
#include "shared/layout.h"
#include "support/silero_file.h"
#include "voice/silero_vad.h"

namespace {

TEST(Allocation, AHundredThousandQuantaAllocateNothing) {
  ASSERT_NE(init(16384), nullptr);
  const MallocTrap trap;
  for (int quantum = 0; quantum < 100'000; ++quantum) {
    set_write_pos(get_write_pos() + 128);
    process_quantum(128);
  }
  EXPECT_EQ(trap.allocations(), 0U);
  EXPECT_EQ(get_telemetry_ptr()->quantum_count.load(), 100'000U);
}

TEST(Allocation, NeitherDoQuantaOfPushInputsNorTheirOpening) {
  ASSERT_NE(init(2048), nullptr);
  const MallocTrap trap;
  for (uint32_t input = 0; input < quanta::kInputs; ++input) {
    EXPECT_EQ(open_push(input, 44100, 2, 2048, 0), 0U);
  }
  for (int quantum = 0; quantum < 1000; ++quantum) {
    set_write_pos(get_write_pos() + 128);
    process_quantum(128);
  }
  EXPECT_EQ(close_push(0), 0U);
  EXPECT_EQ(trap.allocations(), 0U);
}

TEST(Allocation, NeitherDoesAnEngineThatDetectsVoice) {
  quanta::test::EngineHost host;
  const std::span<std::byte> file = host.engine.vad().file();
  quanta::make_silero_file(file, 2, 1);
  const MallocTrap trap;
  const auto bytes = static_cast<uint32_t>(file.size());
  EXPECT_EQ(host.engine.start_vad(bytes, (2U << quanta::kInputs) - 1), quanta::EngineStatus::kOk);
  for (int quantum = 0; quantum < 100; ++quantum) host.feed(0.1F, 0.2F, 128);
  EXPECT_EQ(trap.allocations(), 0U);
}

TEST(Allocation, TransformsAllocateNothing) {
  std::vector<std::byte> memory(100'000);
  std::vector<float> in(4500);
  std::vector<float> re(2251);
  std::vector<float> im(2251);
  for (const uint32_t size : {4U, 250U, 1024U, 4500U}) {
    quanta::Arena arena(memory);
    quanta::RealFft fft;
    ASSERT_TRUE(fft.configure(arena, size));
    const MallocTrap trap;
    fft.forward(in, re, im);
    fft.inverse({re.data(), fft.bins()}, {im.data(), fft.bins()}, {in.data(), size});
    EXPECT_EQ(trap.allocations(), 0U) << size;
  }
}

TEST(Allocation, VoiceDetectionAllocatesNothing) {
  std::vector<std::byte> file(quanta::vad_file_bytes(sizeof(float)));
  quanta::make_silero_file(file, sizeof(float), 1);
  std::vector<std::byte> memory(10'000);
  quanta::Arena arena(memory);
  quanta::SileroWeights weights;
  quanta::SileroVad detector;
  ASSERT_EQ(weights.configure(arena, file), quanta::VadStatus::kOk);
  ASSERT_TRUE(detector.configure(arena, weights));
  const std::array<float, quanta::kVadFrames> samples{};
  const MallocTrap trap;
  for (int frame = 0; frame < 100; ++frame) detector.push(samples);
  detector.reset();
  EXPECT_EQ(trap.allocations(), 0U);
}

TEST(MallocTrap, SeesAnAllocation) {
  const MallocTrap trap;
  delete new volatile int(1);
  EXPECT_GE(trap.allocations(), 1U);
}

}  // namespace
