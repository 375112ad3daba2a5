// Takes the page's commands at the frames they name and answers each of them.
#ifndef QUANTA_ENGINE_COMMAND_STAGE_H_
#define QUANTA_ENGINE_COMMAND_STAGE_H_

#include <cstdint>
#include <span>

#include "core/arena.h"
#include "core/slot_queue.h"
#include "engine/controls.h"
#include "engine/flight_recorder.h"
#include "engine/mixer.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// Commands take effect in the order in which they were sent, each at its frame, or at once where
// that has passed. A command waits while there is no room for its response.
class CommandStage {
 public:
  // Takes the queues. inherited: what waits in them goes on waiting. False: the arena is full.
  bool configure(Arena& arena, bool inherited);

  std::span<std::byte> commands() const { return command_block_; }

  std::span<std::byte> responses() const { return response_block_; }

  // Audio thread only. Wait-free. Applies the commands that are due at this frame of the clock.
  void apply_due(uint64_t frame, Controls& controls, Mixer& mixer,
                 FlightRecorder& recorder) noexcept REALTIME;

  // How many of the next n frames go by before a command is due.
  uint32_t frames_until_due(uint64_t frame, uint32_t n) noexcept REALTIME;

  // Whether a query asked for every meter since the last call.
  bool take_query() noexcept REALTIME;

 private:
  using Command = CommandQueue::Slot;

  CommandStatus apply(const Command& command, Controls& controls, Mixer& mixer) noexcept REALTIME;
  void respond(const Command& command, CommandStatus status, uint64_t frame) noexcept REALTIME;

  std::span<std::byte> command_block_;
  std::span<std::byte> response_block_;
  CommandQueue::Consumer commands_;
  ResponseQueue::Producer responses_;
  bool query_ = false;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_COMMAND_STAGE_H_
