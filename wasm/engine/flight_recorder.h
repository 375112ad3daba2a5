// Keeps what came into the engine, so that what it did can be repeated.
#ifndef QUANTA_ENGINE_FLIGHT_RECORDER_H_
#define QUANTA_ENGINE_FLIGHT_RECORDER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "core/slot_queue.h"
#include "engine/flight_log.h"
#include "engine/input_stage.h"
#include "shared/flight_layout.h"
#include "shared/realtime.h"

namespace quanta {

// Inputs are kept as the mixer sees them, so a push input is repeated as frames of the graph. A
// quantum is written before it is mixed: one that traps is in the recording, without results.
class FlightRecorder {
 public:
  // Takes the recorder's words. memory: where the log lies; less than two segments, and nothing is
  // recorded. inherited: an earlier engine's log stays. False: the arena is full.
  bool configure(Arena& arena, std::span<std::byte> memory, float rate_hz, bool inherited);

  const FlightState* state() const { return state_; }

  // The log begins at this byte of the module's memory.
  void set_base(uint32_t base) { state_->base.store(base); }

  bool on() const noexcept REALTIME { return on_; }

  // Nothing is recorded from here on; results are still told.
  void stop() noexcept REALTIME;

  // Whether end() has anything to do.
  bool wants_results() const noexcept REALTIME { return on_ || stopped_; }

  // Audio thread only, as all below. Wait-free. What the last quantum cost; 0: nobody knows.
  void set_cost(uint32_t ns) noexcept REALTIME { quantum_.last_cost_ns = ns; }

  // A quantum of these frames of the inputs begins. True: first a checkpoint is due.
  bool begin(uint64_t frame, uint32_t frames,
             std::span<const uint32_t, kInputs> channels) noexcept REALTIME;

  // Where the state is to be saved, and that it was. Where the quantum has no room behind it, the
  // recorder stops.
  Archive begin_checkpoint() noexcept REALTIME { return Archive::save(log_.reserve_entry()); }

  void end_checkpoint(const Archive& state) noexcept REALTIME;

  // The next frames of every input. Publishes the quantum, without results.
  void record(const InputStage& inputs) noexcept REALTIME;

  // A command took effect at this frame.
  void note(const CommandQueue::Slot& command, uint64_t frame) noexcept REALTIME;

  // The quantum has ended.
  void end(const FlightResult& result) noexcept REALTIME;

 private:
  size_t sample_words() const noexcept REALTIME;
  size_t words_needed() const noexcept REALTIME;

  FlightLog log_;
  FlightState* state_ = nullptr;
  FlightQuantum quantum_;  // the one that runs
  uint32_t commands_ = 0;  // that took effect in it
  bool on_ = false;
  bool stopped_ = false;
  bool broken_ = true;  // something is missing: the next quantum begins a segment
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_FLIGHT_RECORDER_H_
