#include "engine/publisher.h"

#include <cmath>
#include <new>

#include "core/seqlock.h"
#include "dsp/level.h"

namespace quanta {
namespace {

float block_rms(const BlockLevel& level, size_t frames) noexcept REALTIME {
  return static_cast<float>(std::sqrt(level.sum_square / static_cast<double>(frames)));
}

uint32_t offset_of(const void* block, const std::byte* base) {
  return kArenaBase + static_cast<uint32_t>(static_cast<const std::byte*>(block) - base);
}

}  // namespace

bool Publisher::configure(Arena& arena, bool inherited) {
  const auto directory = arena.take<Directory>(1);
  const auto telemetry = arena.take<Telemetry>(1);
  if (directory.empty() || telemetry.empty()) return false;
  bad_samples_ = 0;
  directory_ = new (directory.data()) Directory();
  telemetry_ = inherited ? telemetry.data() : new (telemetry.data()) Telemetry();
  // An engine that trapped while publishing left the seqlock odd: close it.
  telemetry_->sequence.store((telemetry_->sequence.load() + 1) & ~1U);
  return true;
}

void Publisher::publish_directory(const std::byte* base, const InputStage& input,
                                  std::span<const float> output, const Bus& bus) {
  directory_->telemetry.store(offset_of(telemetry_, base));
  directory_->input_channels.store(offset_of(input.channel_counts().data(), base));
  directory_->output.store(offset_of(output.data(), base));
  directory_->mix_ring.store(offset_of(bus.mix_ring().data(), base));
  directory_->voice_ring.store(offset_of(bus.voice_ring().data(), base));
}

void Publisher::publish(const Mixer& mixer, std::span<const float> left,
                        std::span<const float> right, uint32_t lost) noexcept REALTIME {
  const auto frames = static_cast<uint32_t>(left.size());
  const BlockLevel left_level = measure_level(left);
  const BlockLevel right_level = measure_level(right);
  const StereoMeters& meters = mixer.master_meters();
  Telemetry& t = *telemetry_;
  const SeqlockWrite write(t.sequence);
  t.quantum_frames.store(frames);
  t.quantum_count.add(1);
  t.frame_count.add(frames);
  t.dropped_frames.add(lost);
  t.bad_samples.add(new_bad_samples(mixer));
  t.quantum_peak_left.store(left_level.peak);
  t.quantum_peak_right.store(right_level.peak);
  t.quantum_rms_left.store(block_rms(left_level, frames));
  t.quantum_rms_right.store(block_rms(right_level, frames));
  t.peak_left.store(meters.level(0).peak());
  t.peak_right.store(meters.level(1).peak());
  t.rms_left.store(meters.level(0).rms());
  t.rms_right.store(meters.level(1).rms());
}

void Publisher::count_gap(uint64_t frames) noexcept REALTIME {
  const SeqlockWrite write(telemetry_->sequence);
  for (uint64_t rest = frames; rest > 0;) {
    const auto part = static_cast<uint32_t>(rest < UINT32_MAX ? rest : UINT32_MAX);
    telemetry_->gap_frames.add(part);
    rest -= part;
  }
}

uint32_t Publisher::new_bad_samples(const Mixer& mixer) noexcept REALTIME {
  uint64_t count = 0;
  for (uint32_t input = 0; input < kInputs; ++input) {
    count += mixer.strip(input).bad_samples().not_finite;
  }
  const auto fresh = static_cast<uint32_t>(count - bad_samples_);
  bad_samples_ = count;
  return fresh;
}

}  // namespace quanta
