// The one voice detector of the module, its weights and its memory.
#ifndef QUANTA_ABI_VAD_INSTANCE_H_
#define QUANTA_ABI_VAD_INSTANCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "shared/voice_layout.h"
#include "voice/silero_vad.h"
#include "voice/silero_weights.h"

namespace quanta {

class VadInstance {
 public:
  // Room for the weights' file.
  std::span<std::byte> file() const;

  // Reads so many bytes of it. Not kOk: there are no weights any more.
  VadStatus load(uint32_t bytes);

  std::span<float, kVadFrames> samples() { return samples_; }

  // Of the samples; 0 where there are no weights.
  float detect();

  void restart();

 private:
  SileroWeights weights_;
  SileroVad detector_;
  std::array<float, kVadFrames> samples_{};
};

VadInstance& vad_instance();

}  // namespace quanta

#endif  // QUANTA_ABI_VAD_INSTANCE_H_
