// Four complex numbers at once, for stockham_passes.h; static as everything there.
#ifndef QUANTA_DSP_COMPLEX4_H_
#define QUANTA_DSP_COMPLEX4_H_

#include <cstdint>

#include "dsp/lanes.h"
#include "shared/realtime.h"

namespace quanta::stockham {

inline constexpr uint32_t kQuad = 8;  // floats: four real parts, then four imaginary parts

struct Complex4 {
  Float4 re;
  Float4 im;
};

static inline Complex4 operator+(Complex4 a, Complex4 b) noexcept REALTIME {
  return {a.re + b.re, a.im + b.im};
}

static inline Complex4 operator-(Complex4 a, Complex4 b) noexcept REALTIME {
  return {a.re - b.re, a.im - b.im};
}

static inline Complex4 operator*(Complex4 a, Complex4 b) noexcept REALTIME {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

// a - j b and a + j b.
static inline Complex4 minus_j(Complex4 a, Complex4 b) noexcept REALTIME {
  return {a.re + b.im, a.im - b.re};
}

static inline Complex4 plus_j(Complex4 a, Complex4 b) noexcept REALTIME {
  return {a.re - b.im, a.im + b.re};
}

static inline Complex4 load_quad(const float* quad) noexcept REALTIME {
  return {load4(quad), load4(quad + 4)};
}

static inline void store_quad(float* quad, Complex4 value) noexcept REALTIME {
  store4(quad, value.re);
  store4(quad + 4, value.im);
}

static inline Complex4 load_split(const float* re, const float* im) noexcept REALTIME {
  return {load4(re), load4(im)};
}

static inline void store_split(float* re, float* im, Complex4 value) noexcept REALTIME {
  store4(re, value.re);
  store4(im, value.im);
}

static inline Complex4 splat(const float* twiddle) noexcept REALTIME {
  return {splat4(twiddle[0]), splat4(twiddle[1])};
}

static inline Float4 reversed(Float4 lanes) noexcept REALTIME {
  return __builtin_shufflevector(lanes, lanes, 3, 2, 1, 0);
}

static inline Complex4 reversed(Complex4 value) noexcept REALTIME {
  return {reversed(value.re), reversed(value.im)};
}

static inline void transpose(Float4& a, Float4& b, Float4& c, Float4& d) noexcept REALTIME {
  const Float4 ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const Float4 ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Float4 cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Float4 cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  a = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  b = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  c = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  d = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

struct Butterfly {
  Complex4 out[4];
};

// The transform of four numbers.
static inline Butterfly butterfly(Complex4 a, Complex4 b, Complex4 c,
                                  Complex4 d) noexcept REALTIME {
  const Complex4 even_sum = a + c;
  const Complex4 even_difference = a - c;
  const Complex4 odd_sum = b + d;
  const Complex4 odd_difference = b - d;
  return {even_sum + odd_sum, minus_j(even_difference, odd_difference), even_sum - odd_sum,
          plus_j(even_difference, odd_difference)};
}

}  // namespace quanta::stockham

#endif  // QUANTA_DSP_COMPLEX4_H_
