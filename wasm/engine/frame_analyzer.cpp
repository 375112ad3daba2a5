#include "engine/frame_analyzer.h"

#include <algorithm>
#include <array>

#include "dsp/fast_math.h"
#include "dsp/lanes.h"
#include "dsp/window.h"

namespace quanta {
namespace {

constexpr size_t kBlock = 1024;

constexpr uint32_t kTransformSteps = 16;

// Costs in units of about 10 ns, measured in wasm. They spread a window's work evenly; nothing else
// depends on them.
constexpr uint32_t kWindowBlockWork = 40;
constexpr uint32_t kLevelBlockWork = 110;
constexpr uint32_t kHarmonicStepWork = 60;

constexpr uint32_t transform_step_work(uint32_t frames) {
  return 9 * frames / (100 * kTransformSteps) + 1;
}

constexpr uint32_t blocks_of(uint32_t count) {
  return static_cast<uint32_t>((count + kBlock - 1) / kBlock);
}

}  // namespace

bool FrameAnalyzer::configure(Arena& arena, uint32_t frames, double rate_hz,
                              const Settings& settings) {
  phase_ = Phase::kDone;
  if (!fft_.configure(arena, frames)) return false;
  for (std::span<float>* samples : {&window_, &frame_, &windowed_frame_}) {
    *samples = arena.take<float>(frames);
    if (samples->empty()) return false;
  }
  for (std::span<float>* parts : {&re_, &im_, &bare_re_, &bare_im_}) {
    *parts = arena.take<float>(fft_.bins());
    if (parts->empty()) return false;
  }
  PartialFinder::Options options;
  options.beta = settings.beta;
  options.max_partials = settings.max_partials;
  options.sweeps = 1;  // as accurate as more
  KaiserWindow(settings.beta).fill(window_);
  const double amplitude = 2 / (KaiserTransform(settings.beta).mean() * frames);
  power_scale_ = static_cast<float>(amplitude * amplitude);
  partials_.configure(frames, rate_hz, options);
  return true;
}

void FrameAnalyzer::begin(const RingView<const float>& samples, bool refine,
                          std::span<Level> levels) noexcept REALTIME {
  samples_ = samples;
  refine_ = refine;
  levels_ = levels;
  enter(Phase::kWindow);
}

uint32_t FrameAnalyzer::step() noexcept REALTIME {
  switch (phase_) {
    case Phase::kWindow:
      if (window_block()) enter(Phase::kTransform);
      return kWindowBlockWork;
    case Phase::kTransform:
    case Phase::kTransformBare:
      if (fft_.step(fft_.total_work() / kTransformSteps + 1)) enter(next_phase());
      return transform_step_work(frames());
    case Phase::kLevels:
      if (levels_block()) enter(next_phase());
      return kLevelBlockWork;
    case Phase::kPartials: {
      const uint32_t work = partials_.next_work();
      if (partials_.step()) enter(Phase::kHarmonics);
      return work;
    }
    case Phase::kHarmonics:
      if (harmonics_.step()) enter(Phase::kDone);
      return kHarmonicStepWork;
    case Phase::kDone:
      break;
  }
  return 0;
}

uint32_t FrameAnalyzer::least_work() const noexcept REALTIME {
  return blocks_of(frames()) * kWindowBlockWork + blocks_of(bins()) * kLevelBlockWork +
         kTransformSteps * transform_step_work(frames());
}

FrameAnalyzer::Phase FrameAnalyzer::next_phase() const noexcept REALTIME {
  if (phase_ == Phase::kTransform) return Phase::kLevels;
  return phase_ == Phase::kLevels && refine_ ? Phase::kTransformBare : Phase::kPartials;
}

void FrameAnalyzer::enter(Phase phase) noexcept REALTIME {
  phase_ = phase;
  next_ = 0;
  if (phase == Phase::kTransform) fft_.begin(windowed_frame_, re_, im_);
  if (phase == Phase::kTransformBare) fft_.begin(frame_, bare_re_, bare_im_);
  if (phase == Phase::kHarmonics) harmonics_.begin(partials_.partials());
  if (phase != Phase::kPartials) return;
  if (refine_) {
    partials_.begin(windowed(), bare());
  } else {
    partials_.begin(windowed());
  }
}

bool FrameAnalyzer::window_block() noexcept REALTIME {
  const size_t count = std::min(kBlock, frame_.size() - next_);
  copy_from(samples_.part(next_, count), &frame_[next_]);
  for (size_t i = next_; i < next_ + count; i += 4) {
    store4(&windowed_frame_[i], load4(&frame_[i]) * load4(&window_[i]));
  }
  next_ += count;
  return next_ == frame_.size();
}

bool FrameAnalyzer::levels_block() noexcept REALTIME {
  constexpr float kDbPerOctave = 3.01029996F;
  constexpr float kFloorPower = 1e-20F;
  const size_t count = std::min(kBlock, re_.size() - next_);
  // The last bin stands alone: what follows it in a block is never published.
  std::array<float, kBlock> re{};
  std::array<float, kBlock> im{};
  std::copy_n(&re_[next_], count, re.data());
  std::copy_n(&im_[next_], count, im.data());
  for (size_t i = 0; i < count; i += 4) {
    const Float4 x = load4(&re[i]);
    const Float4 y = load4(&im[i]);
    const Float4 power = (x * x + y * y) * power_scale_;
    store4(&re[i], kDbPerOctave * fast_log2(max4(power, splat4(kFloorPower))));
  }
  for (size_t i = 0; i < count; ++i) levels_[next_ + i].store(re[i]);
  next_ += count;
  return next_ == re_.size();
}

}  // namespace quanta
