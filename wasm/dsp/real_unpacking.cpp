#include "dsp/real_unpacking.h"

#include <cstddef>

#include "dsp/exact_math.h"

namespace quanta {

bool RealUnpacking::configure(Arena& arena, uint32_t points) {
  *this = RealUnpacking();
  const uint32_t count = points / 2 + 1;
  half_cos_ = arena.take<float>(count);
  half_sin_ = arena.take<float>(count);
  if (half_sin_.empty()) return false;
  points_ = points;
  for (uint32_t k = 0; k < count; ++k) {
    const double half_turns = static_cast<double>(k) / points;
    half_cos_[k] = static_cast<float>(cos_pi(half_turns) / 2);
    half_sin_[k] = static_cast<float>(sin_pi(half_turns) / 2);
  }
  return true;
}

void RealUnpacking::unpack(const float* z, float* re, float* im, uint32_t first_pair,
                           uint32_t count) const noexcept REALTIME {
  const uint32_t end = first_pair + count;
  if (first_pair == 0) {
    re[0] = z[0] + z[1];
    im[0] = z[0] - z[1];
  }
  for (uint32_t k = first_pair == 0 ? 1 : first_pair; k < end; ++k) unpack_pair(z, re, im, k);
}

void RealUnpacking::unpack_pair(const float* z, float* re, float* im,
                                uint32_t k) const noexcept REALTIME {
  const uint32_t mirror = points_ - k;
  const float* const a = z + size_t{2} * k;
  const float* const b = z + size_t{2} * mirror;
  const float difference = b[0] - a[0];
  const float sum = a[1] + b[1];
  const float even_re = 0.5F * (a[0] + b[0]);
  const float even_im = 0.5F * (a[1] - b[1]);
  const float odd_re = half_cos_[k] * sum + half_sin_[k] * difference;
  const float odd_im = half_cos_[k] * difference - half_sin_[k] * sum;
  re[mirror] = even_re - odd_re;
  im[mirror] = odd_im - even_im;
  re[k] = even_re + odd_re;
  im[k] = even_im + odd_im;
}

}  // namespace quanta
