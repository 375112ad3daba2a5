#include "abi/instance.h"

#include <span>

namespace quanta {
namespace {

constexpr size_t kPageBytes = 65536;
constexpr size_t kArenaBytes = kMemoryPages * kPageBytes - kArenaBase;

#ifdef __wasm__
// The memory is imported and its size is fixed, so the arena's place is a constant. The build
// asserts that the module's own data and stack end below it.
std::span<std::byte> arena() { return {reinterpret_cast<std::byte*>(kArenaBase), kArenaBytes}; }

// What the host gave beyond that, which may be nothing.
std::span<std::byte> flight_memory() noexcept REALTIME {
  const size_t bytes = (__builtin_wasm_memory_size(0) - kMemoryPages) * kPageBytes;
  return {reinterpret_cast<std::byte*>(kMemoryPages * kPageBytes), bytes};
}
#else
alignas(Arena::kAlignment) std::byte g_arena[kArenaBytes];

std::span<std::byte> arena() { return g_arena; }

std::span<std::byte> flight_memory() noexcept REALTIME { return {}; }
#endif

// Constant-initialised: the module needs no start-up code of its own.
constinit Instance g_instance;

}  // namespace

Instance& instance() noexcept REALTIME { return g_instance; }

uint32_t Instance::set_sample_rate(float rate_hz) {
  status_ = Engine::check(Engine::kMaxCapacity, rate_hz);
  if (status_ == EngineStatus::kOk) rate_hz_ = rate_hz;
  return status();
}

float* Instance::start(uint32_t capacity, Engine::Memory memory) {
  status_ = Engine::check(capacity, rate_hz_);
  if (status_ == EngineStatus::kOk) {
    status_ = engine_.configure(arena(), capacity, rate_hz_, memory, flight_memory());
  }
  return status_ == EngineStatus::kOk ? engine_.input().planes() : nullptr;
}

uint32_t Instance::open_push(uint32_t input, const PushSettings& settings) {
  return static_cast<uint32_t>(engine_.push().open(input, settings));
}

uint32_t Instance::close_push(uint32_t input) {
  return static_cast<uint32_t>(engine_.push().close(input));
}

uint32_t Instance::start_vad(uint32_t bytes, uint32_t sources) {
  return static_cast<uint32_t>(engine_.start_vad(bytes, sources));
}

uint32_t Instance::process_quantum(uint32_t n) noexcept REALTIME {
  status_ = engine_.process_quantum(n);
  return status();
}

uint32_t Instance::process_stage(uint32_t stage, uint32_t n) noexcept REALTIME {
  status_ = engine_.process_stage(static_cast<Stage>(stage), n);
  return status();
}

uint32_t Instance::restore(uint32_t bytes) noexcept REALTIME {
  const std::span<std::byte> memory = flight_memory();
  if (bytes > memory.size()) return static_cast<uint32_t>(EngineStatus::kBadArgument);
  return static_cast<uint32_t>(engine_.restore(memory.first(bytes)));
}

}  // namespace quanta
