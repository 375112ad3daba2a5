#include "dsp/tone_inversion.h"

#include <algorithm>
#include <cmath>

#include "dsp/exact_math.h"
#include "dsp/window.h"

namespace quanta {
namespace {

// Newton's steps from the tangent at 0, which is always too far; enough for the last digit.
constexpr int kSteps = 4;

}  // namespace

// The bins at and beside the peak, with the phase turned to the frame's centre: times (-1)^k, but
// for a sign that all three share.
struct ToneInversion::Bins {
  double re[3];
  double im[3];

  Bins(const Spectrum& spectrum, size_t peak) noexcept REALTIME {
    const bool odd = peak % 2 == 1;
    for (size_t i = 0; i < 3; ++i) {
      const double sign = (i == 1) == odd ? -1 : 1;
      re[i] = sign * static_cast<double>(spectrum.re[peak - 1 + i]);
      im[i] = sign * static_cast<double>(spectrum.im[peak - 1 + i]);
    }
  }
};

ToneInversion::ToneInversion(double beta) : window_(beta) {
  constexpr int kPoints = 2048;
  const KaiserWindow window(beta);
  for (int i = -kPoints; i < kPoints; ++i) {
    const double x = static_cast<double>(i) / kPoints;
    const double square = window(x) * window(x) / (2 * kPoints);
    square_mean_ += square;
    square_at_two_ += square * cos_pi(2 * x);
  }
  largest_ratio_ = ratio(1).value;
  first_slope_ = ratio(0).slope;
}

KaiserTransform::Point ToneInversion::ratio(double offset) const noexcept REALTIME {
  const KaiserTransform::Point middle = window_.at(offset);
  const KaiserTransform::Point above = window_.at(1 - offset);
  const KaiserTransform::Point below = window_.at(1 + offset);
  const double value = (above.value - below.value) / middle.value;
  return {value, -(above.slope + below.slope + value * middle.slope) / middle.value};
}

double ToneInversion::offset_of(double wanted) const noexcept REALTIME {
  const double bounded = std::clamp(wanted, -largest_ratio_, largest_ratio_);
  double offset = std::clamp(bounded / first_slope_, -1.0, 1.0);
  for (int i = 0; i < kSteps; ++i) {
    const KaiserTransform::Point here = ratio(offset);
    offset = std::clamp(offset - (here.value - bounded) / here.slope, -1.0, 1.0);
  }
  return offset;
}

// scale: what a tone of a = 1 shows at its very frequency.
Tone ToneInversion::fit(const Bins& bins, double peak, double scale) const noexcept REALTIME {
  const double step_re = bins.re[2] - bins.re[0];
  const double step_im = bins.im[2] - bins.im[0];
  const double square = bins.re[1] * bins.re[1] + bins.im[1] * bins.im[1];
  if (square == 0) return {peak, 0, 0};
  const double offset = offset_of((step_re * bins.re[1] + step_im * bins.im[1]) / square);
  // Least squares for the amplitude.
  Tone tone{peak + offset, 0, 0};
  double norm = 0;
  for (int i = 0; i < 3; ++i) {
    const double value = window_(i - 1 - offset);
    tone.re += value * bins.re[i];
    tone.im += value * bins.im[i];
    norm += value * value;
  }
  tone.re /= norm * scale;
  tone.im /= norm * scale;
  return tone;
}

Tone ToneInversion::invert(const Spectrum& windowed, size_t peak) const noexcept REALTIME {
  const auto place = static_cast<double>(peak);
  const double scale = window_.mean() * static_cast<double>(windowed.frames());
  Bins bins(windowed, peak);
  const Tone first = fit(bins, place, scale);
  for (int i = 0; i < 3; ++i) {
    const double image = scale * window_(place + (i - 1) + first.bins);
    bins.re[i] -= image * first.re;
    bins.im[i] += image * first.im;
  }
  return fit(bins, place, scale);
}

// Noise n[i] on the bins, turned to the tone's phase, moves the ratio r by (n[2] - n[0] - r n[1]) /
// Z[k]. Bins d apart share the transform of the window's square at d.
double ToneInversion::deviation_bins(const Tone& tone, size_t frames,
                                     double variance) const noexcept REALTIME {
  const double offset = tone.bins - std::round(tone.bins);
  const KaiserTransform::Point here = ratio(offset);
  const double moved = 2 * (square_mean_ - square_at_two_) + here.value * here.value * square_mean_;
  const double height = window_.mean() * window_(offset) * here.slope;
  // Half of the noise is in phase.
  const double parts = variance / (2 * static_cast<double>(frames) * tone.square());
  return std::sqrt(parts * moved) / height;
}

}  // namespace quanta
