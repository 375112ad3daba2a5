// The convolutions of the voice detector.
#ifndef QUANTA_VOICE_CONVOLUTION_H_
#define QUANTA_VOICE_CONVOLUTION_H_

#include <cstdint>

#include "dsp/lanes.h"
#include "shared/realtime.h"
#include "shared/voice_layout.h"
#include "voice/silero_weights.h"

namespace quanta {

// Three taps, one frame of zeros before and after the frames, then the positive part. A frame is a
// row with one value per input or output.
//
// A group of outputs is computed at once, in lanes; each output adds up its bias and its products
// in the order of the inputs, and of the taps within an input. So neither the groups nor the lanes
// decide a bit.
template <VadLayer kLayer, uint32_t kInFrames, uint32_t kStride>
class Convolution {
 public:
  static constexpr VadLayerShape kShape = vad_shape(kLayer);
  static constexpr uint32_t kOutFrames = (kInFrames - 1) / kStride + 1;
  static constexpr uint32_t kGroups = kShape.outputs / kShape.group;

  void configure(const SileroWeights& weights) {
    matrix_ = weights.matrix(kLayer);
    bias_ = weights.bias(kLayer);
  }

  // One group. in: kInFrames rows; out: kOutFrames rows. They do not overlap.
  void run_group(uint32_t group, const float* in, float* out) const noexcept REALTIME {
    Sums sums;
    for (uint32_t quad = 0; quad < kQuads; ++quad) {
      const Float4 bias = load4(bias_ + group * kShape.group + 4 * quad);
      for (uint32_t frame = 0; frame < kOutFrames; ++frame) sums.of[frame][quad] = bias;
    }
    const float* weights = matrix_ + group * kGroupValues;
    for (uint32_t input = 0; input < kShape.inputs; ++input) {
      add(weights + input * kInputValues, in + input, sums);
    }
    for (uint32_t frame = 0; frame < kOutFrames; ++frame) {
      float* const row = out + frame * kShape.outputs + group * kShape.group;
      for (uint32_t quad = 0; quad < kQuads; ++quad) {
        store4(row + 4 * quad, max4(sums.of[frame][quad], splat4(0)));
      }
    }
  }

  void run(const float* in, float* out) const noexcept REALTIME {
    for (uint32_t group = 0; group < kGroups; ++group) run_group(group, in, out);
  }

 private:
  static constexpr uint32_t kQuads = kShape.group / 4;
  static constexpr uint32_t kInputValues = kShape.taps * kShape.group;
  static constexpr uint32_t kGroupValues = kShape.inputs * kInputValues;

  struct Sums {
    Float4 of[kOutFrames][kQuads];
  };

  // What one input adds in all its taps.
  static void add(const float* weights, const float* in, Sums& sums) noexcept REALTIME {
    for (uint32_t i = 0; i < kShape.taps; ++i) {
      const float* const tap = weights + i * kShape.group;
      for (uint32_t frame = 0; frame < kOutFrames; ++frame) {
        // The zeros before the first frame count too.
        const uint32_t padded = frame * kStride + kShape.first_tap + i;
        if (padded == 0 || padded > kInFrames) continue;
        const Float4 value = splat4(in[(padded - 1) * kShape.inputs]);
        for (uint32_t quad = 0; quad < kQuads; ++quad) {
          sums.of[frame][quad] += load4(tap + 4 * quad) * value;
        }
      }
    }
  }

  const float* matrix_ = nullptr;
  const float* bias_ = nullptr;
};

}  // namespace quanta

#endif  // QUANTA_VOICE_CONVOLUTION_H_
