// The one engine of the module, its memory and the status of its last call.
#ifndef QUANTA_ABI_INSTANCE_H_
#define QUANTA_ABI_INSTANCE_H_

#include <cstddef>
#include <cstdint>

#include "engine/engine.h"
#include "shared/realtime.h"

namespace quanta {

class Instance {
 public:
  uint32_t set_sample_rate(float rate_hz);

  // The input ring, or null with the reason in status().
  float* start(uint32_t capacity, Engine::Memory memory);

  uint32_t process_quantum(uint32_t n) noexcept REALTIME;

  uint32_t process_stage(uint32_t stage, uint32_t n) noexcept REALTIME;

  // These leave status() alone and answer an EngineStatus of their own.
  uint32_t open_push(uint32_t input, const PushSettings& settings);
  uint32_t close_push(uint32_t input);

  uint32_t start_vad(uint32_t bytes, uint32_t sources);

  // A checkpoint that the host has put where the flight recorder has its memory.
  uint32_t restore(uint32_t bytes) noexcept REALTIME;

  uint32_t status() const noexcept REALTIME { return static_cast<uint32_t>(status_); }

  Engine& engine() noexcept REALTIME { return engine_; }

 private:
  Engine engine_;
  float rate_hz_ = 48000;
  EngineStatus status_ = EngineStatus::kNotInitialized;
};

Instance& instance() noexcept REALTIME;

}  // namespace quanta

#endif  // QUANTA_ABI_INSTANCE_H_
