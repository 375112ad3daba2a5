// One engine for the benchmarks of whole quanta, fed and set up as a page does it. They take turns:
// each makes it anew in its check.
#ifndef QUANTA_TESTS_NATIVE_BENCH_ENGINE_JOB_H_
#define QUANTA_TESTS_NATIVE_BENCH_ENGINE_JOB_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/engine.h"

namespace quanta::bench {

inline constexpr uint32_t kEngineRateHz = 48000;
inline constexpr uint32_t kEngineInputFrames = 1024;

struct Setting {
  uint32_t parameter;
  float value;

  template <typename Parameter>
  constexpr Setting(Parameter name, float wanted)
      : parameter(static_cast<uint32_t>(name)), value(wanted) {}
};

// Everything of a strip that costs something is on and, at a level of -12 dBFS, at work.
std::span<const Setting> busy_strip();
// The limiter, at work.
std::span<const Setting> busy_master();

namespace engine_job {

// False: the engine did not start.
bool start();

// The samples of one plane, which the engine reads round and round.
std::span<float> plane(uint32_t input, uint32_t channel);
// Connects as many inputs as stereo ones.
void connect(uint32_t inputs);

// Queues a command for the next quantum; target as in CommandWord::input. False: no room.
bool send(uint32_t target, std::span<const Setting> settings);

// Detects voice in these sources: see VadStage::start().
EngineStatus start_vad(uint32_t bytes, uint32_t sources);

EngineStatus process();

// Largest sample of the mix's left channel in the last quantum.
float peak_of_output();

const Directory& directory();
std::byte* at(const layout_types::u32& offset);
const Telemetry& telemetry();

}  // namespace engine_job
}  // namespace quanta::bench

#endif  // QUANTA_TESTS_NATIVE_BENCH_ENGINE_JOB_H_
