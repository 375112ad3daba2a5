#include "dsp/partials.h"

#include <cmath>
#include <numbers>

#include "dsp/exact_math.h"

namespace quanta {

void PartialFinder::configure(size_t frames, double rate_hz, const Options& options) {
  *this = PartialFinder();
  inversion_ = ToneInversion(options.beta);
  search_.configure(inversion_.window(), options.max_partials);
  refinement_.configure(frames);
  frames_ = static_cast<double>(frames);
  bin_hz_ = rate_hz / frames_;
  sweeps_ = options.sweeps;
}

void PartialFinder::begin(const Spectrum& windowed) noexcept REALTIME {
  begin(windowed, Spectrum{});
}

void PartialFinder::begin(const Spectrum& windowed, const Spectrum& bare) noexcept REALTIME {
  windowed_ = windowed;
  bare_ = bare;
  search_.begin();
  stage_ = Stage::kSearch;
  next_ = 0;
  sweep_ = 0;
}

bool PartialFinder::step() noexcept REALTIME {
  switch (stage_) {
    case Stage::kSearch:
      if (!search_.step(windowed_)) break;
      search_.drop_side_lobes();
      stage_ = search_.peaks().empty() ? Stage::kList : Stage::kInvert;
      break;
    case Stage::kInvert:
      invert_next();
      break;
    case Stage::kRefine:
      refine_next();
      break;
    case Stage::kList:
      list();
      stage_ = Stage::kDone;
      break;
    case Stage::kDone:
      break;
  }
  return stage_ == Stage::kDone;
}

uint32_t PartialFinder::next_work() const noexcept REALTIME {
  const auto count = static_cast<uint32_t>(search_.peaks().size());
  switch (stage_) {
    case Stage::kSearch:
      return 40;
    case Stage::kInvert:
      return 60;
    case Stage::kRefine:
      return 50 + 15 * count;  // the others are subtracted
    case Stage::kList:
      return 10 + 20 * count;
    case Stage::kDone:
      break;
  }
  return 0;
}

void PartialFinder::invert_next() noexcept REALTIME {
  const PeakSearch::Peak& peak = search_.peaks()[next_];
  const double variance = static_cast<double>(peak.noise) / (frames_ * inversion_.noise_gain());
  const size_t frames = windowed_.frames();
  tones_[next_] = inversion_.invert(windowed_, peak.bin);
  deviations_[next_] = inversion_.deviation_bins(tones_[next_], frames, variance);
  if (++next_ < search_.peaks().size()) return;
  next_ = 0;
  stage_ = bare_.re.empty() || sweeps_ == 0 ? Stage::kList : Stage::kRefine;
}

void PartialFinder::refine_next() noexcept REALTIME {
  const size_t count = search_.peaks().size();
  const ToneRefinement::Fit fit = refinement_.refine(bare_, {tones_.data(), count}, next_);
  tones_[next_] = fit.tone;
  deviations_[next_] = fit.deviation_bins;
  if (++next_ < count) return;
  next_ = 0;
  if (++sweep_ == sweeps_) stage_ = Stage::kList;
}

Partial PartialFinder::partial_of(size_t index) const noexcept REALTIME {
  const Tone& tone = tones_[index];
  return {tone.bins * bin_hz_, deviations_[index] * bin_hz_,
          gain_to_db(2 * std::sqrt(tone.square())), std::numbers::pi * atan2_pi(tone.im, tone.re)};
}

// The strongest tone is the first. What lies so far below it is the rounding of its samples.
void PartialFinder::list() noexcept REALTIME {
  constexpr double kRange = 1e-13;
  count_ = 0;
  for (size_t i = 0; i < search_.peaks().size(); ++i) {
    if (tones_[i].square() < kRange * tones_[0].square()) continue;
    const Partial partial = partial_of(i);
    size_t place = count_++;
    for (; place > 0 && partials_[place - 1].frequency_hz > partial.frequency_hz; --place) {
      partials_[place] = partials_[place - 1];
    }
    partials_[place] = partial;
  }
}

}  // namespace quanta
