#include "engine/analysis_stage.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <new>

#include "dsp/sanitize.h"

namespace quanta {
namespace {

constexpr size_t kBlock = 256;
constexpr std::array<float, kBlock> kSilence{};

// Side lobes below -120 dB for what is measured most exactly; a narrower main lobe where the
// harmonics of a low voice are few bins apart.
constexpr FrameAnalyzer::Settings kLong{12, kAnalysisPartials};
constexpr FrameAnalyzer::Settings kShort{8, 12};

// What a dozen partials and their series take; after one window it is known.
constexpr uint32_t kGuessedPartialWork = 10000;

constexpr bool is_on(float value) { return value >= 0.5F; }

static_assert(sizeof(FrameAnalyzer::Level) == sizeof(float));

}  // namespace

bool AnalysisStage::configure(Arena& arena, double rate_hz, bool inherited) {
  *this = AnalysisStage();
  block_ = arena.take<std::byte>(kAnalysisBytes);
  history_ = arena.make<float>(kHistoryFrames);
  analyzers_ = arena.make<FrameAnalyzer>(2);
  if (block_.empty() || history_.empty() || analyzers_.empty()) return false;
  if (!analyzers_[0].configure(arena, kAnalysisFrames, rate_hz, kLong)) return false;
  if (!analyzers_[1].configure(arena, kShortAnalysisFrames, rate_hz, kShort)) return false;
  if (inherited) {
    const AnalysisWords& last = *slot(head().newest.load()).words;
    number_ = last.sequence.load() == 0 ? 0 : last.number.load() + 1;
    return true;
  }
  new (block_.data()) AnalysisHead();
  for (uint32_t i = 0; i < kAnalysisSlots; ++i) new (slot(i).words) AnalysisWords();
  return true;
}

void AnalysisStage::append(std::span<const float> left,
                           std::span<const float> right) noexcept REALTIME {
  std::array<float, kBlock> mono;
  for (size_t first = 0; first < left.size(); first += kBlock) {
    const size_t count = std::min(kBlock, left.size() - first);
    for (size_t i = 0; i < count; ++i) mono[i] = 0.5F * (left[first + i] + right[first + i]);
    // An input is taken as it arrives: one bad sample must not blind the whole window.
    sanitize({mono.data(), count}, {mono.data(), count});
    write({mono.data(), count});
  }
}

void AnalysisStage::skip(uint64_t frames) noexcept REALTIME {
  // Longer than a window, silence is silence; and the window in work keeps its samples.
  uint64_t rest = std::min<uint64_t>(frames, kAnalysisFrames);
  while (rest > 0) {
    const uint64_t count = std::min<uint64_t>(rest, kBlock);
    write({kSilence.data(), static_cast<size_t>(count)});
    rest -= count;
  }
}

void AnalysisStage::follow(const Controls& controls) noexcept REALTIME {
  using enum AnalysisParameter;
  const auto whole = [&controls](AnalysisParameter p) noexcept REALTIME {
    return static_cast<uint32_t>(controls.analysis(p));
  };
  hop_frames_ = whole(hop_frames);
  refine_ = is_on(controls.analysis(refine));
  FrameAnalyzer* const wanted = &analyzers_[is_on(controls.analysis(short_window)) ? 1 : 0];
  const bool on_now = is_on(controls.analysis(on));
  if (on_now == on_ && wanted == analyzer_ && whole(input) == input_) return;
  // What was kept so far is of something else: the first window holds new frames only.
  on_ = on_now;
  analyzer_ = wanted;
  input_ = whole(input);
  busy_ = false;
  to_next_ = wanted->frames();
  expected_ = wanted->least_work() + kGuessedPartialWork;
  spent_ = 0;
}

void AnalysisStage::advance(uint32_t frames, uint64_t end_frame) noexcept REALTIME {
  if (!on_) return;
  to_next_ -= frames;
  if (to_next_ <= 0 && !busy_) begin(end_frame);
  // In a hop of one quantum there is no later one to leave work to.
  const uint32_t quanta = hop_frames_ / frames;
  granted_ = quanta > 1 ? granted_ + expected_ / quanta + 1 : UINT32_MAX;
  work();
}

void AnalysisStage::work() noexcept REALTIME {
  if (!busy_) return;
  const uint32_t before = spent_;
  while (spent_ < granted_ && !analyzer_->done()) spent_ += analyzer_->step();
  work_done_ += spent_ - before;
  if (analyzer_->done()) publish();
}

void AnalysisStage::begin(uint64_t end_frame) noexcept REALTIME {
  const uint32_t frames = analyzer_->frames();
  next_slot_ = (head().newest.load() + 1) % kAnalysisSlots;
  const Slot to = slot(next_slot_);
  // Odd from here to publish(). The fence pairs with that of seqlock_read.
  to.words->sequence.store(to.words->sequence.load() | 1);
  std::atomic_thread_fence(std::memory_order_release);
  const auto samples =
      ring_view<const float>(history_.data(), kHistoryFrames, written_ - frames, frames);
  analyzer_->begin(samples, refine_, to.levels.first(analyzer_->bins()));
  centre_frame_ = end_frame - frames / 2;
  to_next_ = std::max<int64_t>(0, to_next_ + hop_frames_);
  // A little more than the last ones took, so that rounding makes nothing late.
  expected_ = std::max({spent_ + spent_ / 16, expected_ - expected_ / 16, analyzer_->least_work()});
  granted_ = 0;
  spent_ = 0;
  busy_ = true;
}

void AnalysisStage::publish() noexcept REALTIME {
  busy_ = false;
  AnalysisWords& to = *slot(next_slot_).words;
  to.window_frames.store(analyzer_->frames());
  to.hop_frames.store(hop_frames_);
  to.input.store(input_);
  to.number.store(number_++);
  to.centre_frame.store(centre_frame_);
  store_partials(to);
  digest_partials();
  published_centre_ = centre_frame_;
  // Orders all of the slot before its even sequence, and that before the head.
  std::atomic_thread_fence(std::memory_order_release);
  to.sequence.store(to.sequence.load() + 1);
  std::atomic_thread_fence(std::memory_order_release);
  head().newest.store(next_slot_);
}

void AnalysisStage::digest_partials() noexcept REALTIME {
  Digest digest;
  digest.add(static_cast<float>(analyzer_->series().fundamental_hz));
  for (const Partial& partial : analyzer_->partials()) {
    digest.add(static_cast<float>(partial.frequency_hz));
    digest.add(static_cast<float>(partial.level_dbfs));
    digest.add(static_cast<float>(partial.phase));
  }
  digest_ = digest.value();
}

void AnalysisStage::archive(Archive& a) noexcept REALTIME {
  uint32_t which = analyzer_ == &analyzers_[1] ? 1 : 0;
  a.index(which, 2);
  a.index(input_, kInputs + 1);
  a.values(on_, to_next_, expected_);
  if (!a.loading() || !a.ok()) return;
  // As if follow() had seen it long ago.
  analyzer_ = &analyzers_[which];
  busy_ = false;
  spent_ = 0;
  digest_ = 0;
  published_centre_ = 0;
}

void AnalysisStage::store_partials(AnalysisWords& to) const noexcept REALTIME {
  const std::span<const Partial> partials = analyzer_->partials();
  const HarmonicSeries& series = analyzer_->series();
  to.fundamental_hz.store(series.fundamental_hz);
  to.fundamental_error_hz.store(series.fundamental_error_hz);
  to.inharmonicity.store(series.inharmonicity);
  to.inharmonicity_error.store(series.inharmonicity_error);
  to.partial_count.store(static_cast<uint32_t>(partials.size()));
  for (size_t i = 0; i < partials.size(); ++i) {
    PartialWords& words = to.partials[i];
    words.frequency_hz.store(partials[i].frequency_hz);
    words.error_hz.store(partials[i].error_hz);
    words.level_dbfs.store(static_cast<float>(partials[i].level_dbfs));
    words.phase.store(static_cast<float>(partials[i].phase));
    words.harmonic.store(series.numbers[i]);
  }
}

AnalysisHead& AnalysisStage::head() const noexcept REALTIME {
  return *reinterpret_cast<AnalysisHead*>(block_.data());
}

AnalysisStage::Slot AnalysisStage::slot(uint32_t index) const noexcept REALTIME {
  std::byte* const first = block_.data() + kAnalysisSlotsOffset + index * kAnalysisSlotBytes;
  auto* const words = reinterpret_cast<AnalysisWords*>(first);
  return {words, {reinterpret_cast<FrameAnalyzer::Level*>(words + 1), kAnalysisBins}};
}

void AnalysisStage::write(std::span<const float> samples) noexcept REALTIME {
  const auto count = static_cast<uint32_t>(samples.size());
  copy_into(ring_view(history_.data(), kHistoryFrames, written_, count), samples.data());
  written_ += count;
}

}  // namespace quanta
