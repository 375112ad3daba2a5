// The engine: what one quantum goes through, from the input ring to the published telemetry.
#ifndef QUANTA_ENGINE_ENGINE_H_
#define QUANTA_ENGINE_ENGINE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/level.h"
#include "engine/input_stage.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

class Engine {
 public:
  // What the shared memory holds when an engine starts in it.
  enum class Memory {
    kFresh,      // anything: it is cleared
    kInherited,  // another engine's telemetry, whose counters go on
  };

  // Takes all memory from the block, which outlives the engine. Any status but kOk leaves the
  // engine as it was. capacity is a power of two, rate_hz is in [3000, 768000].
  EngineStatus configure(std::span<std::byte> block, uint32_t capacity, float rate_hz,
                         Memory memory);

  // Audio thread only. Wait-free. Consumes n frames of the input and publishes telemetry; any
  // status but kOk changes nothing.
  EngineStatus process_quantum(uint32_t n) noexcept REALTIME;

  InputStage& input() noexcept REALTIME { return input_; }

  // Null before configure() has succeeded.
  Telemetry* telemetry() const noexcept REALTIME { return telemetry_; }

 private:
  using Levels = std::array<BlockLevel, kInputChannels>;

  EngineStatus check(uint32_t n) const noexcept REALTIME;
  Levels measure(uint32_t n) const noexcept REALTIME;
  void publish(const Levels& levels, uint32_t n, uint32_t lost) noexcept REALTIME;

  InputStage input_;
  std::array<LevelMeter, kInputChannels> meters_;
  Telemetry* telemetry_ = nullptr;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_ENGINE_H_
