// True peak: the largest magnitude of the signal between its samples, after ITU-R BS.1770-4,
// annex 2.
#ifndef QUANTA_DSP_TRUE_PEAK_H_
#define QUANTA_DSP_TRUE_PEAK_H_

#include <array>
#include <cstddef>
#include <span>

#include "core/archive.h"
#include "dsp/lanes.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// The standard's interpolator: four points between two samples, 12 taps each.
inline constexpr size_t kTruePeakTaps = 12;

// Largest magnitude of the four points between samples[lane + 5] and samples[lane + 6], for each of
// four lanes; reads 15 samples. Any thread. Wait-free.
Float4 interpolated_peaks(const float* samples) noexcept REALTIME;

// The same from a finer interpolator, for a limiter: it has to keep a ceiling that any meter may
// check, and the standard's coarse points and their ripple hide up to 0.7 dB. Eleven points between
// samples[lane + 15] and samples[lane + 16], from 32 taps each; reads 35 samples. Of a sine below
// 0.42 of the sample rate it sees all but 0.1 dB.
inline constexpr size_t kFinePeakTaps = 32;

Float4 fine_peaks(const float* samples) noexcept REALTIME;

// Meter of one channel. Reads at least the largest sample. Of a sine below 0.45 of the sample rate
// it shows -0.3 to +0.25 dB, which is the error of the standard's interpolator. The result does not
// depend on how the signal is cut into blocks.
class TruePeakMeter {
 public:
  // Audio thread only. Wait-free. Samples are finite.
  void update(std::span<const float> samples) noexcept REALTIME;

  // Largest magnitude since the start or the last reset, linear; 1 is 0 dBTP.
  float peak() const noexcept REALTIME { return peak_; }

  void reset() noexcept REALTIME { peak_ = 0; }

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME {
    a.list(std::span(window_).first(kHistory));
    a.values(peak_);
  }

 private:
  static constexpr size_t kHistory = kTruePeakTaps - 1;
  static constexpr size_t kBlock = kDefaultQuantumFrames;

  void update_block(std::span<const float> samples) noexcept REALTIME;

  std::array<float, kHistory + kBlock> window_{};  // the last samples, then those of a block
  float peak_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_TRUE_PEAK_H_
