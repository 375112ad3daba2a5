// Repeats what a flight recorder has kept, natively.
#ifndef QUANTA_OFFLINE_FLIGHT_REPLAY_H_
#define QUANTA_OFFLINE_FLIGHT_REPLAY_H_

#include <array>
#include <cstdint>
#include <span>

#include "core/slot_queue.h"
#include "engine/engine.h"
#include "shared/flight_layout.h"

namespace quanta {

// What a quantum gave now; times in nanoseconds, by whatever clock there is.
struct FlightOutcome {
  EngineStatus status = EngineStatus::kOk;
  FlightResult result;
  std::array<uint32_t, kStageCount> stage_ns{};
};

// An engine, and the entries of logs that it is fed with.
class FlightReplay {
 public:
  using ClockNs = uint64_t (*)();

  // memory: as Engine::configure() takes it, and alive longer than the replay. The clock may be
  // null: then no times are taken. False: the engine refused.
  bool configure(std::span<std::byte> memory, float rate_hz, ClockNs clock);

  // Runs the log of a segment and hands each quantum's outcome to take(outcome). from_checkpoint:
  // else the log goes on where the last one ended. False: it is no log; what came before was run.
  template <typename Take>
  bool run(std::span<const uint32_t> log, bool from_checkpoint, Take take) {
    from_checkpoint_ = from_checkpoint;
    while (!log.empty()) {
      const uint32_t words = log.front() & ((1U << kFlightKindShift) - 1);
      if (words >= log.size()) return false;
      const auto kind = static_cast<FlightEntry>(log.front() >> kFlightKindShift);
      // A quantum is run when all commands are known that took effect in it.
      const bool due = quantum_.empty() ? false : kind != FlightEntry::kCommand;
      if (due) take(finish());
      if (!enter(kind, log.subspan(1, words))) return false;
      log = log.subspan(1 + words);
    }
    if (!quantum_.empty()) take(finish());
    return true;
  }

 private:
  bool enter(FlightEntry kind, std::span<const uint32_t> words);
  bool restore(std::span<const uint32_t> words);
  bool begin(std::span<const uint32_t> words);
  bool send(std::span<const uint32_t> words);
  void write_inputs(const FlightQuantum& quantum, std::span<const uint32_t> samples);
  FlightOutcome finish();
  FlightResult last_result() const;
  std::span<std::byte> at(const layout_types::u32& offset) const;

  Engine engine_;
  std::span<std::byte> memory_;
  ClockNs clock_ = nullptr;
  CommandQueue::Producer commands_;
  ResponseQueue::Consumer responses_;
  const FlightState* state_ = nullptr;
  bool from_checkpoint_ = false;
  std::span<const uint32_t> quantum_;  // that waits for its commands; none: there is none
};

}  // namespace quanta

#endif  // QUANTA_OFFLINE_FLIGHT_REPLAY_H_
