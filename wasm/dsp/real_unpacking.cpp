#include "dsp/real_unpacking.h"

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

// -j exp(-j pi k / n) / 2 times a difference; its real part is wanted for k = 0 too, where X[0] and
// X[n] are the sum and the difference of Z[0]'s parts.
RealUnpacking::Bin RealUnpacking::twiddle(uint32_t k, float re, float im) const noexcept REALTIME {
  return {half_cos_[k] * im - half_sin_[k] * re, -(half_cos_[k] * re + half_sin_[k] * im)};
}

void RealUnpacking::unpack(const float* z, std::span<float> re, std::span<float> im,
                           uint32_t first_pair, uint32_t count) const noexcept REALTIME {
  for (uint32_t k = first_pair; k < first_pair + count; ++k) {
    const float* const a = z + size_t{2} * k;
    const float* const b = k == 0 ? z : z + size_t{2} * (points_ - k);
    const Bin t = twiddle(k, a[0] - b[0], a[1] + b[1]);
    const Bin half = {0.5F * (a[0] + b[0]), 0.5F * (a[1] - b[1])};
    re[k] = half.re + t.re;
    im[k] = half.im + t.im;
    re[points_ - k] = half.re - t.re;
    im[points_ - k] = t.im - half.im;
  }
  if (first_pair == 0) im[0] = im[points_] = 0;
}

void RealUnpacking::pack_exchanged(std::span<const float> re, std::span<const float> im,
                                   float* z) const noexcept REALTIME {
  // Z[0] = (X[0] + X[n]) / 2 + j (X[0] - X[n]) / 2.
  z[1] = 0.5F * (re[0] + re[points_]);
  z[0] = 0.5F * (re[0] - re[points_]);
  for (uint32_t k = 1; k < pairs(); ++k) {
    const uint32_t mirror = points_ - k;
    // Unpacking's inverse is unpacking with the conjugate twiddle.
    const Bin d = {re[k] - re[mirror], im[k] + im[mirror]};
    const Bin t = {-(half_cos_[k] * d.im + half_sin_[k] * d.re),
                   half_cos_[k] * d.re - half_sin_[k] * d.im};
    const Bin half = {0.5F * (re[k] + re[mirror]), 0.5F * (im[k] - im[mirror])};
    z[2 * mirror] = t.im - half.im;
    z[2 * mirror + 1] = half.re - t.re;
    z[2 * k] = half.im + t.im;
    z[2 * k + 1] = half.re + t.re;
  }
}

}  // namespace quanta
