// What the engine tells of itself: the directory of its memory and the telemetry.
#ifndef QUANTA_ENGINE_PUBLISHER_H_
#define QUANTA_ENGINE_PUBLISHER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "engine/analysis_stage.h"
#include "engine/bus.h"
#include "engine/command_stage.h"
#include "engine/controls.h"
#include "engine/deadline_stage.h"
#include "engine/flight_recorder.h"
#include "engine/input_stage.h"
#include "engine/mixer.h"
#include "engine/push_stage.h"
#include "engine/vad_stage.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

class Publisher {
 public:
  // Takes the first blocks of the arena. inherited: the telemetry goes on. False: the arena is
  // full.
  bool configure(Arena& arena, bool inherited);

  // What the directory points at, beside the publisher's own blocks.
  struct Parts {
    const InputStage& input;
    std::span<const float> output;
    const Bus& bus;
    const Controls& controls;
    const CommandStage& commands;
    const PushStage& push;
    const AnalysisStage& analysis;
    const FlightRecorder& flight;
    const DeadlineStage& deadline;
    const VadStage& vad;
  };

  // base: the first byte of the arena, which the page knows as kArenaBase.
  void publish_directory(const std::byte* base, const Parts& parts);

  // A quantum: its mix, the audio clock at its end, how many frames of input were lost before it.
  struct Quantum {
    std::span<const float> left;
    std::span<const float> right;
    uint64_t next_frame;
    uint32_t lost;
  };

  // Audio thread only. Wait-free.
  void publish(const Mixer& mixer, const Quantum& quantum) noexcept REALTIME;

  // Audio thread only. Wait-free. The meters of one strip or the master in turn, or of all of them.
  void publish_meters(Mixer& mixer, bool all) noexcept REALTIME;

  // Audio thread only. Wait-free.
  void count_gap(uint64_t frames) noexcept REALTIME;

  // Null before configure() has succeeded.
  Telemetry* telemetry() const noexcept REALTIME { return telemetry_; }

  // Of the levels of the last quantum and of every meter as it is shown.
  uint32_t digest() const noexcept REALTIME;

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  std::span<layout_types::f32> meter_words() const noexcept REALTIME;
  uint32_t new_bad_samples(const Mixer& mixer) noexcept REALTIME;

  Directory* directory_ = nullptr;
  Telemetry* telemetry_ = nullptr;
  std::span<Meters> meters_;  // of each input, then of the master
  uint32_t next_meters_ = 0;
  uint64_t bad_samples_ = 0;  // that the mixer had counted at the last quantum
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_PUBLISHER_H_
