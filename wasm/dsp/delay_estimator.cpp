#include "dsp/delay_estimator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/cross_spectrum.h"
#include "dsp/exact_math.h"

namespace quanta {
namespace {

// Each end of a frame rises over this part of it, as a half period of a cosine (J. W. Tukey, 1967).
constexpr uint32_t kTaperPart = 32;

// What the taper takes of the independent samples, N sum(w^4) / sum(w^2)^2. An end rises as the
// square of a sine, so the means of its powers are Wallis' products.
constexpr double kEnds = 2.0 / kTaperPart;
constexpr double kMeanSquare = 3.0 / 8;
constexpr double kMeanFourth = kMeanSquare * 5 / 6 * 7 / 8;
constexpr double kInnerSquares = 1 - kEnds * (1 - kMeanSquare);
constexpr double kTaperLoss = (1 - kEnds * (1 - kMeanFourth)) / (kInnerSquares * kInnerSquares);

constexpr uint32_t kTransformSlices = 16;
constexpr double kHypothesisSpacing = 1.0 / 8;  // frames: from -2 to 2
constexpr double kMiddle = kShiftHypotheses / 2.0;
constexpr double kLargestPart = 0.6;  // of a frame; above it, the second frame is cut anew
constexpr uint32_t kMostCuts = 3;
constexpr uint32_t kNewtonSteps = 3;
constexpr size_t kSmoothing = 4;  // neighbours on each side that a block's coherence is taken with
constexpr double kLargestSnr = 1e8;  // what float and the taper leave

// The best lag of noise has a coherence of about half of the chance in one neighbourhood, above
// that by some parts of it over the root of their number: less than once in a thousand by 7.
constexpr double kFoundOverChance = 9;

// Where the parabola through three equal steps is highest, -1/2 to 1/2 of a step from the middle.
double vertex(double before, double middle, double after) noexcept REALTIME {
  const double bend = 2 * middle - before - after;
  return bend > 0 ? std::clamp((after - before) / (2 * bend), -0.5, 0.5) : 0;
}

}  // namespace

bool DelayEstimator::configure(Arena& arena, uint32_t frames, uint32_t max_delay) {
  *this = DelayEstimator();
  if (!take(arena, frames)) return false;
  frames_ = frames;
  max_delay_ = max_delay;
  transform_work_ = fft_.total_work() / kTransformSlices + 1;
  const size_t inner_bins = fft_.bins() - 2;
  block_bins_ = std::max(kSmallestBlock, (inner_bins + kBlocks - 1) / kBlocks);
  block_count_ = inner_bins / block_bins_;
  for (size_t i = 0; i < taper_.size(); ++i) {
    const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(taper_.size());
    taper_[i] = static_cast<float>((1 - cos_pi(place)) / 2);
  }
  return true;
}

bool DelayEstimator::take(Arena& arena, uint32_t frames) {
  if (!fft_.configure(arena, frames)) return false;
  if (!hypotheses_.configure(arena, frames, kHypothesisSpacing)) return false;
  taper_ = arena.take<float>(frames / kTaperPart);
  samples_ = arena.take<float>(frames);
  for (Band* band : {&first_, &second_, &cross_}) {
    band->re = arena.take<float>(fft_.bins());
    band->im = arena.take<float>(fft_.bins());
  }
  return !cross_.im.empty();
}

void DelayEstimator::begin(std::span<const float> first,
                           std::span<const float> second) noexcept REALTIME {
  first_samples_ = first;
  second_samples_ = second;
  whole_ = 0;
  part_ = 0;
  sign_ = 1;
  cuts_ = 0;
  newton_steps_ = 0;
  enter(Stage::kTransformFirst);
}

bool DelayEstimator::step() noexcept REALTIME {
  if (stage_ == Stage::kDone) return true;
  BinRange slice{};
  if (is_transform()) {
    if (fft_.step(transform_work_)) leave();
  } else if (next_slice(slice)) {
    work_on(slice);
  } else {
    leave();
  }
  return stage_ == Stage::kDone;
}

bool DelayEstimator::is_transform() const noexcept REALTIME {
  return stage_ == Stage::kTransformFirst || stage_ == Stage::kTransformSecond ||
         stage_ == Stage::kCorrelate || stage_ == Stage::kTransformAligned;
}

void DelayEstimator::work_on(BinRange slice) noexcept REALTIME {
  const size_t first_block = (slice.first - 1) / block_bins_;
  const size_t end_block = first_block + slice.count / block_bins_;
  switch (stage_) {
    case Stage::kWhiten:
      whiten(slice);
      break;
    case Stage::kWhitenAligned:
      whiten(slice);
      hypotheses_.add(cross_, slice);
      break;
    case Stage::kMeasureCoherence:
      cross_spectrum(first_, second_, CrossWeighting::kPlain, slice, cross_.re, cross_.im);
      for (size_t block = first_block; block < end_block; ++block) measure(block);
      break;
    case Stage::kFollowSlope:
      for (size_t block = first_block; block < end_block; ++block) follow(block);
      break;
    default:
      break;
  }
}

// A stage's results, and the next stage.
void DelayEstimator::leave() noexcept REALTIME {
  switch (stage_) {
    case Stage::kTransformFirst:
      return enter(Stage::kTransformSecond);
    case Stage::kTransformSecond:
      return enter(Stage::kWhiten);
    case Stage::kWhiten:
      return enter(Stage::kCorrelate);
    case Stage::kCorrelate:
      pick_whole_frames();
      return enter(Stage::kTransformAligned);
    case Stage::kTransformAligned:
      return enter(Stage::kWhitenAligned);
    case Stage::kWhitenAligned:
      return enter(pick_hypothesis() ? Stage::kMeasureCoherence : Stage::kTransformAligned);
    case Stage::kMeasureCoherence:
      weigh();
      return enter(Stage::kFollowSlope);
    case Stage::kFollowSlope:
      take_newton_step();
      if (newton_steps_ < kNewtonSteps) return enter(Stage::kFollowSlope);
      publish();
      return enter(Stage::kDone);
    case Stage::kDone:
      return;
  }
}

void DelayEstimator::enter(Stage stage) noexcept REALTIME {
  stage_ = stage;
  next_block_ = 0;
  switch (stage) {
    case Stage::kTransformFirst:
      load(first_samples_.first(frames_), 1);
      fft_.begin(samples_, first_.re, first_.im);
      break;
    case Stage::kTransformSecond:
    case Stage::kTransformAligned:
      load(second_samples_.subspan(second_start(), frames_), sign_);
      fft_.begin(samples_, second_.re, second_.im);
      break;
    case Stage::kCorrelate:
      load_correlation();
      fft_.begin(samples_, cross_.re, cross_.im);
      break;
    case Stage::kWhitenAligned:
      hypotheses_.begin(-kHypothesisSpacing * kMiddle);
      break;
    case Stage::kFollowSlope:
      slope_ = 0;
      curvature_ = 0;
      break;
    case Stage::kWhiten:
    case Stage::kMeasureCoherence:
    case Stage::kDone:
      break;
  }
}

// The bins of the next few blocks. False: there are none.
bool DelayEstimator::next_slice(BinRange& slice) noexcept REALTIME {
  const size_t blocks = std::min(kSliceBlocks, block_count_ - next_block_);
  slice = {1 + next_block_ * block_bins_, blocks * block_bins_};
  next_block_ += blocks;
  return blocks > 0;
}

size_t DelayEstimator::second_start() const noexcept REALTIME {
  const int32_t start = static_cast<int32_t>(max_delay_) + whole_;
  return static_cast<size_t>(start);
}

void DelayEstimator::load(std::span<const float> samples, float sign) noexcept REALTIME {
  for (size_t i = 0; i < samples.size(); ++i) samples_[i] = sign * samples[i];
  for (size_t i = 0; i < taper_.size(); ++i) {
    samples_[i] *= taper_[i];
    samples_[frames_ - 1 - i] *= taper_[i];
  }
}

// The inverse transform of G is the Hartley transform of Re G - Im G, which is the difference of
// the parts of its Fourier transform (R. N. Bracewell, "Discrete Hartley transform", JOSA 73,
// 1983): so the sliced transform serves.
void DelayEstimator::load_correlation() noexcept REALTIME {
  std::fill(samples_.begin(), samples_.end(), 0.0F);
  const size_t end = 1 + block_count_ * block_bins_;
  for (size_t k = 1; k < end; ++k) {
    samples_[k] = cross_.re[k] - cross_.im[k];
    samples_[frames_ - k] = cross_.re[k] + cross_.im[k];
  }
}

// The phase transform, which lets bins without signal vote like all others; so each block is scaled
// by how steadily its phase turns from bin to bin, whatever the delay.
void DelayEstimator::whiten(BinRange slice) noexcept REALTIME {
  cross_spectrum(first_, second_, CrossWeighting::kPhat, slice, cross_.re, cross_.im);
  for (size_t i = 0; i < slice.count; i += block_bins_) {
    const std::span<float> re = cross_.re.subspan(slice.first + i, block_bins_);
    const std::span<float> im = cross_.im.subspan(slice.first + i, block_bins_);
    float turn_re = 0;
    float turn_im = 0;
    for (size_t k = 1; k < block_bins_; ++k) {
      turn_re += re[k] * re[k - 1] + im[k] * im[k - 1];
      turn_im += im[k] * re[k - 1] - re[k] * im[k - 1];
    }
    // The square of the mean turn; chance alone makes one part in the number of bins.
    const float chance = 1.0F / static_cast<float>(block_bins_);
    const float scale = 2 * chance + (turn_re * turn_re + turn_im * turn_im) * chance * chance;
    for (float& value : re) value *= scale;
    for (float& value : im) value *= scale;
  }
}

// A negative peak is that of a signal that comes back inverted.
void DelayEstimator::pick_whole_frames() noexcept REALTIME {
  whole_ = 0;
  float peak = cross_.re[0] - cross_.im[0];
  for (uint32_t lag = 1; lag <= max_delay_; ++lag) {
    const float later = cross_.re[lag] - cross_.im[lag];
    const float earlier = cross_.re[lag] + cross_.im[lag];
    const bool is_later = std::fabs(later) >= std::fabs(earlier);
    const float higher = is_later ? later : earlier;
    if (std::fabs(higher) <= std::fabs(peak)) continue;
    peak = higher;
    whole_ = is_later ? static_cast<int32_t>(lag) : -static_cast<int32_t>(lag);
  }
  sign_ = peak < 0 ? -1.0F : 1.0F;
}

// False: the second frame is better cut elsewhere.
bool DelayEstimator::pick_hypothesis() noexcept REALTIME {
  const auto sums = hypotheses_.sums();
  size_t best = 1;
  for (size_t m = 1; m + 1 < sums.size(); ++m) {
    if (sums[m] > sums[best]) best = m;
  }
  part_ = hypotheses_.lag(best) +
          kHypothesisSpacing * vertex(sums[best - 1], sums[best], sums[best + 1]);
  const auto limit = static_cast<int32_t>(max_delay_);
  const int32_t better =
      std::clamp(whole_ + static_cast<int32_t>(std::round(part_)), -limit, limit);
  if (std::fabs(part_) <= kLargestPart || better == whole_ || ++cuts_ == kMostCuts) return true;
  whole_ = better;
  return false;
}

// The coherence of a block, with the delay that is known taken out.
void DelayEstimator::measure(size_t block) noexcept REALTIME {
  const size_t first_bin = 1 + block * block_bins_;
  const double turns = 2 * part_ / frames_;  // half turns per bin
  exact_detail::Turn place = exact_detail::turn(turns * static_cast<double>(first_bin));
  const exact_detail::Turn step = exact_detail::turn(turns);
  Block sums;
  for (size_t k = first_bin; k < first_bin + block_bins_; ++k) {
    const auto re = static_cast<double>(cross_.re[k]);
    const auto im = static_cast<double>(cross_.im[k]);
    sums.cross_re += re * place.cosine - im * place.sine;
    sums.cross_im += re * place.sine + im * place.cosine;
    sums.first += static_cast<double>(first_.re[k] * first_.re[k] + first_.im[k] * first_.im[k]);
    sums.second +=
        static_cast<double>(second_.re[k] * second_.re[k] + second_.im[k] * second_.im[k]);
    place = {place.sine * step.cosine + place.cosine * step.sine,
             place.cosine * step.cosine - place.sine * step.sine};
  }
  blocks_[block] = sums;
}

// With |C|^2 = |sum G|^2 / (sum |A|^2 sum |B|^2) over n bins, of which chance alone makes 1 / n.
void DelayEstimator::weigh() noexcept REALTIME {
  information_ = 0;
  coherence_ = 0;
  for (size_t block = 0; block < block_count_; ++block) {
    const size_t low = block > kSmoothing ? block - kSmoothing : 0;
    const size_t high = std::min(block + kSmoothing, block_count_ - 1);
    Block sums;
    for (size_t i = low; i <= high; ++i) {
      sums.cross_re += blocks_[i].cross_re;
      sums.cross_im += blocks_[i].cross_im;
      sums.first += blocks_[i].first;
      sums.second += blocks_[i].second;
    }
    const double chance = 1 / static_cast<double>((high - low + 1) * block_bins_);
    const double cross = sums.cross_re * sums.cross_re + sums.cross_im * sums.cross_im;
    const double powers = sums.first * sums.second;
    const double measured = powers > 0 ? std::min(cross / powers, 1.0) : 0;
    const double square = std::max(0.0, (measured - chance) / (1 - chance));
    const double snr = std::min(square / std::max(1 - square, 1e-12), kLargestSnr);
    // Over the cross-spectrum's magnitude, of the mean bin.
    weights_[block] = cross > 0 ? snr / (std::sqrt(cross) * chance) : 0;
    coherence_ += square / static_cast<double>(block_count_);
    const double middle = 1 + (static_cast<double>(block) + 0.5) * static_cast<double>(block_bins_);
    const double angular = 2 * std::numbers::pi * middle / frames_;
    information_ += 2 * snr * angular * angular * static_cast<double>(block_bins_);
  }
}

// Slope and curvature of the weighted correlation at the delay that is known.
void DelayEstimator::follow(size_t block) noexcept REALTIME {
  const size_t first_bin = 1 + block * block_bins_;
  const double turns = 2 * part_ / frames_;
  exact_detail::Turn place = exact_detail::turn(turns * static_cast<double>(first_bin));
  const exact_detail::Turn step = exact_detail::turn(turns);
  double slope = 0;
  double curvature = 0;
  for (size_t k = first_bin; k < first_bin + block_bins_; ++k) {
    const auto re = static_cast<double>(cross_.re[k]);
    const auto im = static_cast<double>(cross_.im[k]);
    const double angular = 2 * std::numbers::pi * static_cast<double>(k) / frames_;
    slope -= angular * (re * place.sine + im * place.cosine);
    curvature += angular * angular * (re * place.cosine - im * place.sine);
    place = {place.sine * step.cosine + place.cosine * step.sine,
             place.cosine * step.cosine - place.sine * step.sine};
  }
  slope_ += weights_[block] * slope;
  curvature_ += weights_[block] * curvature;
}

void DelayEstimator::take_newton_step() noexcept REALTIME {
  constexpr double kLargestStep = 0.5;
  if (curvature_ > 0) part_ += std::clamp(slope_ / curvature_, -kLargestStep, kLargestStep);
  ++newton_steps_;
}

void DelayEstimator::publish() noexcept REALTIME {
  // Without information, the delay may be any that was sought.
  const double widest = static_cast<double>(max_delay_) + 1;
  estimate_.frames = whole_ + part_;
  estimate_.error_frames =
      information_ > 0 ? std::min(std::sqrt(kTaperLoss / information_), widest) : widest;
  estimate_.coherence = coherence_;
  constexpr double kAcross = 2 * kSmoothing + 1;
  const double chance = 1 / (kAcross * static_cast<double>(block_bins_));
  const double neighbourhoods = static_cast<double>(block_count_) / kAcross;
  estimate_.found = coherence_ > kFoundOverChance * chance / std::sqrt(neighbourhoods);
  estimate_.inverted = sign_ < 0;
}

}  // namespace quanta
