// The ballistics of a VU meter, for two channels at once.
#ifndef QUANTA_DSP_VU_METER_H_
#define QUANTA_DSP_VU_METER_H_

#include <cstddef>
#include <cstdint>

#include "core/archive.h"
#include "dsp/lanes.h"
#include "shared/realtime.h"

namespace quanta {

// IEC 60268-17: shows the rectified average in sine's terms; when a tone sets in, the needle
// reaches 99 % of it after 300 ms and swings over by 1 to 1.5 %. A needle is a damped spring, here
// one of second order that is moved every millisecond. Shows 1 for a sine of full scale; where 0 VU
// lies is for the display to say.
//
// The readings do not depend on how the signal is cut into blocks.
class VuMeter {
 public:
  void configure(float rate_hz);

  // Audio thread only. Wait-free. Samples are finite.
  void update(const float* left, const float* right, size_t frames) noexcept REALTIME;

  float left() const noexcept REALTIME { return reading(0); }

  float right() const noexcept REALTIME { return reading(1); }

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME {
    a.index(step_filled_, step_frames_);
    a.values(sum_, s1_, s2_, needle_);
  }

 private:
  void move_needle() noexcept REALTIME;
  float reading(int channel) const noexcept REALTIME;

  uint32_t step_frames_ = 48;
  uint32_t step_filled_ = 0;
  Double2 sum_ = {};  // of the magnitudes of the running step
  // A trapezoidal state-variable filter, as in biquad.h; the needle is its low-pass.
  double a1_ = 0;
  double a2_ = 0;
  double a3_ = 0;
  Double2 s1_ = {};
  Double2 s2_ = {};
  Double2 needle_ = {};
};

}  // namespace quanta

#endif  // QUANTA_DSP_VU_METER_H_
