#include "dsp/cross_spectrum.h"

#include <cmath>
#include <cstddef>

namespace quanta {
namespace {

constexpr float kNothing = 1e-38F;  // below it, a square has lost its digits

// 1 / |X[k]|, or 0.
float whitener(const Spectrum& x, size_t k) noexcept REALTIME {
  const float square = x.re[k] * x.re[k] + x.im[k] * x.im[k];
  const float magnitude = std::sqrt(square);
  return square > kNothing ? 1.0F / magnitude : 0.0F;
}

}  // namespace

void cross_spectrum(const Spectrum& a, const Spectrum& b, CrossWeighting weighting, BinRange slice,
                    std::span<float> re, std::span<float> im) noexcept REALTIME {
  const size_t end = slice.first + slice.count;
  for (size_t k = slice.first; k < end; ++k) {
    re[k] = a.re[k] * b.re[k] + a.im[k] * b.im[k];
    im[k] = a.re[k] * b.im[k] - a.im[k] * b.re[k];
  }
  if (weighting == CrossWeighting::kPlain) return;
  for (size_t k = slice.first; k < end; ++k) {
    const float first = whitener(a, k);
    const float second = whitener(b, k);
    re[k] = re[k] * first * second;
    im[k] = im[k] * first * second;
  }
}

}  // namespace quanta
