// What can be set on a mixer. Values outside the stated ranges, and such that are no numbers, are
// the sender's error: the border refuses them.
#ifndef QUANTA_ENGINE_MIXER_SETTINGS_H_
#define QUANTA_ENGINE_MIXER_SETTINGS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "dsp/biquad.h"
#include "dsp/compressor.h"
#include "dsp/gate.h"
#include "dsp/limiter.h"
#include "shared/layout.h"

namespace quanta {

// A fader at or below this is shut: the gain is 0.
inline constexpr float kFaderShutDb = -100;

inline constexpr size_t kBands = 4;

// The shape of each band of a strip, in the order in which the signal passes them.
inline constexpr std::array<BiquadShape, kBands> kBandShapes = {
    BiquadShape::kLowShelf, BiquadShape::kPeak, BiquadShape::kPeak, BiquadShape::kHighShelf};

// Frequencies from 10 Hz up, Q from 0.1 to 20, gains of bands from -24 to 24 dB; the others as in
// the headers of dsp/.
struct StripSetting {
  float gain_db = 0;  // to 24
  float pan = 0;      // -1 left to 1 right, after pan.h
  bool mute = false;  // wins over solo
  bool solo = false;  // while any strip is solo, those that are not are silent
  BiquadSetting high_pass{80, 0.70710678F, 0, false};
  std::array<BiquadSetting, kBands> bands = {
      BiquadSetting{100, 0.70710678F, 0, true}, BiquadSetting{400, 1, 0, true},
      BiquadSetting{2500, 1, 0, true}, BiquadSetting{8000, 0.70710678F, 0, true}};
  GateSetting gate;
  CompressorSetting compressor;
  // The input whose level drives the compressor; kInputs: the strip's own.
  uint32_t compressor_key = kInputs;
};

struct MasterSetting {
  float gain_db = 0;  // to 24
  LimiterSetting limiter;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_MIXER_SETTINGS_H_
