// A noise gate for a stereo signal.
#ifndef QUANTA_DSP_GATE_H_
#define QUANTA_DSP_GATE_H_

#include <cstdint>
#include <span>

#include "core/archive.h"
#include "dsp/lanes.h"
#include "dsp/smoother.h"
#include "shared/realtime.h"

namespace quanta {

struct GateSetting {
  float threshold_db = -50;  // dBFS of the louder channel's samples
  float range_db = -60;      // gain of what is below the threshold
  float attack_ms = 1;       // time constants of the gain: 63 % of the way
  float hold_ms = 50;        // how long it stays open after the last sample above the threshold
  float release_ms = 100;
  bool on = false;
};

// Both channels get one gain, which a sample at or above the threshold in either opens.
class Gate {
 public:
  // Starts off, and open. The ramp outlives the gate.
  void configure(const RampShape& ramp, float rate_hz);

  // Applies from the next frame on; being switched fades in and out.
  void set(const GateSetting& setting) noexcept REALTIME;

  // Whether a fade in or out has ended.
  bool settled() const noexcept REALTIME { return amount_.settled(); }

  // Whether process() leaves the samples as they are, because it is off.
  bool neutral() const noexcept REALTIME { return settled() && amount_.target()[0] == 0; }

  // Audio thread only. Wait-free. In place. The result does not depend on the blocks.
  void process(std::span<Double2> frames) noexcept REALTIME;

  // Gain after the last frame, linear; 1: open.
  float gain() const noexcept REALTIME { return neutral() ? 1 : static_cast<float>(gain_); }

  // Audio thread only. Wait-free. What is not a matter of the last setting: see archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  void step(double magnitude) noexcept REALTIME;

  double rate_hz_ = 48000;
  double threshold_ = 0;
  double floor_ = 0;
  double rise_ = 1;
  double fall_ = 1;
  uint32_t hold_frames_ = 0;
  uint32_t hold_left_ = 0;
  double gain_ = 1;
  Smoother<1> amount_;  // how much of the gain applies, 0 to 1
};

}  // namespace quanta

#endif  // QUANTA_DSP_GATE_H_
