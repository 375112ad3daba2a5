// Finds how much faster or slower than its nominal rate a source runs, from the fill of its FIFO.
#ifndef QUANTA_DSP_FILL_LOOP_H_
#define QUANTA_DSP_FILL_LOOP_H_

#include "shared/realtime.h"

namespace quanta {

// A second-order loop: proportional plus integral control of the smoothed fill, critically damped,
// as in F. Adriaensen, "Controlling adaptive resampling" (Linux Audio Conference 2012). It begins
// fast and grows slower with age, so that it locks in seconds and then does not follow the jitter
// of the bursts in which the source pushes.
class FillLoop {
 public:
  static constexpr double kMaxCorrection = 500e-6;

  // The source's nominal rate in hertz.
  void configure(double rate_hz);

  // The fill has been set to its target: forgets the errors, keeps the drift, and hurries.
  void restart() noexcept REALTIME;

  // Begins anew to be fast.
  void hurry() noexcept REALTIME { age_seconds_ = 0; }

  // Drops the correction: the clocks are taken to agree.
  void release() noexcept REALTIME { correction_ = drift_ = 0; }

  // The fill was that many frames above its target for that long.
  void observe(double error_frames, double seconds) noexcept REALTIME;

  // Lets what was observed change the correction.
  void correct(double seconds) noexcept REALTIME;

  // Relative to the nominal rate: 1e-4 reads the FIFO 100 ppm faster. At most kMaxCorrection.
  double correction() const noexcept REALTIME { return correction_; }

  // The lasting part of the correction: the difference of the clocks as far as it is known.
  double drift() const noexcept REALTIME { return drift_; }

  // True: it has had time to find the drift since it last began to hurry.
  bool settled() const noexcept REALTIME;

  // Mean error of the fill in frames, and how far the fill strays from that on average.
  double error_frames() const noexcept REALTIME { return smooth_frames_; }

  double spread_frames() const noexcept REALTIME { return spread_frames_; }

 private:
  double speed() const noexcept REALTIME;

  double rate_hz_ = 48000;
  double age_seconds_ = 0;
  double half_smooth_frames_ = 0;  // behind the first of two equal low-passes
  double smooth_frames_ = 0;
  double spread_frames_ = 0;
  double drift_ = 0;
  double correction_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_FILL_LOOP_H_
