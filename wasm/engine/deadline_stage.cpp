#include "engine/deadline_stage.h"

#include <algorithm>
#include <new>

#include "core/cost_histogram.h"
#include "core/seqlock.h"

namespace quanta {
namespace {

constexpr double kNsPerSec = 1e9;
constexpr uint32_t kMaxDateMs = 65535;  // its square is a word

}  // namespace

bool DeadlineStage::configure(Arena& arena, double rate_hz, bool inherited) {
  const auto room = arena.take<DeadlineWords>(1);
  words_ = nullptr;
  if (room.empty()) return false;
  words_ = inherited ? room.data() : new (room.data()) DeadlineWords();
  // An engine that trapped while writing left the seqlock odd: close it.
  words_->sequence.store((words_->sequence.load() + 1) & ~1U);
  ns_per_frame_ = kNsPerSec / rate_hz;
  frame_ = 0;
  return true;
}

void DeadlineStage::count(uint32_t frames, uint64_t frame) noexcept REALTIME {
  frame_ = frame;
  const SeqlockWrite write(words_->sequence);
  const double budget_ns = std::min(frames * ns_per_frame_, double{UINT32_MAX});
  words_->budget_ns.store(static_cast<uint32_t>(budget_ns));
  words_->quanta.add(1);
}

void DeadlineStage::follow(const DeadlineSource& source) noexcept REALTIME {
  if (words_ == nullptr) return;
  const auto clock = static_cast<uint32_t>(source.clock);
  const SeqlockWrite write(words_->sequence);
  const bool same = words_->clock.load() == clock && words_->step_ns.load() == source.step_ns;
  if (!same) clear();
  words_->clock.store(clock);
  words_->step_ns.store(source.step_ns);
  words_->jittered.store(source.jittered ? 1 : 0);
  words_->every.store(source.every);
}

void DeadlineStage::clear() noexcept REALTIME {
  for (auto* count : {&words_->quanta, &words_->measured, &words_->refused, &words_->over_budget,
                      &words_->last_over_frame, &words_->sum_ns, &words_->date_quanta,
                      &words_->date_sum_ms, &words_->date_square_ms}) {
    count->store(0);
  }
  words_->max_ns.store(0);
  for (auto& bucket : words_->buckets) bucket.store(0);
}

void DeadlineStage::record(uint32_t ns) noexcept REALTIME {
  if (words_ == nullptr) return;
  const SeqlockWrite write(words_->sequence);
  CostHistogram(words_->buckets).add(ns);
  words_->measured.add(1);
  words_->sum_ns.add(ns);
  words_->max_ns.store(std::max(words_->max_ns.load(), ns));
  if (ns <= words_->budget_ns.load()) return;
  words_->over_budget.add(1);
  words_->last_over_frame.store(frame_);
}

void DeadlineStage::refuse() noexcept REALTIME {
  if (words_ == nullptr) return;
  const SeqlockWrite write(words_->sequence);
  words_->refused.add(1);
}

void DeadlineStage::record_date(uint32_t ms) noexcept REALTIME {
  if (words_ == nullptr) return;
  const uint32_t bounded = std::min(ms, kMaxDateMs);
  const SeqlockWrite write(words_->sequence);
  words_->date_quanta.add(1);
  words_->date_sum_ms.add(bounded);
  words_->date_square_ms.add(bounded * bounded);
}

}  // namespace quanta
