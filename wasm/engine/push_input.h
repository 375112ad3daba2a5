// One input that another thread pushes frames into, at a clock of its own.
#ifndef QUANTA_ENGINE_PUSH_INPUT_H_
#define QUANTA_ENGINE_PUSH_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "core/sample_ring.h"
#include "dsp/adaptive_resampler.h"
#include "engine/input_stage.h"
#include "shared/push_layout.h"
#include "shared/realtime.h"

namespace quanta {

struct PushSettings {
  uint32_t rate_hz = 0;
  uint32_t channels = 0;
  uint32_t target_frames = 0;  // see AdaptiveResampler::Settings
  PushPace pace = PushPace::kSourceClock;
};

// The ring, what reads it, and what is told of both.
class PushInput {
 public:
  static constexpr size_t kRingBytes = SampleRing::bytes(kPushRingFrames, kInputChannels);

  // The ring's and the words' memory outlives the input. False: the arena is full.
  bool configure(Arena& arena, std::span<std::byte> ring, PushWords& words);

  // Begins anew, closed, in memory that may hold anything.
  void clear();

  // Audio thread, between two quanta. The settings are valid, the kernel is for their rate and
  // outlives this opening. All counts begin at 0, and a producer of an earlier opening is cut off.
  void open(const PushSettings& settings, const ResamplerKernel& kernel);

  // As open(), after an earlier engine: its producer, its ring and its counts go on.
  void resume(const ResamplerKernel& kernel);

  // What the words say, from this engine or from an earlier one.
  bool opened() const noexcept REALTIME { return (words_->epoch.load() & 1) != 0; }

  PushSettings settings() const noexcept REALTIME;

  // Audio thread, between two quanta. A second call does nothing.
  void close();

  // Audio thread only. Wait-free. Writes the next frames of an open input to the input stage, and
  // its words. scratch: one plane per channel, each of at least that many frames.
  void render(uint32_t frames, std::span<float* const> scratch, InputStage& to,
              uint32_t input) noexcept REALTIME;

 private:
  void start(const ResamplerKernel& kernel);
  uint32_t pull(std::span<float* const> out, uint32_t frames) noexcept REALTIME;
  void publish(uint32_t unread, uint32_t taken) noexcept REALTIME;

  std::span<std::byte> ring_;
  std::span<std::byte> lines_;
  PushWords* words_ = nullptr;
  SampleRing::Consumer consumer_;
  AdaptiveResampler resampler_;
  AdaptiveCounts published_;  // what the words hold of the resampler's counts
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_PUSH_INPUT_H_
