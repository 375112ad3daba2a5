#include "engine_job.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/slot_queue.h"

namespace quanta::bench {
namespace {

// Enough at this rate; the engine's own memory is made for the highest.
constexpr size_t kBlockBytes = 16U << 20;

alignas(kCacheLineBytes) std::byte g_block[kBlockBytes];
constinit Engine g_engine;

constexpr Setting kBusyStrip[] = {
    {StripParameter::pan, 0.25F},        {StripParameter::gain_db, -3},
    {StripParameter::high_pass_on, 1},   {StripParameter::low_shelf_db, 3},
    {StripParameter::low_mid_db, -3},    {StripParameter::high_mid_db, 3},
    {StripParameter::high_shelf_db, -3}, {StripParameter::gate_on, 1},
    {StripParameter::compressor_on, 1},
};
constexpr Setting kBusyMaster[] = {{MasterParameter::gain_db, 3}, {MasterParameter::limiter_on, 1}};

uint32_t bits_of(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

bool push(CommandQueue::Producer& queue, uint32_t target, const Setting& setting) {
  CommandQueue::Slot slot{};
  const auto put = [&slot](CommandWord word, uint32_t bits) {
    slot[static_cast<size_t>(word)] = bits;
  };
  put(CommandWord::kind, static_cast<uint32_t>(CommandKind::kSetParameter));
  put(CommandWord::input, target);
  put(CommandWord::parameter, setting.parameter);
  put(CommandWord::value, bits_of(setting.value));
  return queue.push(slot);
}

}  // namespace

std::span<const Setting> busy_strip() { return kBusyStrip; }

std::span<const Setting> busy_master() { return kBusyMaster; }

namespace engine_job {

bool start() {
  const auto status =
      g_engine.configure(g_block, kEngineInputFrames, float{kEngineRateHz}, Engine::Memory::kFresh);
  return status == EngineStatus::kOk;
}

std::span<float> plane(uint32_t input, uint32_t channel) {
  const size_t index = size_t{input} * kInputChannels + channel;
  return {g_engine.input().planes() + index * kEngineInputFrames, kEngineInputFrames};
}

void connect(uint32_t inputs) {
  auto* counts = reinterpret_cast<layout_types::u32*>(at(directory().input_channels));
  for (uint32_t i = 0; i < kInputs; ++i) counts[i].store(i < inputs ? kInputChannels : 0);
}

bool send(uint32_t target, std::span<const Setting> settings) {
  auto queue = CommandQueue::producer(
      std::span(g_block).subspan(static_cast<size_t>(at(directory().commands) - g_block)));
  return std::all_of(settings.begin(), settings.end(),
                     [&](const Setting& setting) { return push(queue, target, setting); });
}

EngineStatus start_vad(uint32_t bytes, uint32_t sources) {
  return g_engine.start_vad(bytes, sources);
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

const Directory& directory() { return *reinterpret_cast<const Directory*>(g_block); }

std::byte* at(const layout_types::u32& offset) { return g_block + (offset.load() - kArenaBase); }

const Telemetry& telemetry() { return *g_engine.telemetry(); }

}  // namespace engine_job
}  // namespace quanta::bench
