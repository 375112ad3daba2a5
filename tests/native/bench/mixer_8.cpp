// One operation: a whole quantum of 128 frames, eight stereo inputs with every effect on, and the
// master's limiter. Not the mixer alone: meters, both rings and the voice's resampler run too.
#include <algorithm>

#include "benchmark.h"
#include "engine_job.h"
#include "test_signal.h"

namespace quanta::bench {
namespace {

constexpr uint32_t kQuantaPerSecond = kEngineRateHz / kDefaultQuantumFrames;

bool send_all() {
  bool sent = engine_job::send(kMaster, busy_master());
  for (uint32_t input = 0; input < kInputs; ++input) {
    sent = engine_job::send(input, busy_strip()) && sent;
  }
  return sent;
}

const char* check() {
  if (!engine_job::start()) return "the engine did not start";
  engine_job::connect(kInputs);
  for (uint32_t i = 0; i < kInputs * kInputChannels; ++i) {
    fill_with_noise(engine_job::plane(i / kInputChannels, i % kInputChannels), i + 1, 0.25F);
  }
  if (!send_all()) return "the command queue is full";
  // What was set glides there first.
  float peak = 0;
  for (uint32_t quantum = 0; quantum < 2 * kQuantaPerSecond; ++quantum) {
    if (engine_job::process() != EngineStatus::kOk) return "a quantum was refused";
    if (quantum >= kQuantaPerSecond) peak = std::max(peak, engine_job::peak_of_output());
  }
  if (!(peak > 0.25F)) return "the mix is too quiet";
  // The limiter's initial ceiling is -1 dBTP.
  if (!(peak < 0.8913F)) return "the mix is above the limiter's ceiling";
  return engine_job::telemetry().bad_samples.load() == 0 ? nullptr : "there were bad samples";
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) engine_job::process();
}

}  // namespace

const Benchmark mixer_8 = {check, run};

}  // namespace quanta::bench
