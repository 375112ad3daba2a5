// One operation: a quantum of 128 stereo frames written to a mix ring of the engine's length.
#include <array>
#include <bit>
#include <cstddef>

#include "benchmark.h"
#include "core/frame_ring.h"
#include "test_signal.h"

namespace quanta::bench {
namespace {

constexpr uint32_t kRateHz = 48000;
constexpr BroadcastShape kShape =
    FrameRing::shape(std::bit_ceil(kMixRingSec * kRateHz), kInputChannels, kRateHz);

alignas(kCacheLineBytes) std::byte g_block[FrameRing::Memory::bytes(kShape)];
constinit FrameRing::Writer g_writer;
constinit std::array<std::array<float, kDefaultQuantumFrames>, kInputChannels> g_planes{};

void write() {
  const std::array<const float*, kInputChannels> planes = {g_planes[0].data(), g_planes[1].data()};
  g_writer.write(planes, kDefaultQuantumFrames);
}

const char* check() {
  const auto memory = FrameRing::Memory::create(g_block, kShape, 0);
  g_writer = FrameRing::Writer(memory);
  for (uint32_t channel = 0; channel < kInputChannels; ++channel) {
    fill_with_noise(g_planes[channel], channel + 1, 1);
  }
  FrameRing::Reader reader(memory, kDefaultQuantumFrames);
  write();
  if (reader.view(2 * kDefaultQuantumFrames).status != ReadStatus::kOk) return "nothing to read";
  if (reader.count() != kDefaultQuantumFrames) return "wrong number of frames";
  std::array<float, kDefaultQuantumFrames> read{};
  for (uint32_t channel = 0; channel < kInputChannels; ++channel) {
    reader.copy_to(channel, read.data());
    if (read != g_planes[channel]) return "frames differ from what was written";
  }
  return reader.confirm().status == ReadStatus::kOk ? nullptr : "the frames were overwritten";
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) write();
}

}  // namespace

const Benchmark bus_write = {check, run, [] { return static_cast<const void*>(g_block); }};

}  // namespace quanta::bench
