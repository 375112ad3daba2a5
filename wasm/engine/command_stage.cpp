#include "engine/command_stage.h"

#include <algorithm>
#include <cstring>

namespace quanta {
namespace {

uint32_t word(const CommandQueue::Slot& command, CommandWord name) noexcept REALTIME {
  return command[static_cast<size_t>(name)];
}

uint64_t frame_of(const CommandQueue::Slot& command) noexcept REALTIME {
  return uint64_t{word(command, CommandWord::frame_high)} << 32 | word(command, CommandWord::frame);
}

float value_of(const CommandQueue::Slot& command) noexcept REALTIME {
  const uint32_t bits = word(command, CommandWord::value);
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace

bool CommandStage::configure(Arena& arena, bool inherited) {
  command_block_ = arena.take<std::byte>(CommandQueue::bytes(kQueueSlots));
  response_block_ = arena.take<std::byte>(ResponseQueue::bytes(kQueueSlots));
  if (command_block_.empty() || response_block_.empty()) return false;
  if (!inherited) {
    CommandQueue::create(command_block_, kQueueSlots);
    ResponseQueue::create(response_block_, kQueueSlots);
  }
  commands_ = CommandQueue::consumer(command_block_);
  responses_ = ResponseQueue::producer(response_block_);
  query_ = false;
  return true;
}

void CommandStage::apply_due(uint64_t frame, Controls& controls, Mixer& mixer,
                             FlightRecorder& recorder) noexcept REALTIME {
  // A page that sends without end cannot hold the quantum for longer than one queue.
  for (uint32_t i = 0; i < kQueueSlots; ++i) {
    const Command* command = commands_.front();
    if (command == nullptr || frame_of(*command) > frame || !responses_.has_room()) return;
    recorder.note(*command, frame);
    respond(*command, apply(*command, controls, mixer), frame);
    commands_.pop();
  }
}

uint32_t CommandStage::frames_until_due(uint64_t frame, uint32_t n) noexcept REALTIME {
  const Command* command = commands_.front();
  if (command == nullptr || frame_of(*command) <= frame) return n;
  return static_cast<uint32_t>(std::min<uint64_t>(n, frame_of(*command) - frame));
}

bool CommandStage::take_query() noexcept REALTIME {
  const bool query = query_;
  query_ = false;
  return query;
}

CommandStatus CommandStage::apply(const Command& command, Controls& controls,
                                  Mixer& mixer) noexcept REALTIME {
  const uint32_t input = word(command, CommandWord::input);
  switch (static_cast<CommandKind>(word(command, CommandWord::kind))) {
    case CommandKind::kSetParameter:
      return controls.set(mixer, input, word(command, CommandWord::parameter), value_of(command));
    case CommandKind::kAddInput:
      return controls.reset(mixer, input, true);
    case CommandKind::kRemoveInput:
      return controls.reset(mixer, input, false);
    case CommandKind::kStartInput:
      return controls.start(mixer, input, true);
    case CommandKind::kStopInput:
      return controls.start(mixer, input, false);
    case CommandKind::kResetMeters:
      mixer.reset_meters();
      return CommandStatus::kApplied;
    case CommandKind::kQueryMeters:
      query_ = true;
      return CommandStatus::kApplied;
  }
  return CommandStatus::kUnknownCommand;
}

void CommandStage::respond(const Command& command, CommandStatus status,
                           uint64_t frame) noexcept REALTIME {
  ResponseQueue::Slot response{};
  response[static_cast<size_t>(ResponseWord::tag)] = word(command, CommandWord::tag);
  response[static_cast<size_t>(ResponseWord::status)] = static_cast<uint32_t>(status);
  response[static_cast<size_t>(ResponseWord::frame)] = static_cast<uint32_t>(frame);
  response[static_cast<size_t>(ResponseWord::frame_high)] = static_cast<uint32_t>(frame >> 32);
  responses_.push(response);
}

}  // namespace quanta
