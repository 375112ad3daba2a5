// A compressor for a stereo signal, with a soft knee.
#ifndef QUANTA_DSP_COMPRESSOR_H_
#define QUANTA_DSP_COMPRESSOR_H_

#include <array>
#include <cstddef>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "dsp/lanes.h"
#include "dsp/sliding_max.h"
#include "dsp/smoother.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

struct CompressorSetting {
  float threshold_db = -20;  // dBFS of the louder channel's peaks
  float ratio = 3;           // of input to output above the threshold, in dB; from 1
  float knee_db = 6;         // width of the transition, round the threshold; 0: none
  float attack_ms = 10;      // time constants of the reduction in dB: 63 % of the way
  float release_ms = 150;
  float makeup_db = 0;
  bool on = false;
};

// Feed-forward, in the logarithmic domain, with the knee of D. Giannoulis, M. Massberg and J.
// Reiss, "Digital dynamic range compressor design", J. Audio Eng. Soc. 60 (2012), equation 4. Both
// channels get one gain. The reduction that the static curve asks for is held for 10 ms, so that it
// does not sink between the peaks of a tone of 50 Hz or more; then the one-pole of attack and
// release follows it. A steady tone therefore meets the static curve exactly, whatever the time
// constants.
class Compressor {
 public:
  // Starts off. The ramp outlives the compressor. False: the arena is full.
  bool configure(Arena& arena, const RampShape& ramp, float rate_hz);

  // Heads for a setting from the next frame on.
  void set(const CompressorSetting& setting) noexcept REALTIME;

  // Whether the last setting has been reached.
  bool settled() const noexcept REALTIME { return curve_.settled(); }

  // Whether process() leaves the samples as they are, because it is off.
  bool neutral() const noexcept REALTIME { return settled() && curve_.target()[kAmount] == 0; }

  // Audio thread only. Wait-free. In place; the key is what the level is measured on, as long as
  // the frames and possibly the same. The result does not depend on the blocks.
  void process(std::span<Double2> frames, std::span<const Double2> key) noexcept REALTIME;

  // What it takes away at the last frame, in dB, without the make-up gain; 0 or more.
  float reduction_db() const noexcept REALTIME;

  // Audio thread only. Wait-free. What is not a matter of the last setting: see archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  static constexpr size_t kBlock = kDefaultQuantumFrames;

  // Settings change in these lanes; levels are base-2 logarithms.
  enum Lane { kThreshold, kSlope, kKnee, kMakeup, kAmount, kLanes };

  using Values = std::array<float, kBlock>;

  void process_block(std::span<Double2> frames, std::span<const Double2> key) noexcept REALTIME;
  void follow(Values& reductions, size_t frames) noexcept REALTIME;

  double rate_hz_ = 48000;
  double rise_ = 1;
  double fall_ = 1;
  double reduction_ = 0;  // in octaves
  SlidingMax held_;
  Smoother<kLanes> curve_;
};

}  // namespace quanta

#endif  // QUANTA_DSP_COMPRESSOR_H_
