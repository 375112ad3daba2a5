#include "abi/offline_instance.h"

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"

namespace quanta {
namespace {

constexpr size_t kPageBytes = 65536;
constexpr size_t kArenaBytes = kOfflineMemoryPages * kPageBytes - kArenaBase;

// As in abi/instance.cpp: the memory is imported and its size is fixed. There is no native build of
// this file; the classes that it joins have one.
Arena whole_arena() {
  return Arena({__builtin_bit_cast(std::byte*, uintptr_t{kArenaBase}), kArenaBytes});
}

bool is_rate(uint32_t rate_hz) { return rate_hz >= kMinRateHz && rate_hz <= kMaxRateHz; }

// Constant-initialised: the module needs no start-up code of its own.
constinit OfflineInstance g_instance;

}  // namespace

OfflineInstance& offline_instance() { return g_instance; }

OfflineStatus OfflineInstance::check(Task task, uint32_t n) const {
  if (task_ != task) return OfflineStatus::kNotStarted;
  return n <= block_.frames() ? OfflineStatus::kOk : OfflineStatus::kBadFrameCount;
}

OfflineStatus OfflineInstance::start_meter(uint32_t rate_hz, uint32_t channels,
                                           uint32_t channel_mask) {
  if (!is_rate(rate_hz)) return OfflineStatus::kBadRate;
  if (channels == 0) return OfflineStatus::kBadChannelCount;
  Arena arena = whole_arena();
  const bool fits =
      block_.configure(arena, channels) && meter_.configure(arena, block_, rate_hz, channel_mask);
  task_ = fits ? Task::kMeter : Task::kNone;
  return fits ? OfflineStatus::kOk : OfflineStatus::kOutOfMemory;
}

OfflineStatus OfflineInstance::add_to_meter(uint32_t n) {
  const OfflineStatus status = check(Task::kMeter, n);
  if (status == OfflineStatus::kOk) meter_.add(n);
  return status;
}

OfflineStatus OfflineInstance::finish_meter() {
  const OfflineStatus status = check(Task::kMeter, 0);
  if (status == OfflineStatus::kOk) meter_.finish();
  return status;
}

OfflineStatus OfflineInstance::start_resampler(uint32_t in_rate_hz, uint32_t out_rate_hz,
                                               uint32_t channels) {
  if (!is_rate(in_rate_hz) || !is_rate(out_rate_hz)) return OfflineStatus::kBadRate;
  if (channels == 0) return OfflineStatus::kBadChannelCount;
  Arena arena = whole_arena();
  const bool fits = block_.configure(arena, channels) &&
                    resampler_.configure(arena, block_, in_rate_hz, out_rate_hz);
  task_ = fits ? Task::kResampler : Task::kNone;
  return fits ? OfflineStatus::kOk : OfflineStatus::kOutOfMemory;
}

OfflineStatus OfflineInstance::add_to_resampler(uint32_t n) {
  const OfflineStatus status = check(Task::kResampler, n);
  if (status == OfflineStatus::kOk) resampler_.add(n);
  return status;
}

OfflineStatus OfflineInstance::end_resampler() {
  const OfflineStatus status = check(Task::kResampler, 0);
  if (status == OfflineStatus::kOk) resampler_.end();
  return status;
}

OfflineStatus OfflineInstance::start_analyzer(uint32_t rate_hz, uint32_t channels,
                                              const FileAnalyzer::Options& options) {
  if (!is_rate(rate_hz)) return OfflineStatus::kBadRate;
  if (channels == 0) return OfflineStatus::kBadChannelCount;
  if (!FileAnalyzer::is_window(options.window_frames)) return OfflineStatus::kBadWindow;
  if (options.hop_frames == 0) return OfflineStatus::kBadHop;
  const bool is_channel = options.channel < channels || options.channel == kAllChannels;
  if (!is_channel) return OfflineStatus::kBadChannel;
  Arena arena = whole_arena();
  const bool fits =
      block_.configure(arena, channels) && analyzer_.configure(arena, block_, rate_hz, options);
  task_ = fits ? Task::kAnalyzer : Task::kNone;
  return fits ? OfflineStatus::kOk : OfflineStatus::kOutOfMemory;
}

OfflineStatus OfflineInstance::add_to_analyzer(uint32_t n) {
  const OfflineStatus status = check(Task::kAnalyzer, n);
  if (status == OfflineStatus::kOk) analyzer_.add(n);
  return status;
}

bool OfflineInstance::read_analyzer() { return task_ == Task::kAnalyzer && analyzer_.read(); }

OfflineStatus OfflineInstance::start_delay(uint32_t frames, uint32_t max_delay) {
  if (!FileDelay::is_delay(frames, max_delay)) return OfflineStatus::kBadDelay;
  Arena arena = whole_arena();
  const bool fits = delay_.configure(arena, frames, max_delay);
  task_ = fits ? Task::kDelay : Task::kNone;
  return fits ? OfflineStatus::kOk : OfflineStatus::kOutOfMemory;
}

OfflineStatus OfflineInstance::write_sequence(uint32_t order) {
  const OfflineStatus status = check(Task::kDelay, 0);
  if (status != OfflineStatus::kOk) return status;
  return delay_.write_sequence(order) ? OfflineStatus::kOk : OfflineStatus::kBadOrder;
}

OfflineStatus OfflineInstance::measure_delay() {
  const OfflineStatus status = check(Task::kDelay, 0);
  if (status == OfflineStatus::kOk) delay_.measure();
  return status;
}

uint32_t OfflineInstance::read_resampler() {
  return task_ == Task::kResampler ? static_cast<uint32_t>(resampler_.read()) : 0;
}

}  // namespace quanta
