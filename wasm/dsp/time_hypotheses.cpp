#include <algorithm>

#include "dsp/exact_math.h"
#include "dsp/shift_hypotheses.h"

namespace quanta {

struct TimeHypotheses::Sums {
  std::array<float, kPairs> cosine_re;
  std::array<float, kPairs> cosine_im;
  std::array<float, kPairs> sine_re;
  std::array<float, kPairs> sine_im;

  // Eight pairs at a time: more would not stay in registers.
  void add(size_t pair, std::span<const float> re, std::span<const float> im, const float* cosines,
           const float* sines) noexcept REALTIME {
    Float4 low[4] = {};
    Float4 high[4] = {};
    for (size_t j = 0; j < re.size(); ++j) {
      const float* c = cosines + j * kPairs + pair;
      const float* s = sines + j * kPairs + pair;
      add_to(low, re[j], im[j], load4(c), load4(s));
      add_to(high, re[j], im[j], load4(c + 4), load4(s + 4));
    }
    store(pair, low);
    store(pair + 4, high);
  }

 private:
  static void add_to(Float4 (&sums)[4], float re, float im, Float4 cosine,
                     Float4 sine) noexcept REALTIME {
    sums[0] += cosine * re;
    sums[1] += cosine * im;
    sums[2] += sine * re;
    sums[3] += sine * im;
  }

  void store(size_t pair, const Float4 (&sums)[4]) noexcept REALTIME {
    store4(&cosine_re[pair], sums[0]);
    store4(&cosine_im[pair], sums[1]);
    store4(&sine_re[pair], sums[2]);
    store4(&sine_im[pair], sums[3]);
  }
};

bool TimeHypotheses::configure(Arena& arena, size_t frames, double spacing) {
  TimeHypotheses next;
  next.cosines_ = arena.take<float>(kBlock * kPairs);
  next.sines_ = arena.take<float>(kBlock * kPairs);
  if (next.sines_.empty()) return false;
  next.frames_ = static_cast<double>(frames);
  next.spacing_ = spacing;
  for (size_t j = 0; j < kBlock; ++j) {
    for (size_t pair = 0; pair < kPairs; ++pair) {
      const double lag = (static_cast<double>(pair) + 0.5) * spacing;
      const Phasor turn = next.phasor(static_cast<double>(j) * lag);
      next.cosines_[j * kPairs + pair] = static_cast<float>(turn.re);
      next.sines_[j * kPairs + pair] = static_cast<float>(turn.im);
    }
  }
  *this = next;
  return true;
}

// exp(j 2 pi x / N)
TimeHypotheses::Phasor TimeHypotheses::phasor(double x) const noexcept REALTIME {
  const exact_detail::Turn turn = exact_detail::turn(2 * x / frames_);
  return {turn.cosine, turn.sine};
}

void TimeHypotheses::begin(double first_lag) noexcept REALTIME {
  first_lag_ = first_lag;
  sums_ = {};
  next_bin_ = 0;
  const double centre = first_lag + (static_cast<double>(kPairs) - 0.5) * spacing_;
  for (size_t j = 0; j < kBlock; ++j) {
    const Phasor turn = phasor(static_cast<double>(j) * centre);
    centre_re_[j] = static_cast<float>(turn.re);
    centre_im_[j] = static_cast<float>(turn.im);
  }
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    step_[m] = phasor(static_cast<double>(kBlock) * lag(m));
    place_[m] = {1, 0};
  }
}

void TimeHypotheses::add(const Spectrum& cross, BinRange slice) noexcept REALTIME {
  Sums sums;
  for (size_t done = 0; done < slice.count; done += kBlock) {
    const size_t first = slice.first + done;
    const size_t count = std::min(kBlock, slice.count - done);
    turn_to_centre(&cross.re[first], &cross.im[first], count);
    const std::span re(turned_re_.data(), count);
    const std::span im(turned_im_.data(), count);
    sums.add(0, re, im, cosines_.data(), sines_.data());
    sums.add(kPairs / 2, re, im, cosines_.data(), sines_.data());
    join(sums, first);
  }
}

void TimeHypotheses::turn_to_centre(const float* re, const float* im,
                                    size_t count) noexcept REALTIME {
  for (size_t j = 0; j < count; ++j) {
    turned_re_[j] = re[j] * centre_re_[j] - im[j] * centre_im_[j];
    turned_im_[j] = re[j] * centre_im_[j] + im[j] * centre_re_[j];
  }
}

// A lag c + u sees the sum of H exp(jju) = C + jS, its twin C - jS, each turned by the phase that
// the block's first bin has at that lag.
void TimeHypotheses::join(const Sums& sums, size_t first_bin) noexcept REALTIME {
  if (first_bin != next_bin_) {
    for (size_t m = 0; m < kShiftHypotheses; ++m) {
      place_[m] = phasor(static_cast<double>(first_bin) * lag(m));
    }
  }
  for (size_t pair = 0; pair < kPairs; ++pair) {
    const auto cosine_re = static_cast<double>(sums.cosine_re[pair]);
    const auto cosine_im = static_cast<double>(sums.cosine_im[pair]);
    const auto sine_re = static_cast<double>(sums.sine_re[pair]);
    const auto sine_im = static_cast<double>(sums.sine_im[pair]);
    const Phasor above = place_[kPairs + pair];
    const Phasor below = place_[kPairs - 1 - pair];
    sums_[kPairs + pair] += above.re * (cosine_re - sine_im) - above.im * (cosine_im + sine_re);
    sums_[kPairs - 1 - pair] += below.re * (cosine_re + sine_im) - below.im * (cosine_im - sine_re);
  }
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    const Phasor place = place_[m];
    place_[m] = {place.re * step_[m].re - place.im * step_[m].im,
                 place.re * step_[m].im + place.im * step_[m].re};
  }
  next_bin_ = first_bin + kBlock;
}

}  // namespace quanta
