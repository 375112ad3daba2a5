// One operation: a quantum of 128 frames of an engine that does nothing but detect voice in the mix
// of one stereo input of noise.
#include <array>
#include <cstring>

#include "benchmark.h"
#include "engine/vad_source.h"
#include "engine_job.h"
#include "support/silero_file.h"
#include "test_signal.h"

namespace quanta::bench {
namespace {

constexpr uint32_t kFileBytes = vad_file_bytes(sizeof(uint16_t));
constexpr uint32_t kCheckedChunks = 8;
constexpr uint32_t kQuantaPerChunk =
    kChunkFrames * (kEngineRateHz / kChunkRateHz) / kDefaultQuantumFrames;

const char* check() {
  if (!engine_job::start()) return "the engine did not start";
  engine_job::connect(1);
  for (uint32_t channel = 0; channel < kInputChannels; ++channel) {
    fill_with_noise(engine_job::plane(0, channel), channel + 1, 0.1F);
  }
  make_silero_file({engine_job::at(engine_job::directory().vad_file), kFileBytes}, 2, 1);
  if (engine_job::start_vad(kFileBytes) != EngineStatus::kOk) return "the weights were refused";
  for (uint32_t quantum = 0; quantum < (kCheckedChunks + 1) * kQuantaPerChunk; ++quantum) {
    if (engine_job::process() != EngineStatus::kOk) return "a quantum was refused";
  }
  constexpr size_t bytes = VadSource::ring_bytes();
  std::byte* const ring = engine_job::at(engine_job::directory().vad_ring) + kInputs * bytes;
  const auto probabilities = ProbabilityRing::Memory::attach({ring, bytes});
  return probabilities.published() >= kCheckedChunks ? nullptr : "probabilities are missing";
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) engine_job::process();
}

}  // namespace

const Benchmark vad_quantum = {check, run};

}  // namespace quanta::bench
