// The weights of Silero VAD, version 6, at 16 kHz.
#ifndef QUANTA_VOICE_SILERO_WEIGHTS_H_
#define QUANTA_VOICE_SILERO_WEIGHTS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "shared/realtime.h"
#include "shared/voice_layout.h"

namespace quanta {

// Reads them out of the file that shared/voice_layout.h describes. Any number of detectors share
// them.
class SileroWeights {
 public:
  // file: in memory aligned to 4 bytes, where it stays unchanged as long as the weights are used.
  // Takes memory for all matrices unless the file has them as floats. Not kOk: there are none.
  VadStatus configure(Arena& arena, std::span<const std::byte> file);

  bool empty() const noexcept REALTIME { return matrices_.empty(); }

  // Where a layer's values begin, ordered as in the file. Not when empty().
  const float* matrix(VadLayer layer) const noexcept REALTIME {
    return matrices_.data() + vad_matrices_before(layer);
  }

  const float* bias(VadLayer layer) const noexcept REALTIME {
    return biases_.data() + vad_outputs_before(layer);
  }

 private:
  std::span<const float> biases_;
  std::span<const float> matrices_;
};

}  // namespace quanta

#endif  // QUANTA_VOICE_SILERO_WEIGHTS_H_
