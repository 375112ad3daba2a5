// The second-order filters of R. Bristow-Johnson's "Audio EQ Cookbook", for both channels of a
// stereo signal, whose settings may move while they run.
//
// Each is computed as a trapezoidal state-variable filter (A. Simper, "Solving the continuous SVF
// equations using trapezoidal integration and equivalent currents", 2013), which has the cookbook's
// response but other states. Its step is the Cayley transform of a dissipative system: no setting
// makes the states' Euclidean norm grow by itself, and so neither does a blend of two settings,
// because a convex combination of contractions is one. That makes it stable under any modulation,
// which the direct forms are not.
#ifndef QUANTA_DSP_BIQUAD_H_
#define QUANTA_DSP_BIQUAD_H_

#include <cstdint>
#include <span>

#include "core/archive.h"
#include "dsp/lanes.h"
#include "dsp/smoother.h"
#include "shared/realtime.h"

namespace quanta {

enum class BiquadShape { kHighPass, kLowShelf, kPeak, kHighShelf };

struct BiquadSetting {
  float frequency_hz = 1000;  // taken as 0.49 of the sample rate where it is above
  float q = 0.70710678F;      // above 0; Q of the poles; for shelves as in the cookbook
  float gain_db = 0;          // at the peak or the shelf; not used by the high-pass
  bool on = false;
};

class Biquad {
 public:
  // Starts off. The ramp outlives the filter.
  void configure(const RampShape& ramp, BiquadShape shape, float rate_hz);

  // Heads for a setting, from the next frame on or, where one was on its way, within 16 frames.
  void set(const BiquadSetting& setting) noexcept REALTIME;

  // Whether the last setting has been reached.
  bool settled() const noexcept REALTIME { return steps_left_ == 0 && smoother_.settled(); }

  // Whether process() leaves the samples as they are: off, or a gain of 0 dB, and settled.
  bool neutral() const noexcept REALTIME { return settled() && smoother_.target()[kAmount] == 0; }

  // Audio thread only. Wait-free. Filters in place.
  void process(std::span<Double2> frames) noexcept REALTIME;

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  // State: s1' = p s1 + q (x - s2), s2' = s2 + q s1 + r (x - s2). Output: d x + c1 s1 + c2 s2.
  struct Coefficients {
    double p, q, r, d, c1, c2;
  };

  // Settings change in these lanes: log2 of the frequency, log2 of Q, and what makes the filter
  // neutral at 0: the gain in dB, or of a high-pass how much of it is heard.
  enum Lane { kFrequency, kQ, kAmount };

  using Lanes = Smoother<3>::Value;

  Lanes lanes_of(const BiquadSetting& setting) const noexcept REALTIME;
  Coefficients design(const Lanes& lanes) const noexcept REALTIME;
  void aim() noexcept REALTIME;
  void run_settled(std::span<Double2> frames) noexcept REALTIME;
  void run_moving(std::span<Double2> frames) noexcept REALTIME;
  void flush_denormals() noexcept REALTIME;

  BiquadShape shape_ = BiquadShape::kPeak;
  double rate_hz_ = 48000;
  Smoother<3> smoother_;
  Coefficients now_{};
  Coefficients step_{};  // added on every frame while moving
  Coefficients next_{};  // at the end of the steps
  uint32_t steps_left_ = 0;
  Double2 s1_ = {};
  Double2 s2_ = {};
};

}  // namespace quanta

#endif  // QUANTA_DSP_BIQUAD_H_
