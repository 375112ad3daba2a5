// Frequency, amplitude and phase of a sine from the three bins at its peak.
#ifndef QUANTA_DSP_TONE_INVERSION_H_
#define QUANTA_DSP_TONE_INVERSION_H_

#include <cstddef>

#include "dsp/kaiser_transform.h"
#include "dsp/spectrum.h"
#include "dsp/tone.h"
#include "shared/realtime.h"

namespace quanta {

// The transform K of a Kaiser window is known in closed form, so no interpolation formula is
// needed: the bins at k - 1, k and k + 1 of a tone at k + d hold a K(-1 - d), a K(-d) and a K(1 -
// d) (with the phases turned to the frame's centre, where K is real), and their ratio
//
//   (K(1 - d) - K(1 + d)) / K(d) = Re((Z[k+1] - Z[k-1]) / Z[k])
//
// grows with d and is inverted by Newton's method to the last digit. Of the ratios of three bins it
// is among those that noise moves least: 2.6 times the Cramer-Rao bound at d = 0, 2.95 times at
// d = 1/2 for beta = 12, of which 2.2 is the window's share. The mirror image at -(k + d) is taken
// out with the first result before the second and last.
class ToneInversion {
 public:
  // For no window: to be assigned before use.
  constexpr ToneInversion() = default;

  explicit ToneInversion(double beta);

  // Audio thread only. Wait-free. The tone whose peak is at this bin, 1 to N / 2 - 1, of a frame
  // under the window. The result is within one bin of the peak.
  Tone invert(const Spectrum& windowed, size_t peak) const noexcept REALTIME;

  // Standard deviation of the result's bins under white noise of this variance per sample.
  double deviation_bins(const Tone& tone, size_t frames, double variance) const noexcept REALTIME;

  // Mean of |Z|^2 / N over the bins of white noise, whose variance is 1.
  double noise_gain() const noexcept REALTIME { return square_mean_; }

  const KaiserTransform& window() const noexcept REALTIME { return window_; }

 private:
  struct Bins;

  KaiserTransform::Point ratio(double offset) const noexcept REALTIME;
  double offset_of(double ratio) const noexcept REALTIME;
  Tone fit(const Bins& bins, double peak, double scale) const noexcept REALTIME;

  KaiserTransform window_;
  double square_mean_ = 0;    // of the window
  double square_at_two_ = 0;  // transform of the window's square, two bins off
  double largest_ratio_ = 0;
  double first_slope_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_TONE_INVERSION_H_
