#include "offline/file_analyzer.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/ring_view.h"
#include "dsp/sanitize.h"

namespace quanta {
namespace {

constexpr size_t kPart = 256;

// The engine's long window, but with every partial that there is: nothing has to be ready in time.
constexpr FrameAnalyzer::Settings kSettings{12, PartialFinder::kMaxPartials};

}  // namespace

bool FileAnalyzer::configure(Arena& arena, const FileBlock& block, uint32_t rate_hz,
                             const Options& options) {
  FileAnalyzer next;
  next.block_ = block;
  next.options_ = options;
  next.to_window_ = options.window_frames;
  next.analyzer_ = arena.make<FrameAnalyzer>(1);
  next.levels_ = arena.make<FrameAnalyzer::Level>(options.window_frames / 2 + 1);
  next.history_ = arena.make<float>(std::bit_ceil(options.window_frames));
  next.partials_ = arena.make<PartialReadings>(PartialFinder::kMaxPartials);
  if (next.analyzer_.empty() || next.levels_.empty() || next.history_.empty()) return false;
  if (next.partials_.empty()) return false;
  FrameAnalyzer& analyzer = next.analyzer_[0];
  if (!analyzer.configure(arena, options.window_frames, rate_hz, kSettings)) return false;
  *this = next;
  return true;
}

void FileAnalyzer::add(size_t n) {
  next_ = 0;
  end_ = n;
  for (size_t channel = 0; channel < block_.channels(); ++channel) {
    const std::span<float> samples = block_.plane(channel, n);
    bad_samples_ += sanitize(samples, samples).not_finite;
  }
}

bool FileAnalyzer::read() {
  const auto frames = static_cast<size_t>(std::min<uint64_t>(end_ - next_, to_window_));
  keep(frames);
  to_window_ -= frames;
  if (to_window_ > 0) return false;
  analyze();
  to_window_ = options_.hop_frames;
  return true;
}

void FileAnalyzer::keep(size_t frames) {
  std::array<float, kPart> part;
  for (size_t left = frames; left > 0;) {
    const auto count = static_cast<uint32_t>(std::min(left, kPart));
    for (size_t i = 0; i < count; ++i) part[i] = mono(next_ + i);
    const auto capacity = static_cast<uint32_t>(history_.size());
    copy_into(ring_view(history_.data(), capacity, written_, count), part.data());
    written_ += count;
    next_ += count;
    left -= count;
  }
  frames_ += frames;
}

float FileAnalyzer::mono(size_t frame) const {
  if (options_.channel != kAllChannels) return block_.plane(options_.channel, end_)[frame];
  double sum = 0;
  for (size_t channel = 0; channel < block_.channels(); ++channel) {
    sum += static_cast<double>(block_.plane(channel, end_)[frame]);
  }
  return static_cast<float>(sum / block_.channels());
}

void FileAnalyzer::analyze() {
  FrameAnalyzer& analyzer = analyzer_[0];
  const uint32_t frames = options_.window_frames;
  const auto capacity = static_cast<uint32_t>(history_.size());
  constexpr bool kRefine = true;
  analyzer.begin(ring_view<const float>(history_.data(), capacity, written_ - frames, frames),
                 kRefine, levels_);
  while (!analyzer.done()) analyzer.step();
  write_readings(analyzer);
}

void FileAnalyzer::write_readings(const FrameAnalyzer& analyzer) {
  const HarmonicSeries& series = analyzer.series();
  const std::span<const Partial> partials = analyzer.partials();
  const uint64_t centre = frames_ - options_.window_frames / 2;
  readings_.centre_frame = static_cast<double>(centre);
  readings_.fundamental_hz = series.fundamental_hz;
  readings_.fundamental_error_hz = series.fundamental_error_hz;
  readings_.inharmonicity = series.inharmonicity;
  readings_.inharmonicity_error = series.inharmonicity_error;
  readings_.partial_count = static_cast<double>(partials.size());
  readings_.bad_samples = static_cast<double>(bad_samples_);
  for (size_t i = 0; i < partials.size(); ++i) {
    const Partial& partial = partials[i];
    partials_[i] = {partial.frequency_hz, partial.error_hz, partial.level_dbfs, partial.phase,
                    static_cast<double>(series.numbers[i])};
  }
}

}  // namespace quanta
