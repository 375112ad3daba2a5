#include "dsp/harmonics.h"

#include <algorithm>
#include <cmath>

#include "dsp/exact_math.h"

namespace quanta {
namespace {

constexpr size_t kTriedPartials = 6;  // the loudest
constexpr uint32_t kTriedNumbers = 10;
constexpr double kLowestHz = 16;
constexpr uint32_t kHighestNumber = 64;
constexpr double kTolerance = 0.08;  // of the fundamental
constexpr double kRangeDb = 60;      // below the loudest, a partial has no say in what fits best
constexpr double kSignificant = 4;   // standard deviations that B has to differ from 0

// A line y = a + b x by weighted least squares, from its sums.
struct Line {
  double w = 0;
  double x = 0;
  double y = 0;
  double xx = 0;
  double xy = 0;

  void add(double weight, double at, double value) noexcept REALTIME {
    w += weight;
    x += weight * at;
    y += weight * value;
    xx += weight * at * at;
    xy += weight * at * value;
  }

  double spread() const noexcept REALTIME { return w * xx - x * x; }

  double slope() const noexcept REALTIME { return (w * xy - x * y) / spread(); }

  double start() const noexcept REALTIME { return (y - slope() * x) / w; }

  double mean() const noexcept REALTIME { return y / w; }

  // Standard deviations, as weights are the reciprocals of variances.
  double slope_error() const noexcept REALTIME { return std::sqrt(w / spread()); }

  double mean_error() const noexcept REALTIME { return std::sqrt(1 / w); }

  double error_at_one() const noexcept REALTIME { return std::sqrt((xx - 2 * x + w) / spread()); }
};

// A series while it is followed upwards.
class Ladder {
 public:
  explicit Ladder(double fundamental_hz) noexcept REALTIME
      : first_square_(fundamental_hz* fundamental_hz),
        unit_hz_(fundamental_hz) {}

  // The number of the partial, or 0.
  uint32_t climb(double hz) noexcept REALTIME {
    const auto guess = static_cast<uint32_t>(std::min(std::round(hz / unit_hz_), 1e6));
    uint32_t best = 0;
    double nearest = kTolerance * unit_hz_;
    for (uint32_t n = guess > 1 ? guess - 1 : 1; n <= guess + 1 && n <= kHighestNumber; ++n) {
      const double distance = std::fabs(hz - n * unit_at(n));
      if (n <= last_ || distance >= nearest) continue;
      nearest = distance;
      best = n;
    }
    if (best != 0) take(best, hz);
    return best;
  }

  uint32_t last() const noexcept REALTIME { return last_; }

 private:
  // f sqrt(1 + B n^2), as far as it is known.
  double unit_at(uint32_t n) const noexcept REALTIME {
    const double square = first_square_ + slope_ * n * n;
    return square > 0 ? std::sqrt(square) : unit_hz_;
  }

  void take(uint32_t n, double hz) noexcept REALTIME {
    last_ = n;
    unit_hz_ = hz / n;
    const double at = static_cast<double>(n) * n;
    // A partial's place says more of the stretch the higher it is.
    line_.add(at, at, unit_hz_ * unit_hz_);
    if (++taken_ < 3) {
      first_square_ = unit_hz_ * unit_hz_;
      return;
    }
    slope_ = line_.slope();
    first_square_ = line_.start();
  }

  Line line_;
  double first_square_;
  double slope_ = 0;
  double unit_hz_;
  uint32_t last_ = 0;
  uint32_t taken_ = 0;
};

}  // namespace

void HarmonicFinder::begin(std::span<const Partial> partials) noexcept REALTIME {
  count_ = std::min(partials.size(), partials_.size());
  double loudest = -1e9;
  for (size_t i = 0; i < count_; ++i) loudest = std::max(loudest, partials[i].level_dbfs);
  for (size_t i = 0; i < count_; ++i) {
    partials_[i] = partials[i];
    weights_[i] = std::max(0.0, 1 + (partials[i].level_dbfs - loudest) / kRangeDb);
  }
  tried_ = {};
  best_ = 0;
  left_to_try_ = std::min(kTriedPartials, count_);
  if (left_to_try_ > 0) pick_next_loudest();
}

bool HarmonicFinder::step() noexcept REALTIME {
  if (left_to_try_ > 0) {
    Numbers numbers{};
    const double score = try_series(tried_hz_ / next_number_, numbers);
    if (score > best_) {
      best_ = score;
      numbers_ = numbers;
    }
    ++next_number_;
    if (next_number_ <= kTriedNumbers && tried_hz_ / next_number_ >= kLowestHz) return false;
    if (--left_to_try_ > 0) pick_next_loudest();
    return false;
  }
  series_ = best_ > 0 ? fit() : HarmonicSeries{};
  return true;
}

void HarmonicFinder::pick_next_loudest() noexcept REALTIME {
  size_t loudest = count_;
  for (size_t i = 0; i < count_; ++i) {
    if (!tried_[i] && (loudest == count_ || weights_[i] > weights_[loudest])) loudest = i;
  }
  tried_[loudest] = true;
  tried_hz_ = partials_[loudest].frequency_hz;
  next_number_ = 1;
}

// What part of the sound a series explains, lowered by the partials that it lacks.
double HarmonicFinder::try_series(double fundamental_hz, Numbers& numbers) const noexcept REALTIME {
  Ladder ladder(fundamental_hz);
  double explained = 0;
  double all = 0;
  double taken = 0;
  for (size_t i = 0; i < count_; ++i) {
    if (weights_[i] == 0) continue;
    all += weights_[i];
    numbers[i] = static_cast<uint8_t>(ladder.climb(partials_[i].frequency_hz));
    if (numbers[i] == 0) continue;
    explained += weights_[i];
    taken += 1;
  }
  return taken == 0 ? 0 : explained / all * std::sqrt(taken / ladder.last());
}

// f and B of the numbered partials.
HarmonicSeries HarmonicFinder::fit() const noexcept REALTIME {
  // No partial is known better than this part of its frequency: strings are not ideal.
  constexpr double kIdeal = 1e-7;
  HarmonicSeries series;
  series.numbers = numbers_;
  Line line;
  for (size_t i = 0; i < count_; ++i) {
    const double n = numbers_[i];
    if (n == 0) continue;
    const double unit = partials_[i].frequency_hz / n;
    const double error = partials_[i].error_hz / n + kIdeal * unit;
    const double deviation = 2 * unit * error;  // of unit^2
    line.add(1 / (deviation * deviation), n * n, unit * unit);
    ++series.count;
  }
  const bool has_slope = series.count > 2;
  const double slope_error = has_slope ? line.slope_error() : 0;
  const bool stretched = has_slope && std::fabs(line.slope()) > kSignificant * slope_error;
  const double slope = stretched ? line.slope() : 0;
  const double square = stretched ? line.start() : line.mean();
  const double error = stretched ? line.error_at_one() : line.mean_error();
  series.inharmonicity = slope / square;
  series.inharmonicity_error = slope_error / square;
  series.fundamental_hz = std::sqrt(square + slope);
  series.fundamental_error_hz = error / (2 * series.fundamental_hz);
  return series;
}

}  // namespace quanta
