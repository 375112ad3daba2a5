// One operation: a quantum of 128 frames of an engine that does nothing but detect voice: in the
// mix of one stereo input of noise, or in the mix and in every one of eight inputs.
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

constexpr uint32_t kMix = 1U << kInputs;

uint64_t published(uint32_t source) {
  constexpr size_t bytes = VadSource::ring_bytes();
  std::byte* const ring = engine_job::at(engine_job::directory().vad_ring) + source * bytes;
  return ProbabilityRing::Memory::attach({ring, bytes}).published();
}

const char* check(uint32_t inputs, uint32_t sources) {
  if (!engine_job::start()) return "the engine did not start";
  engine_job::connect(inputs);
  for (uint32_t plane = 0; plane < inputs * kInputChannels; ++plane) {
    fill_with_noise(engine_job::plane(plane / kInputChannels, plane % kInputChannels), plane + 1,
                    0.1F);
  }
  make_silero_file({engine_job::at(engine_job::directory().vad_file), kFileBytes}, 2, 1);
  if (engine_job::start_vad(kFileBytes, sources) != EngineStatus::kOk)
    return "the weights were refused";
  for (uint32_t quantum = 0; quantum < (kCheckedChunks + 1) * kQuantaPerChunk; ++quantum) {
    if (engine_job::process() != EngineStatus::kOk) return "a quantum was refused";
  }
  for (uint32_t source = 0; source <= kInputs; ++source) {
    if ((sources >> source & 1) != 0 && published(source) < kCheckedChunks) {
      return "probabilities are missing";
    }
  }
  return nullptr;
}

const char* check_mix() { return check(1, kMix); }

const char* check_all() { return check(kInputs, kMix | (kMix - 1)); }

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) engine_job::process();
}

}  // namespace

const Benchmark vad_quantum = {check_mix, run};
const Benchmark vad_quantum_sources = {check_all, run};

}  // namespace quanta::bench
