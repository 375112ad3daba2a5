// The Fourier transform of the Kaiser window, in closed form.
#ifndef QUANTA_DSP_KAISER_TRANSFORM_H_
#define QUANTA_DSP_KAISER_TRANSFORM_H_

#include "shared/realtime.h"

namespace quanta {

// K(d) = sinh(r) / r * beta / sinh(beta), r^2 = beta^2 - (pi d)^2, or sin for r^2 < 0, at d bins of
// a frame as long as the window (J. F. Kaiser, R. W. Schafer, "On the use of the I0-sinh window for
// spectrum analysis", IEEE Trans. ASSP 28, 1980, eq. 3). It is real because the window's centre is
// the origin, and 1 at 0. The transform of a window of N samples is N mean() K(d); aliases and the
// first sample, which is left out, add 1e-4 for beta = 12.
class KaiserTransform {
 public:
  struct Point {
    double value;
    double slope;  // per bin
  };

  // Of no window: to be assigned before use.
  constexpr KaiserTransform() = default;

  // beta is in [1, 30].
  explicit KaiserTransform(double beta);

  // Any thread. Wait-free.
  double operator()(double bins) const noexcept REALTIME { return at(bins).value; }

  Point at(double bins) const noexcept REALTIME;

  // No side lobe further out than this many bins is above the result of skirt() there.
  double skirt(double bins) const noexcept REALTIME;

  // Where the main lobe ends, in bins from its middle.
  double half_width_bins() const noexcept REALTIME { return half_width_bins_; }

  // Mean of the window, whose middle is 1: sinh(beta) / (beta I0(beta)).
  double mean() const noexcept REALTIME { return mean_; }

 private:
  double beta_square_ = 0;
  double scale_ = 0;  // beta / sinh(beta)
  double mean_ = 0;
  double half_width_bins_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_KAISER_TRANSFORM_H_
