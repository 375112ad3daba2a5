#include "engine/engine.h"

#include <bit>
#include <cmath>
#include <new>

#include "core/seqlock.h"

namespace quanta {
namespace {

float block_rms(const BlockLevel& level, uint32_t frames) noexcept REALTIME {
  return static_cast<float>(std::sqrt(level.sum_square / frames));
}

void open_telemetry(Telemetry* telemetry, Engine::Memory memory) {
  if (memory == Engine::Memory::kFresh) new (telemetry) Telemetry();
  // An engine that trapped while publishing left the seqlock odd: close it.
  telemetry->sequence.store((telemetry->sequence.load() + 1) & ~1U);
}

}  // namespace

EngineStatus Engine::configure(std::span<std::byte> block, uint32_t capacity, float rate_hz,
                               Memory memory) {
  if (!std::has_single_bit(capacity)) return EngineStatus::kBadCapacity;
  if (!(rate_hz >= kMinRateHz && rate_hz <= kMaxRateHz)) return EngineStatus::kBadRate;
  Arena arena(block);
  Engine next;
  // The telemetry comes first, so that it lies at the same place for every capacity. Nothing is
  // written before all memory is there: a refused call changes nothing.
  const std::span<Telemetry> telemetry = arena.take<Telemetry>(1);
  if (telemetry.empty() || !next.input_.configure(arena, capacity)) {
    return EngineStatus::kOutOfMemory;
  }
  next.telemetry_ = telemetry.data();
  open_telemetry(next.telemetry_, memory);
  for (LevelMeter& meter : next.meters_) meter.configure(rate_hz);
  *this = next;
  return EngineStatus::kOk;
}

EngineStatus Engine::check(uint32_t n) const noexcept REALTIME {
  if (telemetry_ == nullptr) return EngineStatus::kNotInitialized;
  if (n == 0 || n > kMaxQuantumFrames || n > input_.capacity()) return EngineStatus::kBadFrameCount;
  if (input_.unread_frames() < n) return EngineStatus::kUnderrun;
  return EngineStatus::kOk;
}

Engine::Levels Engine::measure(uint32_t n) const noexcept REALTIME {
  Levels levels;
  for (uint32_t channel = 0; channel < kInputChannels; ++channel) {
    const RingParts parts = input_.front(channel, n);
    levels[channel] = measure_level(parts.first) + measure_level(parts.second);
  }
  return levels;
}

void Engine::publish(const Levels& levels, uint32_t n, uint32_t lost) noexcept REALTIME {
  Telemetry& t = *telemetry_;
  const SeqlockWrite write(t.sequence);
  t.quantum_frames.store(n);
  t.quantum_count.add(1);
  t.frame_count.add(n);
  t.dropped_frames.add(lost);
  t.bad_samples.add(levels[0].bad_samples + levels[1].bad_samples);
  t.quantum_peak_left.store(levels[0].peak);
  t.quantum_peak_right.store(levels[1].peak);
  t.quantum_rms_left.store(block_rms(levels[0], n));
  t.quantum_rms_right.store(block_rms(levels[1], n));
  t.peak_left.store(meters_[0].peak());
  t.peak_right.store(meters_[1].peak());
  t.rms_left.store(meters_[0].rms());
  t.rms_right.store(meters_[1].rms());
}

EngineStatus Engine::process_quantum(uint32_t n) noexcept REALTIME {
  const EngineStatus status = check(n);
  if (status != EngineStatus::kOk) return status;
  const uint32_t lost = input_.skip_overwritten();
  const Levels levels = measure(n);
  input_.pop(n);
  for (uint32_t channel = 0; channel < kInputChannels; ++channel) {
    meters_[channel].update(levels[channel], n);
  }
  publish(levels, n, lost);
  return EngineStatus::kOk;
}

}  // namespace quanta
