#include "engine/publisher.h"

#include <cmath>
#include <new>

#include "core/digest.h"
#include "core/seqlock.h"
#include "dsp/exact_math.h"
#include "dsp/level.h"

namespace quanta {
namespace {

float block_rms(const BlockLevel& level, size_t frames) noexcept REALTIME {
  return static_cast<float>(std::sqrt(level.sum_square / static_cast<double>(frames)));
}

void store_meters(const StereoMeters& from, Meters& to) noexcept REALTIME {
  to.peak_left.store(from.level(0).peak());
  to.peak_right.store(from.level(1).peak());
  to.rms_left.store(from.level(0).rms());
  to.rms_right.store(from.level(1).rms());
  to.vu_left.store(from.vu().left());
  to.vu_right.store(from.vu().right());
  to.true_peak_left.store(from.true_peak(0).peak());
  to.true_peak_right.store(from.true_peak(1).peak());
  to.momentary_lufs.store(from.loudness().momentary());
  to.short_term_lufs.store(from.loudness().short_term());
  to.integrated_lufs.store(from.loudness().integrated());
  to.loudness_range_lu.store(from.loudness().range());
}

uint32_t offset_of(const void* block, const std::byte* base) {
  return kArenaBase + static_cast<uint32_t>(static_cast<const std::byte*>(block) - base);
}

}  // namespace

bool Publisher::configure(Arena& arena, bool inherited) {
  const auto directory = arena.take<Directory>(1);
  const auto telemetry = arena.take<Telemetry>(1);
  meters_ = arena.take<Meters>(kInputs + 1);
  if (directory.empty() || telemetry.empty() || meters_.empty()) return false;
  for (Meters& meters : meters_) new (&meters) Meters();
  next_meters_ = 0;
  bad_samples_ = 0;
  directory_ = new (directory.data()) Directory();
  telemetry_ = inherited ? telemetry.data() : new (telemetry.data()) Telemetry();
  // An engine that trapped while publishing left the seqlock odd: close it.
  telemetry_->sequence.store((telemetry_->sequence.load() + 1) & ~1U);
  return true;
}

void Publisher::publish_directory(const std::byte* base, const Parts& parts) {
  directory_->telemetry.store(offset_of(telemetry_, base));
  directory_->meters.store(offset_of(meters_.data(), base));
  directory_->input_channels.store(offset_of(parts.input.channel_counts().data(), base));
  directory_->output.store(offset_of(parts.output.data(), base));
  directory_->mix_ring.store(offset_of(parts.bus.mix_ring().data(), base));
  directory_->voice_ring.store(offset_of(parts.bus.voice_ring().data(), base));
  directory_->commands.store(offset_of(parts.commands.commands().data(), base));
  directory_->responses.store(offset_of(parts.commands.responses().data(), base));
  directory_->analysis.store(offset_of(parts.analysis.block().data(), base));
  directory_->parameters.store(offset_of(parts.controls.block(), base));
  directory_->push_rings.store(offset_of(parts.push.rings().data(), base));
  directory_->deadline.store(offset_of(parts.deadline.words(), base));
  directory_->push_inputs.store(offset_of(parts.push.words().data(), base));
  directory_->flight.store(offset_of(parts.flight.state(), base));
  directory_->vad_file.store(offset_of(parts.vad.file().data(), base));
  directory_->vad_ring.store(offset_of(parts.vad.ring(0).data(), base));
}

void Publisher::publish(const Mixer& mixer, const Quantum& quantum) noexcept REALTIME {
  const auto frames = static_cast<uint32_t>(quantum.left.size());
  const BlockLevel left_level = measure_level(quantum.left);
  const BlockLevel right_level = measure_level(quantum.right);
  const StereoMeters& meters = mixer.master_meters();
  Telemetry& t = *telemetry_;
  const SeqlockWrite write(t.sequence);
  t.quantum_frames.store(frames);
  t.quantum_count.add(1);
  t.frame_count.add(frames);
  t.dropped_frames.add(quantum.lost);
  t.next_frame.store(quantum.next_frame);
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

// One in each quantum: a page looks ten times a second at most, and every quantum costs the same.
void Publisher::publish_meters(Mixer& mixer, bool all) noexcept REALTIME {
  const uint32_t count = all ? kInputs + 1 : 1;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t which = next_meters_;
    next_meters_ = (which + 1) % (kInputs + 1);
    Meters& to = meters_[which];
    if (which == kInputs) {
      store_meters(mixer.master_meters(), to);
      const auto gain = static_cast<double>(mixer.take_limiter_gain());
      to.reduction_db.store(static_cast<float>(-gain_to_db(gain)));
      to.gate_gain.store(1);
    } else {
      const ChannelStrip& strip = mixer.strip(which);
      store_meters(strip.meters(), to);
      to.reduction_db.store(strip.reduction_db());
      to.gate_gain.store(strip.gate_gain());
    }
  }
}

void Publisher::count_gap(uint64_t frames) noexcept REALTIME {
  const SeqlockWrite write(telemetry_->sequence);
  for (uint64_t rest = frames; rest > 0;) {
    const auto part = static_cast<uint32_t>(rest < UINT32_MAX ? rest : UINT32_MAX);
    telemetry_->gap_frames.add(part);
    rest -= part;
  }
}

// Meters are words of one type, one behind the other.
std::span<layout_types::f32> Publisher::meter_words() const noexcept REALTIME {
  static_assert(sizeof(Meters) % sizeof(layout_types::f32) == 0);
  return {&meters_.front().peak_left, meters_.size_bytes() / sizeof(layout_types::f32)};
}

uint32_t Publisher::digest() const noexcept REALTIME {
  const Telemetry& t = *telemetry_;
  Digest digest;
  for (const auto* level :
       {&t.quantum_peak_left, &t.quantum_peak_right, &t.quantum_rms_left, &t.quantum_rms_right,
        &t.peak_left, &t.peak_right, &t.rms_left, &t.rms_right}) {
    digest.add(level->load());
  }
  for (const layout_types::f32& word : meter_words()) digest.add(word.load());
  return digest.value();
}

void Publisher::archive(Archive& a) noexcept REALTIME {
  a.index(next_meters_, kInputs + 1);
  a.values(bad_samples_);
  for (layout_types::f32& word : meter_words()) {
    float value = word.load();
    a.values(value);
    word.store(value);
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
