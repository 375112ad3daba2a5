#include "dsp/limiter.h"

#include <algorithm>

#include "dsp/exact_math.h"
#include "dsp/lanes.h"
#include "dsp/one_pole.h"
#include "dsp/true_peak.h"

namespace quanta {
namespace {

constexpr size_t kStep = 4;
// The gain comes down within two averages of this length, one after the other.
constexpr double kAverageSeconds = 0.00075;
// A peak behind sample q is made up of samples q - 15 to q + 16, and known when the last is there.
constexpr size_t kReachBack = kFinePeakTaps / 2 - 1;
constexpr size_t kReachAhead = kFinePeakTaps / 2;
// The standard's interpolator has fewer taps, round the same centre.
constexpr size_t kMargin = (kFinePeakTaps - kTruePeakTaps) / 2;
// Gains are averaged as multiples of 2^-24.
constexpr double kGainUnits = 16777216;
// 3 dB, several times what the standard's interpolator hides of any tone.
constexpr float kNear = 0.7F;

// At the samples and at the standard's points between them.
Float4 coarse_peaks(const float* taps) noexcept REALTIME {
  return max4(abs4(load4(taps + kReachAhead)), interpolated_peaks(taps + kMargin));
}

}  // namespace

double Limiter::Average::push(double value) noexcept REALTIME {
  sum += value - ring[next];
  ring[next] = value;
  next = next + 1 == ring.size() ? 0 : next + 1;
  return sum;
}

void Limiter::Average::clear(double value) noexcept REALTIME {
  std::fill(ring.begin(), ring.end(), value);
  sum = value * static_cast<double>(ring.size());
  next = 0;
}

bool Limiter::configure(Arena& arena, const RampShape& ramp, float rate_hz) {
  *this = Limiter();
  rate_hz_ = static_cast<double>(rate_hz);
  const auto average = static_cast<size_t>(kAverageSeconds * rate_hz_ + 1.5);
  const size_t smoothing = 2 * average - 1;  // frames that one gain is spread over
  delay_frames_ = static_cast<uint32_t>(smoothing - 1 + kReachAhead + kReachBack);
  for (Average& a : averages_) a.ring = arena.take<double>(average);
  for (std::span<float>& line : lines_) line = arena.take<float>(delay_frames_ + kBlock);
  // A peak is held until all that makes it up has passed.
  const bool held = held_.configure(arena, delay_frames_ + 1);
  if (!held || averages_[1].ring.empty() || lines_[1].empty()) return false;
  const LimiterSetting off;
  lanes_.configure(ramp, {static_cast<float>(db_to_gain(static_cast<double>(off.ceiling_db))), 0});
  set(off);
  return true;
}

void Limiter::clear() noexcept REALTIME {
  gain_ = 1;
  lowest_gain_ = 1;
  held_.clear();
  averages_[0].clear(kGainUnits);
  averages_[1].clear(averages_[0].sum);
  for (const std::span<float>& line : lines_) std::fill(line.begin(), line.end(), 0.0F);
}

void Limiter::set(const LimiterSetting& setting) noexcept REALTIME {
  const auto ceiling = static_cast<float>(db_to_gain(static_cast<double>(setting.ceiling_db)));
  if (neutral()) {
    lanes_.jump({ceiling, 0});
    clear();
  }
  rise_ = one_pole_step(setting.release_ms, rate_hz_);
  lanes_.set({ceiling, setting.on ? 1.0F : 0.0F});
}

void Limiter::archive(Archive& a) noexcept REALTIME {
  a.values(gain_, lowest_gain_);
  held_.archive(a);
  for (Average& average : averages_) {
    a.list(average.ring);
    a.values(average.sum);
    a.index(average.next, average.ring.size());
  }
  // What lies behind these is of the last block.
  for (const std::span<float>& line : lines_) a.list(line.first(delay_frames_));
  lanes_.archive(a);
}

float Limiter::take_lowest_gain() noexcept REALTIME {
  const float lowest = neutral() ? 1 : lowest_gain_;
  lowest_gain_ = 1;
  return lowest;
}

void Limiter::process(std::span<float> left, std::span<float> right) noexcept REALTIME {
  if (neutral()) return;
  while (!left.empty()) {
    const size_t count = std::min(left.size(), kBlock);
    process_block(left.first(count), right.first(count));
    left = left.subspan(count);
    right = right.subspan(count);
  }
}

// The largest true peak of both channels at each frame; those past the last are of no use. The
// finer interpolator costs most: it runs where the standard's comes near the ceiling.
void Limiter::detect(Values& peaks, const Values& ceilings, size_t frames) const noexcept REALTIME {
  for (size_t i = 0; i < frames; i += kStep) {
    const size_t first = delay_frames_ + i - (kFinePeakTaps - 1);
    const float* left = lines_[0].data() + first;
    const float* right = lines_[1].data() + first;
    const Float4 coarse = max4(coarse_peaks(left), coarse_peaks(right));
    const Int4 near = coarse > load4(&ceilings[i]) * kNear;
    Float4 fine = {};
    if (any_lane(near)) fine = max4(fine_peaks(left), fine_peaks(right));
    store4(&peaks[i], max4(coarse, from_bits(bits_of(fine) & near)));
  }
}

// The gain that keeps the held peak at the ceiling: down at once, back with the release time, and
// then along both averages.
float Limiter::gain_for(float peak, float ceiling) noexcept REALTIME {
  const float held = held_.push(peak);
  const double target =
      held > ceiling ? static_cast<double>(ceiling) / static_cast<double>(held) : 1;
  gain_ = approach(gain_, target, rise_, 1);
  const double units = static_cast<int32_t>(gain_ * kGainUnits);
  const double sum = averages_[1].push(averages_[0].push(units));
  const auto length = static_cast<double>(averages_[0].ring.size());
  return static_cast<float>(sum / (kGainUnits * length * length));
}

void Limiter::process_block(std::span<float> left, std::span<float> right) noexcept REALTIME {
  const size_t count = left.size();
  const std::span<float> channels[] = {left, right};
  for (size_t c = 0; c < 2; ++c) {
    std::copy(channels[c].begin(), channels[c].end(), lines_[c].begin() + delay_frames_);
  }
  Values gains;
  Values ceilings{};
  Values amounts;
  lanes_.fill({ceilings.data(), amounts.data()}, static_cast<uint32_t>(count));
  detect(gains, ceilings, count);
  for (size_t i = 0; i < count; ++i) {
    gains[i] = gain_for(gains[i], ceilings[i]);
    lowest_gain_ = std::min(lowest_gain_, gains[i]);
  }
  for (size_t c = 0; c < 2; ++c) {
    const std::span<float> line = lines_[c];
    for (size_t i = 0; i < count; ++i) {
      const float limited = line[i] * gains[i];
      const float dry = channels[c][i];
      channels[c][i] = amounts[i] == 1 ? limited : dry + amounts[i] * (limited - dry);
    }
    std::copy(line.begin() + static_cast<std::ptrdiff_t>(count),
              line.begin() + static_cast<std::ptrdiff_t>(count) + delay_frames_, line.begin());
  }
}

}  // namespace quanta
