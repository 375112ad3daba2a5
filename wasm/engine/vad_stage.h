// Voice activity on the audio thread, a little in every quantum.
#ifndef QUANTA_ENGINE_VAD_STAGE_H_
#define QUANTA_ENGINE_VAD_STAGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "core/chunk_ring.h"
#include "core/probability_ring.h"
#include "engine/voice_stage.h"
#include "shared/realtime.h"
#include "shared/voice_layout.h"
#include "voice/silero_vad.h"
#include "voice/silero_weights.h"

namespace quanta {

// Hears the chunks of the voice ring as any listener does, or an input as it arrives, resampled in
// step with the voice, and publishes the probability of each chunk under its number. So whoever
// gives the same chunks to the same detector has the same bits, on any thread.
//
// Digital silence ends in a fixed state: of zeros beyond a second the probability is that of the
// zeros before, and nothing is computed. So a gap, which is silence in the ring, is done with soon
// however long it is. Work that a quantum has no share left for waits in the ring: no quantum pays
// for a gap, and none pays for another.
//
// Off, which it is at first, it costs nothing. Not in the flight recorder: what it says follows
// from the voice, which is.
class VadStage {
 public:
  // The value of source() while it is off.
  static constexpr uint32_t kOff = kInputs + 1;

  // voice: configured; its ring is there as long as this stage. inherited: what an earlier engine
  // heard is heard on. False: the arena is full.
  bool configure(Arena& arena, const VoiceStage& voice, uint32_t rate_hz, bool inherited);

  // Room for the file of the weights, with values of 2 bytes. The host may write there at any time:
  // what runs uses a copy.
  std::span<std::byte> file() const { return file_; }

  // Of the probabilities. While the stage is off, one other thread may write to it.
  std::span<std::byte> ring() const { return ring_block_; }

  // Between quanta. Reads the file of so many bytes and begins with the next chunk of an input, or
  // for kInputs of the mix. It checks the file's digest and makes floats of its values: about a
  // millisecond of work, of the same length every time. Not kOk: it is as it was.
  EngineStatus start(uint32_t bytes, uint32_t source, const VoiceStage& voice);

  // Between quanta.
  void stop() noexcept REALTIME;

  // Audio thread only, as all below. Wait-free. The input that is heard, kInputs for the mix, or
  // kOff.
  uint32_t source() const noexcept REALTIME { return source_; }

  // The frames of that input.
  void append(std::span<const float> left, std::span<const float> right) noexcept REALTIME;

  // As many frames of silence on it.
  void skip(uint64_t frames) noexcept REALTIME { own_voice_.skip(frames); }

  // Does the part of a quantum of so many frames.
  void advance(uint32_t frames) noexcept REALTIME;

 private:
  // Chunks of an input that may wait: those of the longest quantum at the lowest rate, or a gap of
  // eight seconds. Beyond that numbers are missing.
  static constexpr uint32_t kOwnChunks = 256;
  // A step of the detector, or the taking of a chunk.
  static constexpr uint32_t kFrameSteps = SileroVad::kSteps + 1;
  // What a quantum may do beyond the frames that it brings: a probability comes soon, and what
  // waits gets less.
  static constexpr uint32_t kSpareSteps = kFrameSteps / 4;
  // The transform's.
  static constexpr size_t kDetectorBytes = 8192;

  uint32_t steps_of(uint32_t frames) const noexcept REALTIME;
  bool listen() noexcept REALTIME;
  void publish() noexcept REALTIME;

  std::span<std::byte> file_;
  std::span<std::byte> ring_block_;
  std::span<std::byte> work_block_;     // floats of the weights, memory of the detector
  std::span<layout_types::u32> state_;  // for a successor: bytes of the file, source
  VoiceStage own_voice_;
  ChunkRing::Reader chunks_;
  ProbabilityRing::Writer probabilities_;
  SileroWeights weights_;
  SileroVad detector_;
  uint32_t source_ = kOff;
  uint32_t chunk_duration_frames_ = 0;  // at the context's rate
  uint64_t first_number_ = 0;           // that chunk 0 of what is heard has in the voice ring
  uint64_t number_ = 0;                 // of the chunk in work
  uint32_t silent_frames_ = 0;          // in a row, up to that chunk
  bool busy_ = false;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_VAD_STAGE_H_
