// Level of a block of samples, and the ballistics of the meters that show it.
#ifndef QUANTA_DSP_LEVEL_H_
#define QUANTA_DSP_LEVEL_H_

#include <cstdint>
#include <span>

#include "core/archive.h"
#include "shared/realtime.h"

namespace quanta {

// What one pass over a block of one channel finds. NaN and infinite samples count as 0.
struct BlockLevel {
  float peak = 0;         // largest magnitude, linear
  double sum_square = 0;  // of all samples, linear
  uint32_t bad_samples = 0;
};

// Any thread. Wait-free. The result does not depend on SIMD: four lanes are added in a fixed order.
BlockLevel measure_level(std::span<const float> samples) noexcept REALTIME;

// Joins the levels of two parts of one block.
BlockLevel operator+(const BlockLevel& a, const BlockLevel& b) noexcept REALTIME;

// Meter of one channel. The peak rises at once and falls 20 dB in 1.7 s (IEC 60268-10, type I); the
// RMS is the square root of the mean square through a one-pole low-pass of 300 ms.
class LevelMeter {
 public:
  void configure(float rate_hz);

  void update(const BlockLevel& block, uint32_t frames) noexcept REALTIME;

  float peak() const noexcept REALTIME { return peak_; }

  float rms() const noexcept REALTIME;

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME { a.values(peak_, mean_square_); }

 private:
  float rate_hz_ = 48000;
  float peak_ = 0;
  double mean_square_ = 0;
  // The decays over one block are kept while the length stays the same, as it does in a session.
  uint32_t frames_ = 0;
  float peak_fall_ = 0;
  double square_keep_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_LEVEL_H_
