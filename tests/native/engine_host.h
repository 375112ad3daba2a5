// An engine in memory of its own, driven through what the page and the worklet see of it.
#ifndef QUANTA_TESTS_NATIVE_ENGINE_HOST_H_
#define QUANTA_TESTS_NATIVE_ENGINE_HOST_H_

#include <gtest/gtest.h>

#include <bit>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/frame_ring.h"
#include "core/slot_queue.h"
#include "engine/engine.h"

namespace quanta::test {

struct Response {
  uint32_t tag;
  CommandStatus status;
  uint64_t frame;
};

class EngineHost {
 public:
  // flight_segments: memory for the flight recorder.
  explicit EngineHost(uint32_t capacity = 16384, float rate_hz = 48000,
                      uint32_t flight_segments = 0)
      : flight_segments_(flight_segments), rate_hz_(rate_hz) {
    EXPECT_EQ(start(capacity, Engine::Memory::kFresh), EngineStatus::kOk);
  }

  EngineStatus start(uint32_t capacity, Engine::Memory memory) {
    const EngineStatus status = Engine::check(capacity, rate_hz_);
    if (status != EngineStatus::kOk) return status;
    const EngineStatus started = engine.configure(block_, capacity, rate_hz_, memory, flight());
    const auto& directory = *reinterpret_cast<const Directory*>(block_.data());
    commands_ = CommandQueue::producer(at(directory.commands));
    responses_ = ResponseQueue::consumer(at(directory.responses));
    mix_ = FrameRing::Memory::attach(at(directory.mix_ring));
    push_rings_ = at(directory.push_rings);
    push_words_ = reinterpret_cast<PushWords*>(at(directory.push_inputs).data());
    return started;
  }

  // The memory of the flight recorder, and what it says of itself.
  std::span<std::byte> flight() const {
    return {memory_.get() + kBytes, size_t{flight_segments_} * kFlightSegmentBytes};
  }

  const FlightState& flight_state() const {
    const auto& directory = *reinterpret_cast<const Directory*>(block_.data());
    return *reinterpret_cast<const FlightState*>(at(directory.flight).data());
  }

  // What a listener on the voice sees.
  std::span<std::byte> voice_ring() const {
    return at(reinterpret_cast<const Directory*>(block_.data())->voice_ring);
  }

  // As after a trap: another engine takes the memory over.
  void restart() {
    EXPECT_EQ(start(engine.input().capacity(), Engine::Memory::kInherited), EngineStatus::kOk);
  }

  // Writes a quantum of constant samples to the first input.
  void write(float left, float right, uint32_t frames) {
    InputStage& input = engine.input();
    const uint32_t mask = input.capacity() - 1;
    for (uint32_t i = 0; i < frames; ++i) {
      const uint32_t to = (input.write_pos() + i) & mask;
      input.planes()[to] = left;
      input.planes()[input.capacity() + to] = right;
    }
    input.set_write_pos(input.write_pos() + frames);
  }

  EngineStatus feed(float left, float right, uint32_t frames) {
    write(left, right, frames);
    const EngineStatus status = engine.process_quantum(frames);
    if (status == EngineStatus::kOk) frames_ = frames;
    return status;
  }

  const Telemetry& telemetry() const { return *engine.telemetry(); }

  // What a producer's thread sees of a push input.
  SampleRing::Producer producer(uint32_t input) const {
    const size_t bytes = PushInput::kRingBytes;
    return std::move(SampleRing::attach(push_rings_.subspan(input * bytes, bytes)).producer);
  }

  const PushWords& push_words(uint32_t input) const { return push_words_[input]; }

  // The last quantum of the mix, from its ring.
  std::vector<float> mix(uint32_t channel) const {
    const auto view = mix_.samples(channel, mix_.published() - frames_, frames_);
    std::vector<float> samples;
    for (const auto& sample : view.first) samples.push_back(sample.load());
    for (const auto& sample : view.second) samples.push_back(sample.load());
    return samples;
  }

  // False: the queue is full. Tags count from 1.
  bool send(CommandKind kind, uint32_t input, uint32_t parameter, float value, uint64_t frame) {
    CommandQueue::Slot slot{};
    const auto put = [&slot](CommandWord word, uint32_t bits) {
      slot[static_cast<size_t>(word)] = bits;
    };
    put(CommandWord::tag, tag_ + 1);
    put(CommandWord::kind, static_cast<uint32_t>(kind));
    put(CommandWord::input, input);
    put(CommandWord::parameter, parameter);
    put(CommandWord::value, std::bit_cast<uint32_t>(value));
    put(CommandWord::frame, static_cast<uint32_t>(frame));
    put(CommandWord::frame_high, static_cast<uint32_t>(frame >> 32));
    if (!commands_.push(slot)) return false;
    ++tag_;
    return true;
  }

  std::optional<Response> receive() {
    const ResponseQueue::Slot* slot = responses_.front();
    if (slot == nullptr) return std::nullopt;
    const auto get = [slot](ResponseWord word) { return (*slot)[static_cast<size_t>(word)]; };
    const Response response{
        get(ResponseWord::tag), static_cast<CommandStatus>(get(ResponseWord::status)),
        uint64_t{get(ResponseWord::frame_high)} << 32 | get(ResponseWord::frame)};
    responses_.pop();
    return response;
  }

  Engine engine;

 private:
  static constexpr size_t kBytes = size_t{kMemoryPages} * 65536 - kArenaBase;

  struct Free {
    void operator()(std::byte* bytes) const {
      ::operator delete[](bytes, std::align_val_t{Arena::kAlignment});
    }
  };

  std::span<std::byte> at(const layout_types::u32& offset) const {
    return block_.subspan(offset.load() - kArenaBase);
  }

  // As a host gives it: the heads of segments that were never used are 0.
  static std::byte* take(size_t flight_segments) {
    const size_t bytes = kBytes + flight_segments * kFlightSegmentBytes;
    auto* memory = new (std::align_val_t{Arena::kAlignment}) std::byte[bytes];
    for (size_t i = 0; i < flight_segments; ++i) {
      new (memory + kBytes + i * kFlightSegmentBytes) FlightSegment();
    }
    return memory;
  }

  uint32_t flight_segments_;
  std::unique_ptr<std::byte[], Free> memory_{take(flight_segments_)};
  std::span<std::byte> block_{memory_.get(), kBytes};
  float rate_hz_;
  uint32_t frames_ = 0;
  uint32_t tag_ = 0;
  CommandQueue::Producer commands_;
  ResponseQueue::Consumer responses_;
  FrameRing::Memory mix_;
  std::span<std::byte> push_rings_;
  const PushWords* push_words_ = nullptr;
};

}  // namespace quanta::test

#endif  // QUANTA_TESTS_NATIVE_ENGINE_HOST_H_
