// Test support: a session as it happens in the field, and its repetition from what was recorded.
#ifndef QUANTA_TESTS_FLIGHT_SUPPORT_H_
#define QUANTA_TESTS_FLIGHT_SUPPORT_H_

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

#include "engine_host.h"
#include "offline/flight_replay.h"

namespace quanta::test {

struct Segment {
  uint32_t number;
  bool continues;
  uint64_t first_frame;
  std::vector<uint32_t> log;
};

// What another thread would copy, in the order in which it was written.
inline std::vector<Segment> segments_of(const EngineHost& host) {
  std::vector<Segment> segments;
  const std::span<std::byte> memory = host.flight();
  for (size_t begin = 0; begin < memory.size(); begin += kFlightSegmentBytes) {
    const auto& head = *reinterpret_cast<const FlightSegment*>(memory.data() + begin);
    if (head.number.load() == 0) continue;
    const auto* words = reinterpret_cast<const uint32_t*>(&head + 1);
    segments.push_back({head.number.load(), head.continues.load() == 1,
                        uint64_t{head.first_frame_high.load()} << 32 | head.first_frame.load(),
                        std::vector<uint32_t>(words, words + head.committed.load())});
  }
  std::sort(segments.begin(), segments.end(),
            [](const Segment& a, const Segment& b) { return a.number < b.number; });
  return segments;
}

// A host with sound at some inputs, commands and gaps, all from a seed.
class Field {
 public:
  explicit Field(uint32_t segments, float rate_hz = 48000, uint32_t seed = 1)
      : host(16384, rate_hz, segments), random_(seed) {}

  // Channels that each input has from the next quantum on.
  void connect(uint32_t input, uint32_t channels) { channels_[input] = channels; }

  void set(uint32_t input, uint32_t parameter, float value, uint64_t in_frames = 0) {
    EXPECT_TRUE(host.send(CommandKind::kSetParameter, input, parameter, value, frame_ + in_frames));
  }

  void set(uint32_t input, StripParameter parameter, float value, uint64_t in_frames = 0) {
    set(input, static_cast<uint32_t>(parameter), value, in_frames);
  }

  void set(MasterParameter parameter, float value) {
    set(kMaster, static_cast<uint32_t>(parameter), value);
  }

  void skip(uint64_t frames) { frame_ += frames; }

  EngineStatus quantum(uint32_t frames) {
    InputStage& inputs = host.engine.input();
    for (uint32_t input = 0; input < kInputs; ++input) {
      inputs.channel_counts()[input].store(channels_[input]);
      for (uint32_t channel = 0; channel < channels_[input]; ++channel)
        write(input, channel, frames);
    }
    inputs.set_write_pos(inputs.write_pos() + frames);
    host.engine.set_frame(frame_);
    const EngineStatus status = host.engine.process_quantum(frames);
    frame_ += frames;
    while (host.receive()) continue;
    results.push_back(result());
    return status;
  }

  void quanta(uint32_t count, uint32_t frames = kDefaultQuantumFrames) {
    for (uint32_t i = 0; i < count; ++i) ASSERT_EQ(quantum(frames), EngineStatus::kOk);
  }

  EngineHost host;
  std::vector<FlightResult> results;

 private:
  // Bursts of noise, so that gates and compressors have something to do.
  void write(uint32_t input, uint32_t channel, uint32_t frames) {
    std::uniform_real_distribution<float> level(-1, 1);
    const float gain = (frame_ / 9000 + input) % 3 == 0 ? 0.001F : 0.7F;
    std::vector<float> samples(frames);
    for (float& sample : samples) sample = gain * level(random_);
    host.engine.input().fill(input, channel, samples);
  }

  FlightResult result() const {
    FlightResult result;
#define QUANTA_LOAD(name, unit, doc) result.name = host.flight_state().name.load();
    QUANTA_FLIGHT_RESULT(QUANTA_LOAD)
#undef QUANTA_LOAD
    return result;
  }

  std::mt19937 random_;
  std::array<uint32_t, kInputs> channels_{};
  uint64_t frame_ = 0;
};

// The engine of a desk.
class Desk {
 public:
  explicit Desk(float rate_hz = 48000) {
    EXPECT_TRUE(replay_->configure(memory_, rate_hz, nullptr));
  }

  // False: the log is none.
  bool run(const Segment& segment, bool from_checkpoint) {
    return replay_->run(segment.log, from_checkpoint,
                        [this](const FlightOutcome& outcome) { outcomes.push_back(outcome); });
  }

  std::vector<FlightOutcome> outcomes;

 private:
  static constexpr size_t kBytes = size_t{kMemoryPages} * 65536 - kArenaBase;

  struct Free {
    void operator()(std::byte* bytes) const {
      ::operator delete[](bytes, std::align_val_t{Arena::kAlignment});
    }
  };

  std::unique_ptr<std::byte[], Free> block_{new (std::align_val_t{Arena::kAlignment})
                                                std::byte[kBytes]};
  std::span<std::byte> memory_{block_.get(), kBytes};
  std::unique_ptr<FlightReplay> replay_ = std::make_unique<FlightReplay>();
};

}  // namespace quanta::test

#endif  // QUANTA_TESTS_FLIGHT_SUPPORT_H_
