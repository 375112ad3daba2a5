#include "dsp/compressor.h"

#include <algorithm>

#include "dsp/exact_math.h"
#include "dsp/fast_math.h"
#include "dsp/one_pole.h"

namespace quanta {
namespace {

constexpr size_t kStep = 4;
constexpr double kHoldSeconds = 0.01;
constexpr float kLowestLevel = 1e-10F;   // -200 dBFS stands for silence
constexpr float kNarrowestKnee = 1e-3F;  // log2: 0.006 dB stands for none
constexpr float kLowestGain = -100;      // log2: 600 dB

float octaves(float db) noexcept REALTIME {
  return static_cast<float>(static_cast<double>(db) / kDbPerOctave);
}

}  // namespace

bool Compressor::configure(Arena& arena, const RampShape& ramp, float rate_hz) {
  *this = Compressor();
  rate_hz_ = static_cast<double>(rate_hz);
  curve_.configure(ramp, {});
  set(CompressorSetting());
  return held_.configure(arena, static_cast<size_t>(kHoldSeconds * rate_hz_ + 0.5));
}

void Compressor::set(const CompressorSetting& setting) noexcept REALTIME {
  rise_ = one_pole_step(setting.attack_ms, rate_hz_);
  fall_ = one_pole_step(setting.release_ms, rate_hz_);
  Smoother<kLanes>::Value lanes{};
  lanes[kThreshold] = octaves(setting.threshold_db);
  lanes[kSlope] = 1 - 1 / setting.ratio;
  lanes[kKnee] = octaves(setting.knee_db);
  lanes[kMakeup] = octaves(setting.makeup_db);
  if (neutral()) {
    // What is not heard need not move.
    curve_.jump(lanes);
    held_.clear();
    reduction_ = 0;
  }
  lanes[kAmount] = setting.on ? 1.0F : 0.0F;
  curve_.set(lanes);
}

void Compressor::archive(Archive& a) noexcept REALTIME {
  a.values(reduction_);
  held_.archive(a);
  curve_.archive(a);
}

float Compressor::reduction_db() const noexcept REALTIME {
  return neutral() ? 0 : static_cast<float>(reduction_ * kDbPerOctave);
}

void Compressor::process(std::span<Double2> frames,
                         std::span<const Double2> key) noexcept REALTIME {
  if (neutral()) return;
  while (!frames.empty()) {
    const size_t count = std::min(frames.size(), kBlock);
    process_block(frames.first(count), key.first(count));
    frames = frames.subspan(count);
    key = key.subspan(count);
  }
}

// Three passes, so that all but the recursive one run in four lanes.
void Compressor::process_block(std::span<Double2> frames,
                               std::span<const Double2> key) noexcept REALTIME {
  std::array<Values, kLanes> lanes{};
  const size_t count = frames.size();
  curve_.fill({lanes[0].data(), lanes[1].data(), lanes[2].data(), lanes[3].data(), lanes[4].data()},
              static_cast<uint32_t>(count));
  Values values{};
  for (size_t i = 0; i < count; ++i) values[i] = static_cast<float>(loudest(key[i]));
  for (size_t i = 0; i < count; i += kStep) {
    const Float4 level = fast_log2(max4(load4(&values[i]), splat4(kLowestLevel)));
    const Float4 knee = max4(load4(&lanes[kKnee][i]), splat4(kNarrowestKnee));
    // Distance from the lower end of the knee; a parabola within it, a line above.
    const Float4 over = level - load4(&lanes[kThreshold][i]) + knee * 0.5F;
    const Float4 inside = min4(max4(over, Float4{}), knee);
    const Float4 bent = inside * inside / (knee * 2.0F) + max4(over - knee, Float4{});
    store4(&values[i], bent * load4(&lanes[kSlope][i]));
  }
  follow(values, count);
  for (size_t i = 0; i < count; i += kStep) {
    const Float4 octaves_up = load4(&lanes[kMakeup][i]) - load4(&values[i]);
    const Float4 gain = fast_exp2(max4(octaves_up, splat4(kLowestGain)));
    const Float4 amount = load4(&lanes[kAmount][i]);
    store4(&values[i], (1.0F - amount) + amount * gain);
  }
  for (size_t i = 0; i < count; ++i) frames[i] *= static_cast<double>(values[i]);
}

void Compressor::follow(Values& reductions, size_t frames) noexcept REALTIME {
  for (size_t i = 0; i < frames; ++i) {
    const auto held = static_cast<double>(held_.push(reductions[i]));
    reduction_ = approach(reduction_, held, rise_, fall_);
    reductions[i] = static_cast<float>(reduction_);
  }
}

}  // namespace quanta
