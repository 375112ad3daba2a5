// One operation: a second of one channel from 48 to 16 kHz, quantum by quantum.
#include "dsp/resampler.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "benchmark.h"
#include "core/arena.h"

namespace quanta::bench {
namespace {

constexpr uint32_t kInRateHz = 48000;
constexpr uint32_t kOutRateHz = 16000;
constexpr double kToneHz = 1000;
constexpr double kTwoPi = 6.283185307179586;

alignas(kCacheLineBytes) std::byte g_block[1U << 20];
constinit Resampler g_resampler;
constinit std::array<float, kInRateHz> g_in{};
constinit std::array<float, kOutRateHz> g_out{};

size_t process_second() {
  size_t written = 0;
  for (size_t done = 0; done < kInRateHz; done += kDefaultQuantumFrames) {
    const std::span<const float> quantum(g_in.data() + done, kDefaultQuantumFrames);
    written += g_resampler.process(quantum, std::span(g_out).subspan(written)).written;
  }
  return written;
}

double tone(uint64_t frame, uint32_t rate_hz) {
  return std::sin(kTwoPi * kToneHz / rate_hz * static_cast<double>(frame));
}

const char* check() {
  Arena arena(g_block);
  if (!g_resampler.configure(arena, kInRateHz, kOutRateHz)) return "no room for the resampler";
  for (uint32_t i = 0; i < kInRateHz; ++i) g_in[i] = static_cast<float>(tone(i, kInRateHz));
  // Twice, so that the second one has no beginning; the tone has whole periods in a second.
  process_second();
  if (process_second() != kOutRateHz) return "wrong number of frames";
  const uint32_t delay = g_resampler.delay_frames();
  for (uint32_t i = 0; i < kOutRateHz; ++i) {
    const double expected = tone(i + kOutRateHz - delay, kOutRateHz);
    // The pass band's ripple is 0.02 dB.
    if (!(std::fabs(static_cast<double>(g_out[i]) - expected) < 0.0024))
      return "the tone is not what it was";
  }
  return nullptr;
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) process_second();
}

}  // namespace

const Benchmark resampler = {check, run};

}  // namespace quanta::bench
