// What the engine publishes as audio: the mix ring and the voice ring.
#ifndef QUANTA_ENGINE_BUS_H_
#define QUANTA_ENGINE_BUS_H_

#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "core/frame_ring.h"
#include "engine/voice_stage.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// Both rings follow the audio clock from the first frame on: what the clock passed over is silence
// of the same length, so a position is a time.
class Bus {
 public:
  // Takes the rings and the resampler's memory. inherited: the rings of an earlier engine go on.
  // False: the arena is full.
  bool configure(Arena& arena, uint32_t rate_hz, bool inherited);

  std::span<std::byte> mix_ring() const { return mix_block_; }

  std::span<std::byte> voice_ring() const { return voice_.ring(); }

  const VoiceStage& voice() const { return voice_; }

  // Audio thread only. Wait-free. At most kMaxQuantumFrames; frame: the audio clock at the first.
  void publish(std::span<const float> left, std::span<const float> right,
               uint64_t frame) noexcept REALTIME;

  // The clock passed over some frames.
  void skip(uint64_t frames) noexcept REALTIME;

  // Of all of the voice since the start.
  uint32_t voice_digest() const noexcept REALTIME { return voice_.digest(); }

  // Audio thread only. Wait-free. See archive.h; the rings are not in it.
  void archive(Archive& a) noexcept REALTIME { voice_.archive(a); }

 private:
  std::span<std::byte> mix_block_;
  FrameRing::Writer mix_;
  VoiceStage voice_;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_BUS_H_
