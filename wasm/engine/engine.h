// The engine: what one quantum goes through, from the input ring to what is published.
#ifndef QUANTA_ENGINE_ENGINE_H_
#define QUANTA_ENGINE_ENGINE_H_

#include <array>
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
#include "engine/publisher.h"
#include "engine/push_stage.h"
#include "engine/vad_stage.h"
#include "shared/flight_layout.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

class Engine {
 public:
  // What the shared memory holds when an engine starts in it.
  enum class Memory {
    kFresh,      // anything: it is cleared
    kInherited,  // an earlier engine's: its counters and rings go on
  };

  // Capacities up to this one fit, at every sample rate.
  static constexpr uint32_t kMaxCapacity = 16384;

  // Whether configure() would succeed. capacity is a power of two, rate_hz is in [kMinRateHz,
  // kMaxRateHz].
  static EngineStatus check(uint32_t capacity, float rate_hz);

  // Takes all memory from the block, which outlives the engine. The arguments have passed check().
  // flight: memory for the flight recorder, directly behind the block or none.
  EngineStatus configure(std::span<std::byte> block, uint32_t capacity, float rate_hz,
                         Memory memory, std::span<std::byte> flight = {});

  // Audio thread only. The context's clock at the next quantum. What it passed over since the last
  // one becomes silence on the bus, and is counted.
  void set_frame(uint64_t frame) noexcept REALTIME;

  // Audio thread only. Wait-free. Consumes n frames of the inputs and publishes the mix and the
  // telemetry; any status but kOk changes nothing.
  EngineStatus process_quantum(uint32_t n) noexcept REALTIME;

  // Audio thread only. One stage of a quantum of n frames, for whoever measures them:
  // process_quantum is all of them in their order. kBadArgument: it is not this one's turn.
  EngineStatus process_stage(Stage stage, uint32_t n) noexcept REALTIME;

  // Goes on where another engine saved a checkpoint, and records nothing from there on. What lies
  // in the rings stays; the analysis starts with an empty window. kBadArgument: this is no
  // checkpoint of an engine at this rate, and the engine has to be configured anew.
  EngineStatus restore(std::span<const std::byte> checkpoint) noexcept REALTIME;

  // Audio thread only. Wait-free. What the last quantum cost, as the host measured it.
  void record_cost(uint32_t ns) noexcept REALTIME {
    deadline_.record(ns);
    recorder_.set_cost(ns);
  }

  FlightRecorder& recorder() noexcept REALTIME { return recorder_; }

  InputStage& input() noexcept REALTIME { return input_; }

  PushStage& push() noexcept REALTIME { return push_; }

  // Between quanta. Detects voice in these sources, with the weights whose file of so many bytes
  // the host has written to where the directory says; see VadStage::start().
  EngineStatus start_vad(uint32_t bytes, uint32_t sources);

  VadStage& vad() noexcept REALTIME { return vad_; }

  DeadlineStage& deadline() noexcept REALTIME { return deadline_; }

  // Null before configure() has succeeded.
  Telemetry* telemetry() const noexcept REALTIME { return publisher_.telemetry(); }

 private:
  EngineStatus check_frames(uint32_t n) const noexcept REALTIME;
  EngineStatus start_quantum(uint32_t n) noexcept REALTIME;
  // Not inlined: all of the hot path would be in the module twice.
  [[gnu::noinline]] EngineStatus run(Stage stage, uint32_t n) noexcept REALTIME;
  void render_pushed(uint32_t n) noexcept REALTIME;
  void record(uint32_t n) noexcept REALTIME;
  void archive(Archive& a) noexcept REALTIME;
  void mix(uint32_t n) noexcept REALTIME;
  void mix_part(uint32_t first, uint32_t frames) noexcept REALTIME;
  void keep_for_vad(const MixerInputs& inputs, uint32_t frames) noexcept REALTIME;
  void analyze(uint32_t n) noexcept REALTIME;
  FlightResult result(uint32_t n) const noexcept REALTIME;
  void end_quantum(uint32_t n) noexcept REALTIME;
  uint32_t channels(uint32_t input) const noexcept REALTIME;
  std::span<float> mixed(uint32_t channel, uint32_t n) const noexcept REALTIME;
  void keep_for_analysis(const MixerInputs& inputs, std::span<const float> left,
                         std::span<const float> right) noexcept REALTIME;

  InputStage input_;
  PushStage push_;
  Mixer mixer_;
  Controls controls_;
  CommandStage commands_;
  Bus bus_;
  AnalysisStage analysis_;
  DeadlineStage deadline_;
  VadStage vad_;
  Publisher publisher_;
  FlightRecorder recorder_;
  std::span<float> mix_;              // kInputChannels planes of kMaxQuantumFrames
  uint64_t frame_ = 0;                // the audio clock at the next quantum
  uint32_t lost_ = 0;                 // frames that this quantum did not find any more
  uint32_t running_frames_ = 0;       // of the quantum that is under way
  Stage next_stage_ = Stage::kBegin;  // of it
  bool started_ = false;  // a quantum was processed, so that a jump of the clock is a gap
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_ENGINE_H_
