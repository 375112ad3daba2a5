// The mix as the voice consumers want it: mono, 16 kHz, in chunks.
#ifndef QUANTA_ENGINE_VOICE_STAGE_H_
#define QUANTA_ENGINE_VOICE_STAGE_H_

#include <array>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "core/chunk_ring.h"
#include "core/digest.h"
#include "dsp/resampler.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// Every chunk carries the time of its first sample on the audio clock: the filter's delay is taken
// off, exactly.
class VoiceStage {
 public:
  // Of a ring of so many chunks.
  static constexpr BroadcastShape ring_shape(uint32_t chunks) {
    return ChunkRing::shape(chunks, kChunkFrames, kChunkRateHz);
  }

  // Takes a ring of so many chunks and the resampler's memory; a ring that is there already goes on
  // when `inherited`. False: the arena is full.
  bool configure(Arena& arena, uint32_t chunks, uint32_t rate_hz, bool inherited);

  std::span<std::byte> ring() const { return block_; }

  // Chunks so far.
  uint64_t published() const noexcept REALTIME { return ring_.position(); }

  // Begins anew in step with another one at the same rate: the next chunks of both are complete in
  // the same frame.
  void align(const VoiceStage& other) noexcept REALTIME;

  // Audio thread only. Wait-free. frame: the audio clock at the first of these frames.
  void process(std::span<const float> left, std::span<const float> right,
               uint64_t frame) noexcept REALTIME;

  // The clock passed over some frames: the same as that many of silence.
  void skip(uint64_t frames) noexcept REALTIME;

  // Of all chunks since the start, with their times.
  uint32_t digest() const noexcept REALTIME { return digest_.value(); }

  // Audio thread only. Wait-free. See archive.h; the ring is not in it.
  void archive(Archive& a) noexcept REALTIME;

 private:
  void resample(std::span<const float> mono) noexcept REALTIME;
  void append(std::span<const float> samples) noexcept REALTIME;
  void publish() noexcept REALTIME;

  std::span<std::byte> block_;
  Resampler resampler_;
  ChunkRing::Writer ring_;
  std::array<float, kChunkFrames> chunk_{};
  uint32_t tail_frames_ = 0;  // of silence, until nothing is left in the filter
  uint32_t filled_ = 0;
  uint64_t written_ = 0;  // samples since the first frame, the delay's included
  double first_frame_ms_ = -1;
  double rate_hz_ = 0;
  Digest digest_;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_VOICE_STAGE_H_
