#include "dsp/peak_search.h"

#include <algorithm>
#include <cmath>

#include "dsp/lanes.h"

namespace quanta {
namespace {

// The powers of noise's bins are exponentially distributed: an eighth of them is below this part of
// their mean, ln(8 / 7).
constexpr float kEighthOfNoise = 0.133531393F;
constexpr float kThreshold = 32;    // of a peak's power to the noise
constexpr double kSideLobes = 1.5;  // of a peak to the side lobes that are expected where it is

// A value that an eighth of the powers are not above, to 6 %: bit by bit from the highest, as
// floats that are not negative are ordered like their bits. Every other group of four tells enough.
float low_eighth(std::span<const float> powers) noexcept REALTIME {
  constexpr int32_t kHighest = 1 << 30;
  constexpr int32_t kLowest = 1 << 19;
  constexpr size_t kStride = 8;
  const auto wanted = static_cast<int32_t>((powers.size() + kStride - 4) / kStride / 2);
  int32_t found = 0;
  for (int32_t bit = kHighest; bit >= kLowest; bit >>= 1) {
    const Int4 limit = Int4{} + (found | bit);
    Int4 below = {};
    for (size_t i = 0; i + 4 <= powers.size(); i += kStride) {
      below -= bits_of(load4(&powers[i])) < limit;
    }
    if (below[0] + below[1] + below[2] + below[3] <= wanted) found |= bit;
  }
  return __builtin_bit_cast(float, found);
}

}  // namespace

void PeakSearch::configure(const KaiserTransform& window, size_t max_peaks) {
  window_ = window;
  max_peaks_ = std::min(max_peaks, kMaxPeaks);
  begin();
}

void PeakSearch::begin() noexcept REALTIME {
  count_ = 0;
  next_bin_ = 1;
}

bool PeakSearch::step(const Spectrum& windowed) noexcept REALTIME {
  const size_t end = windowed.bins() - 1;  // the last bin has one neighbour only, as bin 0
  const size_t count = std::min(kBlockBins, end - next_bin_);
  for (size_t i = 0; i < count + 2; ++i) {
    const float re = windowed.re[next_bin_ - 1 + i];
    const float im = windowed.im[next_bin_ - 1 + i];
    power_[i] = re * re + im * im;
  }
  if (next_bin_ == 1) offset_ = std::sqrt(static_cast<double>(power_[0]));
  const float noise = low_eighth(std::span(power_).subspan(1, count)) / kEighthOfNoise;
  const Float4 threshold = splat4(kThreshold * noise);
  for (size_t i = 1; i <= count; i += 4) {
    if (any_lane(load4(&power_[i]) > threshold)) keep_peaks(i, std::min(i + 4, count + 1), noise);
  }
  next_bin_ += count;
  return next_bin_ == end;
}

// Of the places first to end - 1 of the block.
void PeakSearch::keep_peaks(size_t first, size_t end, float noise) noexcept REALTIME {
  for (size_t i = first; i < end; ++i) {
    const float power = power_[i];
    const bool highest = power > power_[i - 1] && power >= power_[i + 1];
    if (highest && power > kThreshold * noise) keep({next_bin_ - 1 + i, power, noise});
  }
}

void PeakSearch::keep(const Peak& peak) noexcept REALTIME {
  if (count_ == max_peaks_) {
    if (peak.power <= peaks_[count_ - 1].power) return;
    --count_;
  }
  size_t place = count_;
  for (; place > 0 && peaks_[place - 1].power < peak.power; --place) {
    peaks_[place] = peaks_[place - 1];
  }
  peaks_[place] = peak;
  ++count_;
}

// What the first `kept` peaks may show at a bin.
double PeakSearch::skirts_at(size_t bin, size_t kept) const noexcept REALTIME {
  double sum = offset_ * window_.skirt(static_cast<double>(bin));
  for (size_t i = 0; i < kept; ++i) {
    const auto distance = static_cast<double>(std::max(bin, peaks_[i].bin)) -
                          static_cast<double>(std::min(bin, peaks_[i].bin));
    sum += std::sqrt(static_cast<double>(peaks_[i].power)) * window_.skirt(distance - 1);
  }
  return kSideLobes * sum;
}

void PeakSearch::drop_side_lobes() noexcept REALTIME {
  size_t kept = 0;
  for (size_t i = 0; i < count_; ++i) {
    const Peak peak = peaks_[i];
    const double skirts = skirts_at(peak.bin, kept);
    if (static_cast<double>(peak.power) > skirts * skirts) peaks_[kept++] = peak;
  }
  count_ = kept;
}

}  // namespace quanta
