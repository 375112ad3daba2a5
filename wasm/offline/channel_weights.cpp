#include "offline/channel_weights.h"

#include "dsp/loudness.h"

namespace quanta {
namespace {

// Bits of dwChannelMask (Microsoft, WAVEFORMATEXTENSIBLE).
constexpr uint32_t kLowFrequency = 0x8;
constexpr uint32_t kBack = 0x10 | 0x20;
constexpr uint32_t kSides = 0x200 | 0x400;

double weight_of(uint32_t place, uint32_t channel_mask) {
  if (place == kLowFrequency) return 0;
  // The back pair is the surround pair, at 110 degrees, unless there is a pair at the sides: then
  // it lies at 135 degrees.
  const bool has_sides = (channel_mask & kSides) != 0;
  const uint32_t surround = has_sides ? kSides : kBack;
  return (place & surround) != 0 ? LoudnessMeter::kSurroundWeight : 1;
}

}  // namespace

void channel_weights(uint32_t channel_mask, std::span<double> weights) {
  uint32_t places = channel_mask;
  for (double& weight : weights) {
    const uint32_t lowest = places & (~places + 1);
    weight = weight_of(lowest, channel_mask);
    places ^= lowest;
  }
}

}  // namespace quanta
