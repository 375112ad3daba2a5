// Makes hostile samples harmless before anything remembers them.
#ifndef QUANTA_DSP_SANITIZE_H_
#define QUANTA_DSP_SANITIZE_H_

#include <cstdint>
#include <span>

#include "shared/realtime.h"

namespace quanta {

// How many samples were replaced by 0.
struct SanitizeCounts {
  uint32_t not_finite = 0;  // NaN and infinite
  uint32_t denormal = 0;    // below 2^-126: slow on many processors, and never sound
};

// Copies samples: NaN, infinite and denormal ones become 0, all others keep every bit. out may be
// in; it has the same length. Any thread. Wait-free.
SanitizeCounts sanitize(std::span<const float> in, std::span<float> out) noexcept REALTIME;

}  // namespace quanta

#endif  // QUANTA_DSP_SANITIZE_H_
