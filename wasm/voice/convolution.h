// The convolutions of the voice detector.
#ifndef QUANTA_VOICE_CONVOLUTION_H_
#define QUANTA_VOICE_CONVOLUTION_H_

#include <algorithm>
#include <cstdint>

#include "dsp/lanes.h"
#include "shared/realtime.h"
#include "shared/voice_layout.h"
#include "voice/silero_weights.h"

// The compiler would write the longest loop body of the module out eight times, to no gain.
#ifdef __clang__
#define QUANTA_KEEP_ROLLED _Pragma("clang loop unroll(disable)")
#else
#define QUANTA_KEEP_ROLLED
#endif

namespace quanta {

// Three taps, one frame of zeros before and after the frames, then the positive part. A frame is a
// row with one value per input or output.
//
// A group of outputs is computed at once, in lanes. Each output adds up the products of some inputs
// in their order, and of the taps within an input; then such blocks with what rounding lost (D. E.
// Knuth, The Art of Computer Programming, vol. 2, 4.2.2, theorem B); then the bias. So neither the
// groups nor the lanes decide a bit, and in silence, where large terms cancel and the model is at
// its most sensitive, four times fewer errors reach the probability than with one running sum.
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
    const float* weights = matrix_ + group * kShape.inputs * kInputValues;
    Sums total = {};
    Sums lost = {};
    for (uint32_t first = 0; first < kShape.inputs; first += kBlockInputs) {
      const uint32_t end = std::min(first + kBlockInputs, kShape.inputs);
      Sums block = {};
      QUANTA_KEEP_ROLLED
      for (uint32_t input = first; input < end; ++input, weights += kInputValues) {
        add_input(weights, in + input, block);
      }
      add_block(block, total, lost);
    }
    finish(group, total, lost, out);
  }

  void run(const float* in, float* out) const noexcept REALTIME {
    for (uint32_t group = 0; group < kGroups; ++group) run_group(group, in, out);
  }

 private:
  static constexpr uint32_t kBlockInputs = 8;
  static constexpr uint32_t kQuads = kShape.group / 4;
  static constexpr uint32_t kInputValues = kShape.taps * kShape.group;

  struct Sums {
    Float4 of[kOutFrames][kQuads];
  };

  // What one input adds in all its taps.
  static void add_input(const float* weights, const float* in, Sums& sums) noexcept REALTIME {
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

  static void add_block(const Sums& block, Sums& total, Sums& lost) noexcept REALTIME {
    for (uint32_t frame = 0; frame < kOutFrames; ++frame) {
      for (uint32_t quad = 0; quad < kQuads; ++quad) {
        const Float4 a = total.of[frame][quad];
        const Float4 b = block.of[frame][quad];
        const Float4 sum = a + b;
        const Float4 of_b = sum - a;
        lost.of[frame][quad] += (a - (sum - of_b)) + (b - of_b);
        total.of[frame][quad] = sum;
      }
    }
  }

  void finish(uint32_t group, const Sums& total, const Sums& lost,
              float* out) const noexcept REALTIME {
    for (uint32_t frame = 0; frame < kOutFrames; ++frame) {
      const uint32_t first = group * kShape.group;
      for (uint32_t quad = 0; quad < kQuads; ++quad) {
        const Float4 bias = load4(bias_ + first + 4 * quad);
        const Float4 sum = total.of[frame][quad] + lost.of[frame][quad] + bias;
        store4(out + frame * kShape.outputs + first + 4 * quad, max4(sum, splat4(0)));
      }
    }
  }

  const float* matrix_ = nullptr;
  const float* bias_ = nullptr;
};

}  // namespace quanta

#undef QUANTA_KEEP_ROLLED

#endif  // QUANTA_VOICE_CONVOLUTION_H_
