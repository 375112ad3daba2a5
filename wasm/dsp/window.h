// The Kaiser window and the sinc that it tapers, with the same bits in every build: made of + - * /
// and sqrt, which IEEE 754 rounds the same everywhere.
#ifndef QUANTA_DSP_WINDOW_H_
#define QUANTA_DSP_WINDOW_H_

#include <span>

namespace quanta {

// Modified Bessel function of the first kind, order 0, relative error below 2e-15 for |x| <= 30.
double bessel_i0(double x);

// sin(pi x) / (pi x) with an error below 1e-15; exactly 1 at 0, exactly 0 at every other integer.
double sinc(double x);

// J. F. Kaiser, R. W. Schafer, "On the use of the I0-sinh window for spectrum analysis" (IEEE
// Trans. ASSP 28, 1980).
class KaiserWindow {
 public:
  explicit KaiserWindow(double beta);

  // x is the distance from the centre as a part of half the window: 1 at 0, 0 where |x| >= 1.
  double operator()(double x) const;

  // The window over a frame of an even number of samples. Its centre lies on a sample, row.size() /
  // 2, and the first sample, which is 0, has no counterpart: so the transform of the frame about
  // that sample is real.
  void fill(std::span<float> row) const;

 private:
  double beta_;
  double scale_;
};

}  // namespace quanta

#endif  // QUANTA_DSP_WINDOW_H_
