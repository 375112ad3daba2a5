// Voice activity on the audio thread, a little in every quantum.
#ifndef QUANTA_ENGINE_VAD_STAGE_H_
#define QUANTA_ENGINE_VAD_STAGE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "engine/vad_source.h"
#include "engine/voice_stage.h"
#include "shared/realtime.h"
#include "shared/voice_layout.h"
#include "voice/silero_weights.h"

namespace quanta {

// Hears the mix, which is the voice ring, and inputs as they arrive, resampled in step with it.
// Each has a detector and a ring of probabilities of its own.
//
// A quantum does the work that its frames bring, and a little beyond that for all sources together.
// What there is no share left for waits in the rings: no quantum pays for a gap, and none pays for
// another.
//
// Off, which it is at first, it costs nothing. Not in the flight recorder: what it says follows
// from the voice, which is.
class VadStage {
 public:
  static constexpr uint32_t kSources = kInputs + 1;

  // voice: configured; its ring is there as long as this stage. inherited: what an earlier engine
  // heard is heard on. False: the arena is full.
  bool configure(Arena& arena, const VoiceStage& voice, uint32_t rate_hz, bool inherited);

  // Room for the file of the weights, with values of 2 bytes. The page writes there before it
  // starts the detectors, which read biases in place: it writes the same file every time.
  std::span<std::byte> file() const { return file_; }

  // Of the probabilities of an input, or for kInputs of the mix: one behind the other. While the
  // stage is off, one other thread may write to each.
  std::span<std::byte> ring(uint32_t source) const {
    return rings_block_.subspan(source * VadSource::ring_bytes(), VadSource::ring_bytes());
  }

  // Between quanta. Reads the file of so many bytes and begins with the next chunk of these sources
  // (bit n for input n, bit kInputs for the mix), in place of those before. It checks the file's
  // digest and makes floats of its values: about a millisecond of work, of the same length every
  // time. Not kOk: it is as it was.
  EngineStatus start(uint32_t bytes, uint32_t sources, const VoiceStage& voice);

  // Between quanta.
  void stop() noexcept REALTIME;

  // Audio thread only, as all below. Wait-free. As in start(); 0: it is off.
  uint32_t sources() const noexcept REALTIME { return sources_; }

  bool hears(uint32_t source) const noexcept REALTIME { return (sources_ >> source & 1) != 0; }

  // The next frames of an input that is heard.
  void append(uint32_t input, std::span<const float> left,
              std::span<const float> right) noexcept REALTIME;

  // As many frames of silence on it.
  void skip(uint32_t input, uint64_t frames) noexcept REALTIME;

  // Does the part of a quantum of so many frames.
  void advance(uint32_t frames) noexcept REALTIME;

 private:
  // Chunks of an input that may wait: those of the longest quantum at the lowest rate, or a gap of
  // eight seconds. Beyond that numbers are missing.
  static constexpr uint32_t kOwnChunks = 256;
  // What a quantum may do beyond the frames that it brings: a probability comes soon, and what
  // waits gets less.
  static constexpr uint32_t kSpareSteps = VadSource::kFrameSteps / 4;

  std::span<std::byte> file_;
  std::span<std::byte> rings_block_;
  std::span<std::byte> weights_block_;  // floats
  std::span<layout_types::u32> state_;  // for a successor: bytes of the file, sources
  std::span<VoiceStage> voices_;        // of the inputs
  std::span<VadSource> detectors_;      // of all sources
  uint32_t sources_ = 0;
  uint32_t chunk_duration_frames_ = 0;  // at the context's rate
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_VAD_STAGE_H_
