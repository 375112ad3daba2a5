// Vectors of 16 bytes, which every engine runs in one instruction, and how they are filled.
#ifndef QUANTA_DSP_LANES_H_
#define QUANTA_DSP_LANES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "shared/realtime.h"

namespace quanta {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = int32_t __attribute__((vector_size(16)));
// The left and right sample of one frame, in this order.
using Double2 = double __attribute__((vector_size(16)));

inline Float4 load4(const float* samples) noexcept REALTIME {
  Float4 lanes;
  std::memcpy(&lanes, samples, sizeof lanes);
  return lanes;
}

inline void store4(float* samples, Float4 lanes) noexcept REALTIME {
  std::memcpy(samples, &lanes, sizeof lanes);
}

inline Float4 splat4(float value) noexcept REALTIME { return Float4{value, value, value, value}; }

inline Double2 splat2(double value) noexcept REALTIME { return Double2{value, value}; }

inline Int4 bits_of(Float4 lanes) noexcept REALTIME { return reinterpret_cast<Int4>(lanes); }

inline Float4 from_bits(Int4 bits) noexcept REALTIME { return reinterpret_cast<Float4>(bits); }

inline Float4 abs4(Float4 lanes) noexcept REALTIME {
  return from_bits(bits_of(lanes) & 0x7fffffff);
}

inline Double2 abs2(Double2 lanes) noexcept REALTIME {
  using Long2 = int64_t __attribute__((vector_size(16)));
  return reinterpret_cast<Double2>(reinterpret_cast<Long2>(lanes) & INT64_MAX);
}

// The larger magnitude of a frame's samples; without a branch, which noise would mispredict.
inline double loudest(Double2 frame) noexcept REALTIME {
  const Double2 magnitude = abs2(frame);
  const Double2 other = {magnitude[1], magnitude[0]};
  const Double2 larger = magnitude > other ? magnitude : other;
  return larger[0];
}

inline Float4 max4(Float4 a, Float4 b) noexcept REALTIME { return a > b ? a : b; }

inline Float4 min4(Float4 a, Float4 b) noexcept REALTIME { return a < b ? a : b; }

inline bool any_lane(Int4 mask) noexcept REALTIME {
  return (mask[0] | mask[1] | mask[2] | mask[3]) != 0;
}

// The largest lane, compared in a fixed order.
inline float max_lane(Float4 lanes) noexcept REALTIME {
  const float low = lanes[0] > lanes[1] ? lanes[0] : lanes[1];
  const float high = lanes[2] > lanes[3] ? lanes[2] : lanes[3];
  return low > high ? low : high;
}

// In four parts, which the processor adds at once; always the same four.
inline double sum(std::span<const double> values) noexcept REALTIME {
  Double2 first = {};
  Double2 second = {};
  size_t i = 0;
  for (; i + 4 <= values.size(); i += 4) {
    first += Double2{values[i], values[i + 1]};
    second += Double2{values[i + 2], values[i + 3]};
  }
  for (; i < values.size(); ++i) first[0] += values[i];
  const Double2 both = first + second;
  return both[0] + both[1];
}

}  // namespace quanta

#endif  // QUANTA_DSP_LANES_H_
