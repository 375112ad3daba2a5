#include "dsp/loudness_histogram.h"

#include <algorithm>

#include "dsp/exact_math.h"
#include "dsp/lanes.h"

namespace quanta {
namespace {

constexpr double kLowestLufs = -70;
constexpr double kBinsPerLu = 10;
constexpr size_t kBins = 1000;  // up to +30 LUFS; the last bin takes what is louder
// BS.1770-4: a sine of 997 Hz and full scale in one front channel reads -3.01 LUFS.
constexpr double kOffset = -0.691;
// A mean square that no sound has.
constexpr double kLoudest = 1e100;

size_t bin_of(double lufs) noexcept REALTIME {
  const double bin = (lufs - kLowestLufs) * kBinsPerLu;
  if (!(bin > 0)) return 0;
  return bin < kBins ? static_cast<size_t>(bin) : kBins - 1;
}

uint32_t count_of(std::span<const uint32_t> bins) noexcept REALTIME {
  uint32_t count = 0;
  for (const uint32_t bin : bins) count += bin;
  return count;
}

}  // namespace

double loudness_of(double mean_square) noexcept REALTIME {
  return kOffset + power_to_db(mean_square);
}

bool LoudnessHistogram::configure(Arena& arena) {
  power_ = arena.take<double>(kBins);
  count_ = arena.take<uint32_t>(kBins);
  clear();
  return !power_.empty() && !count_.empty();
}

void LoudnessHistogram::add(double mean_square) noexcept REALTIME {
  const double lufs = loudness_of(mean_square);
  if (!(lufs > kLowestLufs)) return;
  const size_t bin = bin_of(lufs);
  power_[bin] += mean_square;
  ++count_[bin];
  total_power_ += mean_square;
  ++total_count_;
}

void LoudnessHistogram::archive(Archive& a) noexcept REALTIME {
  a.values(total_count_, total_power_);
  if (a.loading() && total_count_ == 0) clear();
  if (total_count_ == 0) return;
  a.list(power_);
  a.list(count_);
  if (a.loading()) a.check(plausible());
}

// The searches for a percentile end at a block that must be there.
bool LoudnessHistogram::plausible() const noexcept REALTIME {
  uint64_t blocks = 0;
  for (size_t bin = 0; bin < kBins; ++bin) {
    const double mean = power_[bin] / count_[bin];
    blocks += count_[bin];
    if (count_[bin] == 0 && power_[bin] == 0) continue;
    if (!(mean > 0 && mean < kLoudest)) return false;
    // A sum of many errs, which may move a mean across the edge of a bin.
    const size_t found = bin_of(loudness_of(mean));
    if (found > bin + 1 || found + 1 < bin) return false;
  }
  const double total = sum(power_);
  return blocks == total_count_ && total_power_ > 0.999 * total && total_power_ < 1.001 * total;
}

size_t LoudnessHistogram::first_above(double relative_gate_lu) const noexcept REALTIME {
  const double gate = total_power_ / total_count_ * exact_exp2(-relative_gate_lu * kLog2Of10 / 10);
  const size_t bin = bin_of(loudness_of(gate));
  // The gate lies inside this bin: its blocks pass together, when their mean does.
  return power_[bin] >= gate * count_[bin] ? bin : bin + 1;
}

double LoudnessHistogram::gated_mean_square(double relative_gate_lu) const noexcept REALTIME {
  if (total_count_ == 0) return 0;
  const size_t first = first_above(relative_gate_lu);
  return sum(power_.subspan(first)) / count_of(count_.subspan(first));
}

double LoudnessHistogram::spread_lu(double relative_gate_lu, double low,
                                    double high) const noexcept REALTIME {
  if (total_count_ == 0) return 0;
  const size_t first = first_above(relative_gate_lu);
  const double last_block = count_of(count_.subspan(first)) - 1.0;
  // The bin of the block of this rank, the softest being 0 (EBU Tech 3342 rounds the rank).
  const auto bin_at = [&](double percentile) {
    const auto rank = static_cast<uint32_t>(last_block * percentile + 0.5);
    size_t bin = first;
    for (uint32_t passed = count_[bin]; passed <= rank; passed += count_[bin]) ++bin;
    return static_cast<double>(bin);
  };
  return (bin_at(high) - bin_at(low)) / kBinsPerLu;
}

void LoudnessHistogram::clear() noexcept REALTIME {
  std::fill(power_.begin(), power_.end(), 0.0);
  std::fill(count_.begin(), count_.end(), 0U);
  total_power_ = 0;
  total_count_ = 0;
}

}  // namespace quanta
