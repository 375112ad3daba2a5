#include <algorithm>

#include "dsp/exact_math.h"
#include "dsp/kaiser_transform.h"
#include "dsp/shift_hypotheses.h"

namespace quanta {

struct FrequencyHypotheses::Neighbours {
  Float4 sum_re[kReach + 1];
  Float4 sum_im[kReach + 1];
  Float4 difference_re[kReach + 1];
  Float4 difference_im[kReach + 1];

  // re and im point to the first of four bins.
  Neighbours(const float* re, const float* im) noexcept REALTIME {
    sum_re[0] = load4(re);
    sum_im[0] = load4(im);
    difference_re[0] = difference_im[0] = Float4{};
    for (size_t l = 1; l <= kReach; ++l) {
      sum_re[l] = load4(re + l) + load4(re - l);
      sum_im[l] = load4(im + l) + load4(im - l);
      difference_re[l] = load4(re + l) - load4(re - l);
      difference_im[l] = load4(im + l) - load4(im - l);
    }
  }
};

bool FrequencyHypotheses::configure(Arena& arena, size_t capacity) {
  // A band of n bins has n + 1 places between which shifts lie, evaluated four at a time.
  const size_t places = (capacity + 1 + kLanes - 1) / kLanes * kLanes;
  FrequencyHypotheses next;
  next.stride_ = places + kLanes;
  next.near_re_ = arena.take<float>(places + 2 * kReach);
  next.near_im_ = arena.take<float>(places + 2 * kReach);
  next.re_ = arena.take<float>(kShiftHypotheses * next.stride_);
  next.im_ = arena.take<float>(kShiftHypotheses * next.stride_);
  if (next.im_.empty()) return false;
  const KaiserTransform window(kBeta);
  for (size_t m = 0; m <= kHalf; ++m) {
    const double shift = static_cast<double>(m) / kShiftHypotheses;
    Shift& weights = next.shifts_[m];
    for (size_t l = 0; l <= kReach; ++l) {
      const auto offset = static_cast<double>(l);
      // The phase of the neighbour, from the frame's centre to its first sample: (-1)^l.
      const double scale = (l % 2 == 0 ? 0.5 : -0.5) * window.mean();
      const double above = window(shift - offset);
      const double below = window(shift + offset);
      weights.even[l] = static_cast<float>(scale * (above + below));
      weights.odd[l] = static_cast<float>(scale * (above - below));
    }
    weights.cosine = static_cast<float>(cos_pi(shift));
    weights.sine = static_cast<float>(sin_pi(shift));
  }
  *this = next;
  return true;
}

void FrequencyHypotheses::begin(BinRange band) noexcept REALTIME { band_ = band; }

void FrequencyHypotheses::add(const Spectrum& bare, BinRange slice) noexcept REALTIME {
  gather(bare, slice);
  for (size_t i = 0; i <= slice.count; i += kLanes) {
    const Neighbours near(near_re_.data() + kReach + i, near_im_.data() + kReach + i);
    const size_t place = slice.first - band_.first + i;
    for (size_t m = 0; m <= kHalf; ++m) store(m, place, near);
  }
}

// The spectrum goes on past both ends: X[-k] and X[N - k] are conj(X[k]).
void FrequencyHypotheses::gather(const Spectrum& bare, BinRange slice) noexcept REALTIME {
  const size_t frames = bare.frames();
  const size_t count = (slice.count + kLanes) / kLanes * kLanes + 2 * kReach;
  for (size_t i = 0; i < count; ++i) {
    const size_t bin = (slice.first + i + frames - kReach) % frames;
    const bool mirrored = bin > frames / 2;
    const size_t source = mirrored ? frames - bin : bin;
    near_re_[i] = bare.re[source];
    near_im_[i] = mirrored ? -bare.im[source] : bare.im[source];
  }
}

// Of each of four places, the results m / 32 of a bin above and m / 32 of a bin below.
void FrequencyHypotheses::store(size_t m, size_t place, const Neighbours& near) noexcept REALTIME {
  const Shift& shift = shifts_[m];
  Float4 even_re = {};
  Float4 even_im = {};
  Float4 odd_re = {};
  Float4 odd_im = {};
  for (size_t l = 0; l <= kReach; ++l) {
    even_re += near.sum_re[l] * shift.even[l];
    even_im += near.sum_im[l] * shift.even[l];
    odd_re += near.difference_re[l] * shift.odd[l];
    odd_im += near.difference_im[l] * shift.odd[l];
  }
  const Float4 above_re = even_re + odd_re;
  const Float4 above_im = even_im + odd_im;
  const size_t above = m * stride_ + kLanes + place;
  store4(&re_[above], above_re * shift.cosine + above_im * shift.sine);
  store4(&im_[above], above_im * shift.cosine - above_re * shift.sine);
  if (m == 0 || m == kHalf) return;
  const Float4 below_re = even_re - odd_re;
  const Float4 below_im = even_im - odd_im;
  const size_t below = (kShiftHypotheses - m) * stride_ + kLanes + place - 1;
  store4(&re_[below], below_re * shift.cosine - below_im * shift.sine);
  store4(&im_[below], below_im * shift.cosine + below_re * shift.sine);
}

}  // namespace quanta
