#include "offline/file_delay.h"

#include <algorithm>
#include <initializer_list>

#include "dsp/mls.h"
#include "dsp/sanitize.h"

namespace quanta {

bool FileDelay::configure(Arena& arena, uint32_t frames, uint32_t max_delay) {
  FileDelay next;
  next.estimator_ = arena.make<DelayEstimator>(1);
  next.first_ = arena.make<float>(frames);
  next.second_ = arena.make<float>(frames + 2 * max_delay);
  if (next.estimator_.empty() || next.first_.empty() || next.second_.empty()) return false;
  if (!next.estimator_[0].configure(arena, frames, max_delay)) return false;
  *this = next;
  return true;
}

bool FileDelay::write_sequence(uint32_t order) {
  using Sequence = MaximumLengthSequence;
  if (order < Sequence::kMinOrder || order > Sequence::kMaxOrder) return false;
  Sequence sequence(order);
  if (sequence.period() > first_.size()) return false;
  sequence.fill(first_.first(sequence.period()));
  std::fill(first_.begin() + sequence.period(), first_.end(), 0.0F);
  return true;
}

void FileDelay::measure() {
  readings_.bad_samples = 0;
  for (const std::span<float> samples : {first_, second_}) {
    readings_.bad_samples += static_cast<double>(sanitize(samples, samples).not_finite);
  }
  DelayEstimator& estimator = estimator_[0];
  estimator.begin(first_, second_);
  while (!estimator.step()) continue;
  const DelayEstimate& estimate = estimator.estimate();
  readings_.frames = estimate.frames;
  readings_.error_frames = estimate.error_frames;
  readings_.coherence = estimate.coherence;
  readings_.found = estimate.found ? 1 : 0;
  readings_.inverted = estimate.inverted ? 1 : 0;
}

}  // namespace quanta
