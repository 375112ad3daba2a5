#include "dsp/sanitize.h"

#include <algorithm>

#include "dsp/lanes.h"

namespace quanta {
namespace {

constexpr size_t kLanes = 4;
constexpr int32_t kExponentBits = 0x7f800000;
constexpr int32_t kMagnitudeBits = 0x7fffffff;

struct Counters {
  Int4 not_finite = {};
  Int4 denormal = {};

  Float4 clean(Float4 samples) noexcept REALTIME {
    const Int4 bits = bits_of(samples);
    const Int4 exponent = bits & kExponentBits;
    const Int4 huge = exponent == kExponentBits;
    const Int4 tiny = (exponent == 0) & ((bits & kMagnitudeBits) != 0);
    not_finite -= huge;  // a set mask is -1
    denormal -= tiny;
    return from_bits(bits & ~(huge | tiny));
  }
};

uint32_t sum(Int4 lanes) noexcept REALTIME {
  return static_cast<uint32_t>(lanes[0] + lanes[1] + lanes[2] + lanes[3]);
}

}  // namespace

SanitizeCounts sanitize(std::span<const float> in, std::span<float> out) noexcept REALTIME {
  Counters counters;
  const size_t whole = in.size() / kLanes * kLanes;
  for (size_t i = 0; i < whole; i += kLanes) {
    store4(out.data() + i, counters.clean(load4(in.data() + i)));
  }
  if (whole < in.size()) {
    float tail[kLanes] = {};
    std::copy(in.begin() + static_cast<std::ptrdiff_t>(whole), in.end(), tail);
    store4(tail, counters.clean(load4(tail)));
    std::copy_n(tail, in.size() - whole, out.begin() + static_cast<std::ptrdiff_t>(whole));
  }
  return {sum(counters.not_finite), sum(counters.denormal)};
}

}  // namespace quanta
