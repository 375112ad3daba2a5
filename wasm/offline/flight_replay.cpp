#include "offline/flight_replay.h"

#include <algorithm>
#include <cstring>

namespace quanta {
namespace {

constexpr size_t kHeadWords = sizeof(FlightQuantum) / sizeof(uint32_t);

FlightQuantum head_of(std::span<const uint32_t> words) {
  FlightQuantum head;
  std::memcpy(static_cast<void*>(&head), words.data(), sizeof head);
  return head;
}

uint32_t channels_of(const FlightQuantum& quantum, uint32_t input) {
  return quantum.channels >> (2 * input) & 3;
}

}  // namespace

bool FlightReplay::configure(std::span<std::byte> memory, float rate_hz, ClockNs clock) {
  memory_ = memory;
  clock_ = clock;
  if (Engine::check(kInputCapacityFrames, rate_hz) != EngineStatus::kOk) return false;
  const EngineStatus status =
      engine_.configure(memory, kInputCapacityFrames, rate_hz, Engine::Memory::kFresh);
  if (status != EngineStatus::kOk) return false;
  const auto& directory = *reinterpret_cast<const Directory*>(memory.data());
  commands_ = CommandQueue::producer(at(directory.commands));
  responses_ = ResponseQueue::consumer(at(directory.responses));
  state_ = reinterpret_cast<const FlightState*>(at(directory.flight).data());
  return true;
}

std::span<std::byte> FlightReplay::at(const layout_types::u32& offset) const {
  return memory_.subspan(offset.load() - kArenaBase);
}

bool FlightReplay::enter(FlightEntry kind, std::span<const uint32_t> words) {
  switch (kind) {
    case FlightEntry::kCheckpoint:
      return restore(words);
    case FlightEntry::kQuantum:
      return begin(words);
    case FlightEntry::kCommand:
      return send(words);
    case FlightEntry::kDone:
      return true;
  }
  return false;
}

bool FlightReplay::restore(std::span<const uint32_t> words) {
  if (!from_checkpoint_) return true;
  return engine_.restore(std::as_bytes(words)) == EngineStatus::kOk;
}

bool FlightReplay::begin(std::span<const uint32_t> words) {
  if (words.size() < kHeadWords) return false;
  const FlightQuantum head = head_of(words);
  size_t samples = 0;
  for (uint32_t input = 0; input < kInputs; ++input) {
    const uint32_t channels = channels_of(head, input);
    if (channels > kInputChannels) return false;
    samples += size_t{channels} * head.frames;
  }
  if (head.frames > kMaxQuantumFrames || words.size() != kHeadWords + samples) return false;
  quantum_ = words;
  return true;
}

bool FlightReplay::send(std::span<const uint32_t> words) {
  CommandQueue::Slot slot;
  if (words.size() != slot.size()) return false;
  std::copy(words.begin(), words.end(), slot.begin());
  return commands_.push(slot);
}

void FlightReplay::write_inputs(const FlightQuantum& quantum, std::span<const uint32_t> samples) {
  InputStage& inputs = engine_.input();
  for (uint32_t input = 0; input < kInputs; ++input) {
    const uint32_t channels = channels_of(quantum, input);
    inputs.channel_counts()[input].store(channels);
    for (uint32_t channel = 0; channel < channels; ++channel) {
      // The quantum before was read, so the next unread frames are those to come.
      const std::span<const uint32_t> plane = samples.first(quantum.frames);
      inputs.fill(input, channel, {reinterpret_cast<const float*>(plane.data()), plane.size()});
      samples = samples.subspan(quantum.frames);
    }
  }
  inputs.set_write_pos(inputs.write_pos() + quantum.frames);
}

FlightOutcome FlightReplay::finish() {
  const FlightQuantum head = head_of(quantum_);
  write_inputs(head, quantum_.subspan(kHeadWords));
  quantum_ = {};
  engine_.set_frame(uint64_t{head.frame_high} << 32 | head.frame);
  FlightOutcome outcome;
  uint64_t before = clock_ == nullptr ? 0 : clock_();
  for (uint32_t i = 0; i < kStageCount && outcome.status == EngineStatus::kOk; ++i) {
    outcome.status = engine_.process_stage(static_cast<Stage>(i), head.frames);
    const uint64_t now = clock_ == nullptr ? 0 : clock_();
    outcome.stage_ns[i] = static_cast<uint32_t>(now - before);
    before = now;
  }
  while (responses_.front() != nullptr) responses_.pop();
  outcome.result = last_result();
  return outcome;
}

FlightResult FlightReplay::last_result() const {
  FlightResult result;
#define QUANTA_LOAD(name, unit, doc) result.name = state_->name.load();
  QUANTA_FLIGHT_RESULT(QUANTA_LOAD)
#undef QUANTA_LOAD
  return result;
}

}  // namespace quanta
