// Maximum-likelihood estimates of several sines at once.
#ifndef QUANTA_DSP_TONE_REFINEMENT_H_
#define QUANTA_DSP_TONE_REFINEMENT_H_

#include <array>
#include <cstddef>
#include <span>

#include "dsp/spectrum.h"
#include "dsp/tone.h"
#include "shared/realtime.h"

namespace quanta {

// In white Gaussian noise the most likely tones are those of least squares, and the bins of the
// bare frame (no window: a window throws information away) are as independent as its samples.
// Nearly all that is known about one tone lies in the bins around it, less the tails of the others,
// which the model subtracts: one tone is fitted at a time, the others held, in turns (J. Li, P.
// Stoica, "Efficient mixed-spectrum estimation with applications to target feature extraction",
// IEEE Trans. Signal Processing 44, 1996). A fit is one step of Gauss and Newton from a start that
// is close.
//
// A frame of N samples shows a tone of f bins, with the phase of the frame's centre, as
//
//   X[k] = s (a c(k - f) - conj(a) c(k + f) - 2 Im a),  s = -sin(pi f),  c(d) = cot(pi d / N),
//
// from the geometric series of both of its exponentials: exact, with its mirror image at -f.
class ToneRefinement {
 public:
  static constexpr size_t kReach = 16;  // bins on each side; the others hold 2 % of the information

  struct Fit {
    Tone tone;
    double variance;        // of the noise, per sample, as this tone's bins show it
    double deviation_bins;  // the Cramer-Rao bound of `tone.bins` under that noise
  };

  // frames: the N of the spectra.
  void configure(size_t frames) { frames_ = static_cast<double>(frames); }

  // Audio thread only. Wait-free; takes time in proportion to the number of tones. The tone at
  // `index` after one step; it moves by half a bin at most.
  Fit refine(const Spectrum& bare, std::span<const Tone> tones,
             size_t index) const noexcept REALTIME;

 private:
  static constexpr size_t kBand = 2 * kReach + 2;  // even: two lanes at a time

  struct Band;
  struct Cotangents;
  struct Equations;

  Band band_around(const Spectrum& bare, double bins) const noexcept REALTIME;
  Cotangents cotangents(const Tone& tone, const Band& band) const noexcept REALTIME;
  void subtract(const Tone& tone, Band& band) const noexcept REALTIME;
  Equations linearize(const Tone& tone, const Band& band) const noexcept REALTIME;

  double frames_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_TONE_REFINEMENT_H_
