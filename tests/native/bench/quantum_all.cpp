// One operation: a quantum of 128 frames with everything on: one stereo input with every effect,
// the master's limiter, meters, both rings, the voice's resampler, and the analysis of the mix at a
// hop of 2048. Who times it lets readers follow the mix ring: see shared().
#include <array>
#include <cmath>
#include <cstring>

#include "benchmark.h"
#include "engine_job.h"
#include "shared/analysis_layout.h"
#include "test_signal.h"

namespace quanta::bench {
namespace {

constexpr double kTwoPi = 6.283185307179586;
// Whole periods in the input ring, which is read round and round.
constexpr uint32_t kPeriods = 5;
constexpr double kFundamentalHz = double{kPeriods} * kEngineRateHz / kEngineInputFrames;
constexpr uint32_t kHarmonics = 12;
// Two windows, and the time in which parameters glide.
constexpr uint32_t kCheckedQuanta = 3 * kAnalysisFrames / kDefaultQuantumFrames;

constexpr Setting kAnalysisSettings[] = {{AnalysisParameter::hop_frames, 2048},
                                         {AnalysisParameter::on, 1}};

// Harmonics in noise, as far from full scale as the noise of the mixer's benchmark.
void fill(std::span<float> plane, uint32_t seed) {
  fill_with_noise(plane, seed, 0.01F);
  for (size_t i = 0; i < plane.size(); ++i) {
    const double angle = kTwoPi * kPeriods / kEngineInputFrames * static_cast<double>(i);
    for (uint32_t h = 1; h <= kHarmonics; ++h) {
      plane[i] += static_cast<float>(0.3 / h * std::sin(h * angle));
    }
  }
}

bool send_all() {
  return engine_job::send(0, busy_strip()) && engine_job::send(kMaster, busy_master()) &&
         engine_job::send(kAnalysis, kAnalysisSettings);
}

const AnalysisWords& newest_analysis() {
  const std::byte* block = engine_job::at(engine_job::directory().analysis);
  const uint32_t newest = reinterpret_cast<const AnalysisHead*>(block)->newest.load();
  return *reinterpret_cast<const AnalysisWords*>(block + kAnalysisSlotsOffset +
                                                 newest * kAnalysisSlotBytes);
}

const char* check() {
  if (!engine_job::start()) return "the engine did not start";
  engine_job::connect(1);
  for (uint32_t channel = 0; channel < kInputChannels; ++channel) {
    fill(engine_job::plane(0, channel), channel + 1);
  }
  if (!send_all()) return "the command queue is full";
  for (uint32_t quantum = 0; quantum < kCheckedQuanta; ++quantum) {
    if (engine_job::process() != EngineStatus::kOk) return "a quantum was refused";
  }
  if (!(engine_job::peak_of_output() > 0.1F)) return "the mix is too quiet";
  const AnalysisWords& found = newest_analysis();
  if (found.number.load() < kAnalysisFrames / 2048) return "windows are missing";
  double fundamental_hz;
  std::memcpy(&fundamental_hz, &found.fundamental_hz, sizeof fundamental_hz);
  const double cents = 1200 * std::log2(fundamental_hz / kFundamentalHz);
  return std::fabs(cents) < 0.1 ? nullptr : "the fundamental is wrong";
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) engine_job::process();
}

const void* mix_ring() { return engine_job::at(engine_job::directory().mix_ring); }

}  // namespace

const Benchmark quantum_all = {check, run, mix_ring};

}  // namespace quanta::bench
