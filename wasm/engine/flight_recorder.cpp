#include "engine/flight_recorder.h"

#include <cstring>
#include <new>

namespace quanta {
namespace {

constexpr size_t kCommandWords = static_cast<size_t>(CommandWord::kWords);
constexpr size_t kQuantumWords = sizeof(FlightQuantum) / sizeof(uint32_t);
constexpr size_t kResultWords = sizeof(FlightResult) / sizeof(uint32_t);
// A queue full of commands.
constexpr size_t kCommandsRoom = kQueueSlots * (1 + kCommandWords);

uint32_t channels_of(uint32_t packed, uint32_t input) noexcept REALTIME {
  return packed >> (2 * input) & 3;
}

}  // namespace

bool FlightRecorder::configure(Arena& arena, std::span<std::byte> memory, float rate_hz,
                               bool inherited) {
  *this = FlightRecorder();
  const auto room = arena.take<FlightState>(1);
  if (room.empty()) return false;
  state_ = new (room.data()) FlightState();
  log_.configure(memory, rate_hz, inherited);
  // While one is begun anew, the other is whole.
  on_ = log_.segments() >= 2;
  state_->segments.store(on_ ? log_.segments() : 0);
  state_->used.store(log_.used());
  return true;
}

void FlightRecorder::stop() noexcept REALTIME {
  on_ = false;
  stopped_ = true;
  state_->segments.store(0);
}

size_t FlightRecorder::sample_words() const noexcept REALTIME {
  size_t words = 0;
  for (uint32_t input = 0; input < kInputs; ++input) {
    words += size_t{quantum_.frames} * channels_of(quantum_.channels, input);
  }
  return words;
}

size_t FlightRecorder::words_needed() const noexcept REALTIME {
  return 1 + kQuantumWords + sample_words() + kCommandsRoom + 1 + kResultWords;
}

bool FlightRecorder::begin(uint64_t frame, uint32_t frames,
                           std::span<const uint32_t, kInputs> channels) noexcept REALTIME {
  quantum_.frame = static_cast<uint32_t>(frame);
  quantum_.frame_high = static_cast<uint32_t>(frame >> 32);
  quantum_.frames = frames;
  quantum_.channels = 0;
  for (uint32_t input = 0; input < kInputs; ++input) {
    quantum_.channels |= channels[input] << (2 * input);
  }
  if (!broken_ && log_.has_room(words_needed())) return false;
  log_.begin(frame, !broken_);
  state_->current.store(log_.current());
  state_->used.store(log_.used());
  return true;
}

void FlightRecorder::end_checkpoint(const Archive& state) noexcept REALTIME {
  if (state.ok()) log_.append_reserved(FlightEntry::kCheckpoint, state.bytes() / sizeof(uint32_t));
  if (!state.ok() || !log_.has_room(words_needed())) stop();
}

void FlightRecorder::record(const InputStage& inputs) noexcept REALTIME {
  if (!on_) return;
  std::span<uint32_t> words = log_.append(FlightEntry::kQuantum, kQuantumWords + sample_words());
  std::memcpy(words.data(), &quantum_, sizeof quantum_);
  words = words.subspan(kQuantumWords);
  for (uint32_t input = 0; input < kInputs; ++input) {
    for (uint32_t channel = 0; channel < channels_of(quantum_.channels, input); ++channel) {
      const RingView<const float> samples = inputs.unread(input, channel, quantum_.frames);
      std::memcpy(words.data(), samples.first.data(), samples.first.size_bytes());
      words = words.subspan(samples.first.size());
      std::memcpy(words.data(), samples.second.data(), samples.second.size_bytes());
      words = words.subspan(samples.second.size());
    }
  }
  quantum_.last_cost_ns = 0;
  commands_ = 0;
  broken_ = false;
  log_.commit();
}

void FlightRecorder::note(const CommandQueue::Slot& command, uint64_t frame) noexcept REALTIME {
  if (!on_ || broken_) return;
  // A replay has to send all of a quantum at once. What does not fit is missing, so the quantum
  // gets no end, and the next one begins a segment.
  broken_ = commands_ == kQueueSlots;
  if (broken_) return;
  ++commands_;
  const std::span<uint32_t> words = log_.append(FlightEntry::kCommand, kCommandWords);
  std::memcpy(words.data(), command.data(), words.size_bytes());
  words[static_cast<size_t>(CommandWord::frame)] = static_cast<uint32_t>(frame);
  words[static_cast<size_t>(CommandWord::frame_high)] = static_cast<uint32_t>(frame >> 32);
  log_.commit();
}

void FlightRecorder::end(const FlightResult& result) noexcept REALTIME {
#define QUANTA_STORE(name, unit, doc) state_->name.store(result.name);
  QUANTA_FLIGHT_RESULT(QUANTA_STORE)
#undef QUANTA_STORE
  if (!on_ || broken_) return;
  std::memcpy(log_.append(FlightEntry::kDone, kResultWords).data(), &result, sizeof result);
  log_.commit();
}

}  // namespace quanta
