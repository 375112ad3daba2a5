// Numbers of 16 bits, which weights are stored in.
#ifndef QUANTA_VOICE_SHORT_FLOAT_H_
#define QUANTA_VOICE_SHORT_FLOAT_H_

#include <cstdint>

#include "shared/realtime.h"

namespace quanta {

// From the highest bit: sign, 3 bits of exponent, 12 of mantissa; exponent 0 is that of subnormal
// numbers. The unit is the smallest one above 0, so all are integers below 2^19. The weights of one
// output span few powers of two, so they want less exponent and more mantissa than IEEE 754's
// numbers of 16 bits have. Any thread. Wait-free.
constexpr int32_t from_short_float(uint16_t bits) noexcept REALTIME {
  constexpr uint32_t kMantissaBits = 12;
  constexpr uint32_t kHidden = 1U << kMantissaBits;
  const uint32_t exponent = (bits >> kMantissaBits) & 7U;
  const uint32_t mantissa = bits & (kHidden - 1);
  const uint32_t magnitude = exponent == 0 ? mantissa : (mantissa | kHidden) << (exponent - 1);
  const auto value = static_cast<int32_t>(magnitude);
  return (bits & 0x8000U) != 0 ? -value : value;
}

}  // namespace quanta

#endif  // QUANTA_VOICE_SHORT_FLOAT_H_
