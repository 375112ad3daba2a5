// An engine whose input 0 is pushed by a source with a clock of its own, in simulated time.
#ifndef QUANTA_TESTS_NATIVE_PUSH_SUPPORT_H_
#define QUANTA_TESTS_NATIVE_PUSH_SUPPORT_H_

#include <gtest/gtest.h>

#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "adaptive_resampler_support.h"
#include "engine_host.h"

namespace quanta::test {

struct PushRig : SourceSide {
  static constexpr uint32_t kContextHz = 48000;
  static constexpr uint32_t kTargetFrames = 2048;

  using Hear = std::function<void(std::span<const float> left)>;

  PushRig(const Source& the_source, Signal the_signal, uint32_t channels = 1,
          PushPace pace = PushPace::kSourceClock, uint32_t capacity = 2048)
      : SourceSide(the_source, std::move(the_signal)), host(capacity) {
    const PushSettings settings = {source.rate_hz, channels, kTargetFrames, pace};
    EXPECT_EQ(host.engine.push().open(0, settings), EngineStatus::kOk);
    producer = host.producer(0);
  }

  // Time passes: the source pushes, the context calls.
  void run(double seconds, const Hear& hear = {}) {
    const double end = now() + seconds;
    while (now() < end) {
      push_due(producer, now());
      feed(hear);
    }
  }

  void feed(const Hear& hear = {}) {
    host.engine.set_frame(frame);
    ASSERT_EQ(host.feed(0, 0, quantum), EngineStatus::kOk);
    frame += quantum;
    if (hear) hear(host.mix(0));
  }

  double now() const { return double(frame) / kContextHz; }

  // Pushed, and not taken yet.
  uint32_t unread_frames() { return kPushRingFrames - producer.free_frames(); }

  const PushWords& words() const { return host.push_words(0); }

  EngineHost host;
  SampleRing::Producer producer;
  uint32_t quantum = 128;
  uint64_t frame = 0;
};

}  // namespace quanta::test

#endif  // QUANTA_TESTS_NATIVE_PUSH_SUPPORT_H_
