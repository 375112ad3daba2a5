#include "dsp/loudness.h"

#include <algorithm>
#include <limits>

namespace quanta {
namespace {

constexpr uint32_t kStepsPerSecond = 100;
constexpr uint32_t kMomentarySteps = 40;
constexpr uint32_t kShortTermSteps = 300;
constexpr uint32_t kGatingHopSteps = 10;  // blocks of 400 ms overlap by three quarters

constexpr double kIntegratedGateLu = 10;
// EBU Tech 3342.
constexpr double kRangeGateLu = 20;
constexpr double kRangeLow = 0.1;
constexpr double kRangeHigh = 0.95;

constexpr float kNothing = -std::numeric_limits<float>::infinity();

// Weights of BS.1770-4, table 3, by number of channels; the low-frequency channel does not count.
constexpr double kSurround = LoudnessMeter::kSurroundWeight;
constexpr double kWeights[LoudnessMeter::kMaxChannels][LoudnessMeter::kMaxChannels] = {
    {1},
    {1, 1},
    {1, 1, 1},
    {1, 1, kSurround, kSurround},
    {1, 1, 1, kSurround, kSurround},
    {1, 1, 1, 0, kSurround, kSurround}};

}  // namespace

bool LoudnessMeter::configure(Arena& arena, float rate_hz, uint32_t channels) {
  return configure(arena, rate_hz, std::span(kWeights[channels - 1]).first(channels));
}

bool LoudnessMeter::configure(Arena& arena, float rate_hz, std::span<const double> weights) {
  channels_ = static_cast<uint32_t>(weights.size());
  step_frames_ = static_cast<uint32_t>(rate_hz / kStepsPerSecond + 0.5F);
  const size_t pairs = (weights.size() + 1) / 2;
  pairs_ = arena.take<KWeighting>(pairs);
  weights_ = arena.take<Double2>(pairs);
  powers_ = arena.take<double>(kShortTermSteps);
  if (pairs_.empty() || weights_.empty() || powers_.empty()) return false;
  if (!blocks_.configure(arena) || !short_terms_.configure(arena)) return false;
  for (size_t pair = 0; pair < pairs; ++pair) {
    const size_t right = 2 * pair + 1;
    pairs_[pair].configure(rate_hz);
    weights_[pair] = Double2{weights[2 * pair], right < weights.size() ? weights[right] : 0};
  }
  reset();
  return true;
}

void LoudnessMeter::update(std::span<const float* const> planes, size_t frames) noexcept REALTIME {
  for (size_t done = 0; done < frames;) {
    const size_t count = std::min<size_t>(frames - done, step_frames_ - step_filled_);
    for (size_t channel = 0; channel < channels_; channel += 2) {
      // The last of an odd number stands twice; its second weight is 0.
      const size_t partner = std::min<size_t>(channel + 1, channels_ - 1);
      pairs_[channel / 2].add(planes[channel] + done, planes[partner] + done, count);
    }
    done += count;
    step_filled_ += static_cast<uint32_t>(count);
    if (step_filled_ == step_frames_) finish_step();
  }
}

void LoudnessMeter::archive(Archive& a) noexcept REALTIME {
  a.index(step_filled_, step_frames_);
  for (KWeighting& pair : pairs_) pair.archive(a);
  a.list(powers_);
  a.index(next_step_, kShortTermSteps);
  a.index(steps_seen_, kShortTermSteps + 1);
  blocks_.archive(a);
  short_terms_.archive(a);
  a.values(momentary_, short_term_, integrated_, max_momentary_, max_short_term_);
}

void LoudnessMeter::finish_step() noexcept REALTIME {
  Double2 power = {};
  for (size_t pair = 0; pair < pairs_.size(); ++pair) {
    power += pairs_[pair].take_sum() * weights_[pair];
  }
  powers_[next_step_] = power[0] + power[1];
  next_step_ = (next_step_ + 1) % kShortTermSteps;
  steps_seen_ = std::min(steps_seen_ + 1, kShortTermSteps);
  step_filled_ = 0;
  momentary_ = static_cast<float>(loudness_of(mean_square(kMomentarySteps)));
  short_term_ = static_cast<float>(loudness_of(mean_square(kShortTermSteps)));
  max_momentary_ = std::max(max_momentary_, momentary_);
  max_short_term_ = std::max(max_short_term_, short_term_);
  if (next_step_ % kGatingHopSteps == 0) finish_gating_step();
}

void LoudnessMeter::finish_gating_step() noexcept REALTIME {
  if (steps_seen_ < kMomentarySteps) return;
  blocks_.add(mean_square(kMomentarySteps));
  integrated_ = static_cast<float>(loudness_of(blocks_.gated_mean_square(kIntegratedGateLu)));
  if (steps_seen_ == kShortTermSteps) short_terms_.add(mean_square(kShortTermSteps));
}

// Of the last steps.
double LoudnessMeter::mean_square(size_t steps) const noexcept REALTIME {
  const size_t before_wrap = std::min<size_t>(steps, next_step_);
  const double newest = sum(powers_.subspan(next_step_ - before_wrap, before_wrap));
  const double oldest = sum(powers_.last(steps - before_wrap));
  return (oldest + newest) / static_cast<double>(steps * step_frames_);
}

float LoudnessMeter::range() const noexcept REALTIME {
  return static_cast<float>(short_terms_.spread_lu(kRangeGateLu, kRangeLow, kRangeHigh));
}

void LoudnessMeter::reset() noexcept REALTIME {
  std::fill(powers_.begin(), powers_.end(), 0.0);
  for (KWeighting& pair : pairs_) pair.take_sum();
  step_filled_ = 0;
  next_step_ = 0;
  steps_seen_ = 0;
  blocks_.clear();
  short_terms_.clear();
  momentary_ = short_term_ = integrated_ = max_momentary_ = max_short_term_ = kNothing;
}

}  // namespace quanta
