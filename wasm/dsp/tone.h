// A sine in a frame, as the estimators of frequency pass it on.
#ifndef QUANTA_DSP_TONE_H_
#define QUANTA_DSP_TONE_H_

namespace quanta {

// x[n] = 2 Re(a exp(j 2 pi bins (n - N / 2) / N)) with a = re + j im: the phase is that at the
// frame's centre, the amplitude is 2 |a|.
struct Tone {
  double bins = 0;  // cycles per frame
  double re = 0;
  double im = 0;

  constexpr double square() const noexcept { return re * re + im * im; }
};

}  // namespace quanta

#endif  // QUANTA_DSP_TONE_H_
