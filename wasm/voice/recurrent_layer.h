// The memory of the voice detector: a layer of long short-term memory.
#ifndef QUANTA_VOICE_RECURRENT_LAYER_H_
#define QUANTA_VOICE_RECURRENT_LAYER_H_

#include <array>
#include <cstdint>
#include <span>

#include "shared/realtime.h"
#include "shared/voice_layout.h"
#include "voice/silero_weights.h"

namespace quanta {

// Of each unit: input gate i, forget gate f, output gate o and candidate g are sums over the
// features and over the last outputs h of all units; then c = f c + i g and h = o tanh(c)
// (S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9, 1997; the forget
// gate by F. A. Gers et al., Neural Computation 12, 2000).
//
// One set of features at a time: run_group() for every group, then finish(). Any thread, one at a
// time. Wait-free.
class RecurrentLayer {
 public:
  static constexpr VadLayerShape kShape = vad_shape(VadLayer::kGates);
  static constexpr uint32_t kGroups = kShape.outputs / kShape.group;

  void configure(const SileroWeights& weights);

  // As after configure().
  void reset() noexcept REALTIME;

  // Where the features are written before the first group.
  std::span<float, kVadHidden> features() noexcept REALTIME {
    return std::span<float, kVadHidden>(inputs_.data(), kVadHidden);
  }

  // Computes the outputs of one group of units.
  void run_group(uint32_t group) noexcept REALTIME;

  // All groups were run: what they computed becomes the last output.
  void finish() noexcept REALTIME;

  // The last outputs of all units.
  std::span<const float, kVadHidden> outputs() const noexcept REALTIME {
    return std::span<const float, kVadHidden>(inputs_.data() + kVadHidden, kVadHidden);
  }

 private:
  const float* matrix_ = nullptr;
  const float* bias_ = nullptr;
  alignas(16) std::array<float, 2 * kVadHidden> inputs_{};  // features, then the last outputs
  alignas(16) std::array<float, kVadHidden> cells_{};
  alignas(16) std::array<float, kVadHidden> next_{};  // outputs
};

}  // namespace quanta

#endif  // QUANTA_VOICE_RECURRENT_LAYER_H_
