#include "dsp/tone_refinement.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "dsp/exact_math.h"
#include "dsp/lanes.h"

namespace quanta {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kLargestStep = 0.5;  // bins

// On a bin, the cotangent is infinite and its factor 0: the tone is moved by less than any error.
double off_the_bins(double bins) noexcept REALTIME {
  constexpr double kNudge = 1e-11;
  return bins == std::round(bins) ? bins + kNudge : bins;
}

// cot(x) for |x| < 1.7 by its Laurent series. The terms left out are below 5e-5: next to the N / pi
// of a tone's own bin, nothing.
Double2 cotangent(Double2 x) noexcept REALTIME {
  constexpr double kSeries[] = {-4 / 18243225.0, -1382 / 638512875.0, -2 / 93555.0, -1 / 4725.0,
                                -2 / 945.0,      -1 / 45.0,           -1 / 3.0};
  const Double2 square = x * x;
  Double2 sum = splat2(kSeries[0]);
  for (size_t i = 1; i < std::size(kSeries); ++i) sum = sum * square + kSeries[i];
  return 1 / x + x * sum;
}

}  // namespace

// What is left of a few bins of the spectrum.
struct ToneRefinement::Band {
  size_t first = 0;
  size_t count = 0;
  std::array<Double2, kBand / 2> re{};
  std::array<Double2, kBand / 2> im{};
};

// The normal equations for the real part, the imaginary part and the frequency of one tone.
struct ToneRefinement::Equations {
  double matrix[3][3] = {};
  double right[3] = {};
  double square = 0;  // of what is left without the tone's change

  void add(const double (&re)[3], const double (&im)[3], double left_re,
           double left_im) noexcept REALTIME {
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j <= i; ++j) matrix[i][j] += re[i] * re[j] + im[i] * im[j];
      right[i] += re[i] * left_re + im[i] * left_im;
    }
    square += left_re * left_re + left_im * left_im;
  }

  // Cholesky's decomposition in place. False: the tone is too weak to tell its frequency.
  bool decompose() noexcept REALTIME {
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j <= i; ++j) {
        double rest = matrix[i][j];
        for (int l = 0; l < j; ++l) rest -= matrix[i][l] * matrix[j][l];
        if (i == j && !(rest > 0)) return false;
        matrix[i][j] = i == j ? std::sqrt(rest) : rest / matrix[j][j];
      }
    }
    return true;
  }

  // Leaves the solution in `change`; the result is how much it lowers the sum of squares.
  double solve(double (&change)[3]) const noexcept REALTIME {
    double gain = 0;
    for (int i = 0; i < 3; ++i) {
      double rest = right[i];
      for (int l = 0; l < i; ++l) rest -= matrix[i][l] * change[l];
      change[i] = rest / matrix[i][i];
      gain += change[i] * change[i];
    }
    for (int i = 2; i >= 0; --i) {
      for (int l = i + 1; l < 3; ++l) change[i] -= matrix[l][i] * change[l];
      change[i] /= matrix[i][i];
    }
    return gain;
  }
};

ToneRefinement::Band ToneRefinement::band_around(const Spectrum& bare,
                                                 double bins) const noexcept REALTIME {
  // The ends of the spectrum hold half of what the others hold, and DC often something else.
  const auto last_bin = static_cast<double>(bare.bins() - 2);
  const auto middle = static_cast<size_t>(std::clamp(std::round(bins), 1.0, last_bin));
  Band band;
  band.first = middle > kReach ? middle - kReach : 1;
  band.count = std::min(middle + kReach, bare.bins() - 2) - band.first + 1;
  for (size_t i = 0; i < band.count; ++i) {
    band.re[i / 2][i % 2] = static_cast<double>(bare.re[band.first + i]);
    band.im[i / 2][i % 2] = static_cast<double>(bare.im[band.first + i]);
  }
  return band;
}

// cot(pi d / N) at the band's bins, d bins from a tone and from its mirror image; and sin(pi f).
struct ToneRefinement::Cotangents {
  std::array<Double2, kBand / 2> direct;
  std::array<Double2, kBand / 2> mirrored;
  double sine;
  double cosine;
};

ToneRefinement::Cotangents ToneRefinement::cotangents(const Tone& tone,
                                                      const Band& band) const noexcept REALTIME {
  const double bins = off_the_bins(tone.bins);
  const auto first = static_cast<double>(band.first);
  const double step = kPi / frames_;
  // Whole bins are added to a distance without rounding, and so next to a pole, too.
  const Double2 below = Double2{0, 1} + (first - bins);
  // The period is N bins: no argument is further than pi / 2 from a pole, but for a band's width.
  const double image = first + bins;
  const Double2 above = Double2{0, 1} + (image > frames_ / 2 ? image - frames_ : image);
  Cotangents result;
  for (size_t i = 0; i < kBand / 2; ++i) {
    const auto along = static_cast<double>(2 * i);
    result.direct[i] = cotangent(step * (below + along));
    result.mirrored[i] = cotangent(step * (above + along));
  }
  const exact_detail::Turn turn = exact_detail::turn(bins);
  result.sine = turn.sine;
  result.cosine = turn.cosine;
  return result;
}

void ToneRefinement::subtract(const Tone& tone, Band& band) const noexcept REALTIME {
  const Cotangents c = cotangents(tone, band);
  const double re = c.sine * tone.re;
  const double im = c.sine * tone.im;
  for (size_t i = 0; i < kBand / 2; ++i) {
    band.re[i] += re * (c.direct[i] - c.mirrored[i]) - 2 * im;
    band.im[i] += im * (c.direct[i] + c.mirrored[i]);
  }
}

// The band holds what is left without this tone and all others.
ToneRefinement::Equations ToneRefinement::linearize(const Tone& tone,
                                                    const Band& band) const noexcept REALTIME {
  const Cotangents c = cotangents(tone, band);
  const double s = -c.sine;
  const double s_slope = -kPi * c.cosine;
  const double c_slope = s * kPi / frames_;  // of the cotangents, but for 1 + c^2
  Equations equations;
  for (size_t i = 0; i < band.count; ++i) {
    const double direct = c.direct[i / 2][i % 2];
    const double mirrored = c.mirrored[i / 2][i % 2];
    const double sum = direct + mirrored;
    const double difference = direct - mirrored;
    const double squares = direct * direct + mirrored * mirrored;
    const double re[] = {
        s * difference, -2 * s,
        s_slope * (tone.re * difference - 2 * tone.im) + c_slope * tone.re * (2 + squares)};
    const double im[] = {0, s * sum, tone.im * (s_slope * sum + c_slope * sum * difference)};
    equations.add(re, im, band.re[i / 2][i % 2], band.im[i / 2][i % 2]);
  }
  return equations;
}

ToneRefinement::Fit ToneRefinement::refine(const Spectrum& bare, std::span<const Tone> tones,
                                           size_t index) const noexcept REALTIME {
  const Tone& tone = tones[index];
  Band band = band_around(bare, tone.bins);
  for (const Tone& each : tones) subtract(each, band);
  Equations equations = linearize(tone, band);
  double change[3] = {};
  // Real numbers that are measured, less those that are fitted, in pairs.
  const double freedom = frames_ * (static_cast<double>(band.count) - 1.5);
  if (!equations.decompose()) return {tone, equations.square / freedom, kLargestStep};
  const double variance = (equations.square - equations.solve(change)) / freedom;
  const double bins = tone.bins + std::clamp(change[2], -kLargestStep, kLargestStep);
  // The last diagonal element of the inverse; noise of this variance gives N / 2 of it to each part
  // of a bin.
  const double last = equations.matrix[2][2];
  const double deviation = std::sqrt(std::max(variance, 0.0) * frames_ / 2) / last;
  return {{bins, tone.re + change[0], tone.im + change[1]}, variance, deviation};
}

}  // namespace quanta
