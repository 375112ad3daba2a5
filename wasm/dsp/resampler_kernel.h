// The low-pass filter of every resampler: a Kaiser-windowed sinc, cut into rows of coefficients,
// one row for each place that an output frame can have between two input frames.
#ifndef QUANTA_DSP_RESAMPLER_KERNEL_H_
#define QUANTA_DSP_RESAMPLER_KERNEL_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "shared/realtime.h"

namespace quanta {

// Output frames per input frame as the fraction out / in in lowest terms.
struct RateRatio {
  uint32_t out = 1;
  uint32_t in = 1;

  // Both rates in hertz, above 0.
  static RateRatio of(uint32_t in_rate_hz, uint32_t out_rate_hz);

  // How many output frames lie at or before the last of in_frames input frames, when frame 0 of
  // both is at the same instant: ceil(in_frames * out / in). Exact while the result is below 2^64.
  uint64_t out_frames(uint64_t in_frames) const noexcept REALTIME;
};

// Linear phase. With F the lower of both rates: flat within 0.0001 dB to 0.45 F, at least 105 dB
// down from 0.55 F up (aliases when the rate falls, images when it rises), -6 dB at 0.5 F. The
// coefficients of every row add up to 1.
class ResamplerKernel {
 public:
  // Where output frames can lie between two input frames.
  enum class Positions {
    kGrid,  // at the steps of the ratio: every row exact, as far as kMaxGridFloats allows
    kAny,   // anywhere: between rows, the nearest two are interpolated
  };

  // Floats of the largest table with a row for every step of the ratio. Larger ones (which only
  // rates without a large common divisor need, such as 44 099 Hz to 16 kHz) are interpolated, with
  // every image below -115 dB; their table is smaller than this, too.
  static constexpr size_t kMaxGridFloats = 65536;

  // Takes the table from the arena. The rates are in [3000, 768000]. False: the arena is full.
  bool configure(Arena& arena, uint32_t in_rate_hz, uint32_t out_rate_hz, Positions positions);

  RateRatio ratio() const noexcept REALTIME { return ratio_; }

  // Input frames that one output frame is made from: a multiple of 16.
  uint32_t taps() const noexcept REALTIME { return taps_; }

  // Output frame k shows the input as it was at the instant of output frame k - delay_frames(),
  // exactly. In input frames that is delay_frames() * ratio().in / ratio().out.
  uint32_t delay_frames() const noexcept REALTIME { return delay_frames_; }

  // True: there is a row for each of ratio().out steps, and at() serves. False: between() serves.
  bool on_grid() const noexcept REALTIME { return on_grid_; }

  // Rows per input frame.
  uint32_t rows() const noexcept REALTIME { return rows_; }

  // The output frame at row / rows() of an input frame after the delay; oldest points to taps()
  // frames, the oldest first.
  float at(uint32_t row, const float* oldest) const noexcept REALTIME;

  // The output frame at (row + part) / rows() of an input frame, 0 <= part <= 1.
  float between(uint32_t row, float part, const float* oldest) const noexcept REALTIME;

 private:
  void fill_row(std::span<float> row, double place) const;

  std::span<float> table_;
  RateRatio ratio_;
  uint32_t taps_ = 0;
  uint32_t rows_ = 0;
  uint32_t delay_frames_ = 0;
  bool on_grid_ = true;
};

}  // namespace quanta

#endif  // QUANTA_DSP_RESAMPLER_KERNEL_H_
