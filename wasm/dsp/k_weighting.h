// The K-weighting of ITU-R BS.1770 and the power of what it lets through, for two channels at once.
#ifndef QUANTA_DSP_K_WEIGHTING_H_
#define QUANTA_DSP_K_WEIGHTING_H_

#include <cstddef>

#include "core/archive.h"
#include "dsp/lanes.h"
#include "dsp/magnitude_fit.h"
#include "shared/realtime.h"

namespace quanta {

// A shelf that stands for the head, and the high-pass of the revised low-frequency B curve.
struct KWeightingStages {
  SecondOrderSection shelf;
  SecondOrderSection high_pass;
};

// The standard lists the coefficients for 48 kHz; for other rates they come from the analogue
// prototypes behind that list (B. De Man, "Evaluation of implementations of the EBU R128 loudness
// measurement", AES convention 145, 2018), with the gain at high frequencies that it has at 48 kHz.
// Below 32 kHz the bilinear transform would bend the shelf, and below 3.4 kHz it has none: there
// the shelf is fitted to the listed one's response, within 0.01 dB up to 0.4 of the rate, 0.4 dB
// beyond.
KWeightingStages k_weighting_stages(double rate_hz) noexcept REALTIME;

class KWeighting {
 public:
  void configure(float rate_hz);

  // Audio thread only. Wait-free. Weights more frames and adds up their squares; the samples are
  // finite.
  void add(const float* left, const float* right, size_t frames) noexcept REALTIME;

  // The sum of squares of each channel since the last call.
  Double2 take_sum() noexcept REALTIME;

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME { a.values(shelf_, high_pass_, sum_); }

 private:
  // A stage in direct form II, transposed.
  struct State {
    Double2 z1 = {};
    Double2 z2 = {};
  };

  KWeightingStages stages_{};
  State shelf_;
  State high_pass_;
  Double2 sum_ = {};
};

}  // namespace quanta

#endif  // QUANTA_DSP_K_WEIGHTING_H_
