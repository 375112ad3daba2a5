// One operation: a whole quantum of 128 frames, eight stereo inputs with every effect on, and the
// master's limiter. Not the mixer alone: meters, both rings and the voice's resampler run too.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "benchmark.h"
#include "core/slot_queue.h"
#include "engine/engine.h"
#include "test_signal.h"

namespace quanta::bench {
namespace {

constexpr uint32_t kCapacity = 1024;
constexpr float kRateHz = 48000;
constexpr uint32_t kQuantaPerSecond = 375;
// Enough at this rate; the engine's own memory is made for the highest.
constexpr size_t kBlockBytes = 10U << 20;

alignas(kCacheLineBytes) std::byte g_block[kBlockBytes];
constinit Engine g_engine;

const Directory& directory() { return *reinterpret_cast<const Directory*>(g_block); }

std::byte* at(const layout_types::u32& offset) { return g_block + (offset.load() - kArenaBase); }

struct Setting {
  uint32_t parameter;
  float value;
};

// Everything that costs something is on and, at the noise's level, at work.
constexpr Setting kStripSettings[] = {{static_cast<uint32_t>(StripParameter::pan), 0.25F},
                                      {static_cast<uint32_t>(StripParameter::gain_db), -3},
                                      {static_cast<uint32_t>(StripParameter::high_pass_on), 1},
                                      {static_cast<uint32_t>(StripParameter::low_shelf_db), 3},
                                      {static_cast<uint32_t>(StripParameter::low_mid_db), -3},
                                      {static_cast<uint32_t>(StripParameter::high_mid_db), 3},
                                      {static_cast<uint32_t>(StripParameter::high_shelf_db), -3},
                                      {static_cast<uint32_t>(StripParameter::gate_on), 1},
                                      {static_cast<uint32_t>(StripParameter::compressor_on), 1}};
constexpr Setting kMasterSettings[] = {{static_cast<uint32_t>(MasterParameter::gain_db), 3},
                                       {static_cast<uint32_t>(MasterParameter::limiter_on), 1}};

uint32_t bits_of(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

bool send(CommandQueue::Producer& queue, uint32_t input, const Setting& setting) {
  CommandQueue::Slot slot{};
  const auto put = [&slot](CommandWord word, uint32_t bits) {
    slot[static_cast<size_t>(word)] = bits;
  };
  put(CommandWord::kind, static_cast<uint32_t>(CommandKind::kSetParameter));
  put(CommandWord::input, input);
  put(CommandWord::parameter, setting.parameter);
  put(CommandWord::value, bits_of(setting.value));
  return queue.push(slot);
}

bool send_all() {
  auto queue = CommandQueue::producer(
      std::span(g_block).subspan(static_cast<size_t>(at(directory().commands) - g_block)));
  bool sent = true;
  for (uint32_t input = 0; input < kInputs; ++input) {
    for (const Setting& setting : kStripSettings) sent = send(queue, input, setting) && sent;
  }
  for (const Setting& setting : kMasterSettings) sent = send(queue, kMaster, setting) && sent;
  return sent;
}

void fill_inputs() {
  InputStage& input = g_engine.input();
  auto* counts = reinterpret_cast<layout_types::u32*>(at(directory().input_channels));
  for (uint32_t i = 0; i < kInputs; ++i) counts[i].store(kInputChannels);
  for (uint32_t plane = 0; plane < InputStage::kPlanes; ++plane) {
    fill_with_noise({input.planes() + size_t{plane} * kCapacity, kCapacity}, plane + 1, 0.25F);
  }
}

EngineStatus process() {
  InputStage& input = g_engine.input();
  input.set_write_pos(input.write_pos() + kDefaultQuantumFrames);
  return g_engine.process_quantum(kDefaultQuantumFrames);
}

float peak_of_output() {
  const auto* output = reinterpret_cast<const float*>(at(directory().output));
  float peak = 0;
  for (uint32_t i = 0; i < kDefaultQuantumFrames; ++i) peak = std::max(peak, std::fabs(output[i]));
  return peak;
}

const char* check() {
  const auto status = g_engine.configure(g_block, kCapacity, kRateHz, Engine::Memory::kFresh);
  if (status != EngineStatus::kOk) return "the engine did not start";
  fill_inputs();
  if (!send_all()) return "the command queue is full";
  // What was set glides there first.
  float peak = 0;
  for (uint32_t quantum = 0; quantum < 2 * kQuantaPerSecond; ++quantum) {
    if (process() != EngineStatus::kOk) return "a quantum was refused";
    if (quantum >= kQuantaPerSecond) peak = std::max(peak, peak_of_output());
  }
  if (!(peak > 0.25F)) return "the mix is too quiet";
  // The limiter's initial ceiling is -1 dBTP.
  if (!(peak < 0.8913F)) return "the mix is above the limiter's ceiling";
  return g_engine.telemetry()->bad_samples.load() == 0 ? nullptr : "there were bad samples";
}

void run(uint32_t operations) {
  for (uint32_t i = 0; i < operations; ++i) process();
}

}  // namespace

const Benchmark mixer_8 = {check, run};

}  // namespace quanta::bench
