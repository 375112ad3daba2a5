#include "dsp/resampler_kernel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "dsp/lanes.h"
#include "dsp/window.h"

namespace quanta {
namespace {

// Half the filter's length in frames of the lower rate F. A transition from 0.45 F to 0.55 F then
// has 7.95 + 2.285 * 2 pi * 0.1 * (2 * 35) = 108.4 dB of attenuation, for which the window needs
// beta = 0.1102 * (108.4 - 8.7) (J. F. Kaiser, "Nonrecursive digital filter design using the
// I0-sinh window function", ISCAS 1974, as in Oppenheim and Schafer, section 7.5.3).
constexpr uint32_t kHalfLength = 35;
constexpr double kBeta = 10.99;

// Rows per frame of the lower rate. Between them, a sine of w radians per such frame is off by
// (w / 512)^2 / 8 at most: -108 dB at 0.45 F, in images of -120 dB each.
constexpr uint32_t kRowsPerFrame = 512;

constexpr uint32_t kLanes = 4;
constexpr uint32_t kTapsPerStep = 4 * kLanes;

// Four sums at once hide the latency of the additions. The order is part of the result.
struct Sums {
  Float4 a = {}, b = {}, c = {}, d = {};

  void add(const float* row, const float* frames) noexcept REALTIME {
    a += load4(row) * load4(frames);
    b += load4(row + kLanes) * load4(frames + kLanes);
    c += load4(row + 2 * kLanes) * load4(frames + 2 * kLanes);
    d += load4(row + 3 * kLanes) * load4(frames + 3 * kLanes);
  }

  float total() const noexcept REALTIME {
    const Float4 lanes = (a + b) + (c + d);
    return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
  }
};

uint32_t round_up(uint32_t value, uint32_t step) { return (value + step - 1) / step * step; }

}  // namespace

RateRatio RateRatio::of(uint32_t in_rate_hz, uint32_t out_rate_hz) {
  const uint32_t common = std::gcd(in_rate_hz, out_rate_hz);
  return {out_rate_hz / common, in_rate_hz / common};
}

uint64_t RateRatio::out_frames(uint64_t in_frames) const noexcept REALTIME {
  const uint64_t periods = in_frames / in;
  const uint64_t rest = in_frames % in;
  return periods * out + (rest * out + in - 1) / in;
}

bool ResamplerKernel::configure(Arena& arena, uint32_t in_rate_hz, uint32_t out_rate_hz,
                                Positions positions) {
  ResamplerKernel next;
  next.ratio_ = RateRatio::of(in_rate_hz, out_rate_hz);
  const auto [out, in] = next.ratio_;
  // The delay is a whole number of output frames, so that output frames lie where input instants
  // are counted from; the filter is as long as that delay allows.
  next.delay_frames_ = out > in ? (kHalfLength * out + in - 1) / in : kHalfLength;
  const uint64_t twice_half = 2 * uint64_t{next.delay_frames_} * in;
  const auto reach = static_cast<uint32_t>((twice_half + out - 1) / out);
  next.taps_ = round_up(reach, kTapsPerStep);
  next.on_grid_ = positions == Positions::kGrid && size_t{out} * next.taps_ <= kMaxGridFloats;
  const uint32_t lower_rate_rows = out < in ? (kRowsPerFrame * out + in - 1) / in : kRowsPerFrame;
  next.rows_ = next.on_grid_ ? out : lower_rate_rows;
  // Interpolation needs the row at the end of the frame, too.
  const size_t row_count = next.rows_ + (next.on_grid_ ? 0 : 1);
  next.table_ = arena.take<float>(row_count * next.taps_);
  if (next.table_.empty()) return false;
  for (size_t row = 0; row < row_count; ++row) {
    next.fill_row(next.table_.subspan(row * next.taps_, next.taps_),
                  static_cast<double>(row) / next.rows_);
  }
  *this = next;
  return true;
}

void ResamplerKernel::fill_row(std::span<float> row, double place) const {
  const KaiserWindow window(kBeta);
  const double half = static_cast<double>(delay_frames_) * ratio_.in / ratio_.out;
  const double cutoff = std::min(1.0, static_cast<double>(ratio_.out) / ratio_.in);
  double sum = 0;
  for (size_t tap = 0; tap < row.size(); ++tap) {
    const double distance = static_cast<double>(row.size() - 1 - tap) + place - half;
    const double value = sinc(cutoff * distance) * window(distance / half);
    row[tap] = static_cast<float>(value);
    sum += value;
  }
  for (float& value : row) value = static_cast<float>(static_cast<double>(value) / sum);
}

float ResamplerKernel::at(uint32_t row, const float* oldest) const noexcept REALTIME {
  const float* coefficients = table_.data() + size_t{row} * taps_;
  Sums sums;
  for (uint32_t tap = 0; tap < taps_; tap += kTapsPerStep) {
    sums.add(coefficients + tap, oldest + tap);
  }
  return sums.total();
}

float ResamplerKernel::between(uint32_t row, float part,
                               const float* oldest) const noexcept REALTIME {
  const float* coefficients = table_.data() + size_t{row} * taps_;
  Sums before;
  Sums after;
  for (uint32_t tap = 0; tap < taps_; tap += kTapsPerStep) {
    before.add(coefficients + tap, oldest + tap);
    after.add(coefficients + taps_ + tap, oldest + tap);
  }
  const float start = before.total();
  return start + part * (after.total() - start);
}

}  // namespace quanta
