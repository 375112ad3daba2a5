#include "voice/recurrent_layer.h"

#include <algorithm>

#include "dsp/lanes.h"
#include "dsp/sigmoid.h"

namespace quanta {
namespace {

constexpr VadLayerShape kShape = RecurrentLayer::kShape;
constexpr uint32_t kQuads = kShape.group / 4;
constexpr uint32_t kGates = 4;
constexpr uint32_t kUnitQuads = kQuads / kGates;  // of a group's units
constexpr uint32_t kBlockInputs = 16;             // summed up by themselves, as in convolution.h
constexpr uint32_t kUnits = 4 * kUnitQuads;

static_assert(kShape.taps == 1 && kQuads % kGates == 0);

}  // namespace

void RecurrentLayer::configure(const SileroWeights& weights) {
  *this = RecurrentLayer();
  matrix_ = weights.matrix(VadLayer::kGates);
  bias_ = weights.bias(VadLayer::kGates);
}

void RecurrentLayer::reset() noexcept REALTIME {
  inputs_.fill(0);
  cells_.fill(0);
}

void RecurrentLayer::run_group(uint32_t group) noexcept REALTIME {
  Float4 sums[kQuads];
  for (uint32_t quad = 0; quad < kQuads; ++quad) {
    sums[quad] = load4(bias_ + group * kShape.group + 4 * quad);
  }
  const float* weights = matrix_ + group * kShape.inputs * kShape.group;
  for (uint32_t first = 0; first < kShape.inputs; first += kBlockInputs) {
    Float4 block[kQuads] = {};
    for (uint32_t i = 0; i < kBlockInputs; ++i, weights += kShape.group) {
      const Float4 value = splat4(inputs_[first + i]);
      for (uint32_t quad = 0; quad < kQuads; ++quad) {
        block[quad] += load4(weights + 4 * quad) * value;
      }
    }
    for (uint32_t quad = 0; quad < kQuads; ++quad) sums[quad] += block[quad];
  }
  for (uint32_t quad = 0; quad < kUnitQuads; ++quad) {
    const uint32_t unit = group * kUnits + 4 * quad;
    const Float4 in = sigmoid4(sums[quad]);
    const Float4 forget = sigmoid4(sums[kUnitQuads + quad]);
    const Float4 candidate = tanh4(sums[2 * kUnitQuads + quad]);
    const Float4 out = sigmoid4(sums[3 * kUnitQuads + quad]);
    const Float4 cell = forget * load4(cells_.data() + unit) + in * candidate;
    store4(cells_.data() + unit, cell);
    store4(next_.data() + unit, out * tanh4(cell));
  }
}

void RecurrentLayer::finish() noexcept REALTIME {
  std::copy(next_.begin(), next_.end(), inputs_.begin() + kVadHidden);
}

}  // namespace quanta
