#include "engine/controls.h"

#include <array>
#include <new>
#include <span>

namespace quanta {
namespace {

struct Range {
  float initial;
  float min;
  float max;

  // Also false for a value that is no number.
  constexpr bool holds(float value) const { return value >= min && value <= max; }
};

#define QUANTA_RANGE(name, unit, initial, min, max, doc) Range{initial, min, max},
constexpr std::array<Range, ParameterBlock::kStripCount> kStripRanges = {
    QUANTA_STRIP_PARAMETERS(QUANTA_RANGE)};
constexpr std::array<Range, ParameterBlock::kMasterCount> kMasterRanges = {
    QUANTA_MASTER_PARAMETERS(QUANTA_RANGE)};
constexpr std::array<Range, ParameterBlock::kAnalysisCount> kAnalysisRanges = {
    QUANTA_ANALYSIS_PARAMETERS(QUANTA_RANGE)};
#undef QUANTA_RANGE

CommandStatus store(std::span<layout_types::f32> words, std::span<const Range> ranges,
                    uint32_t parameter, float value) noexcept REALTIME {
  if (parameter >= ranges.size()) return CommandStatus::kBadParameter;
  if (!ranges[parameter].holds(value)) return CommandStatus::kBadValue;
  words[parameter].store(value);
  return CommandStatus::kApplied;
}

[[gnu::noinline]] void archive_words(Archive& a, std::span<layout_types::f32> words,
                                     std::span<const Range> ranges) noexcept REALTIME {
  for (size_t i = 0; i < words.size(); ++i) {
    float value = words[i].load();
    a.values(value);
    a.check(ranges[i].holds(value));
    if (a.loading() && a.ok()) words[i].store(value);
  }
}

constexpr bool is_on(float value) { return value >= 0.5F; }

}  // namespace

bool Controls::configure(Arena& arena, bool inherited) {
  const auto room = arena.take<ParameterBlock>(1);
  if (room.empty()) return false;
  block_ = inherited ? room.data() : new (room.data()) ParameterBlock();
  if (inherited) return true;
  for (uint32_t input = 0; input < kInputs; ++input) {
    set_initial(input);
    block_->started[input].store(1);
  }
  for (size_t i = 0; i < kMasterRanges.size(); ++i) {
    block_->master[i].store(kMasterRanges[i].initial);
  }
  for (size_t i = 0; i < kAnalysisRanges.size(); ++i) {
    block_->analysis[i].store(kAnalysisRanges[i].initial);
  }
  return true;
}

void Controls::apply_all(Mixer& mixer) noexcept REALTIME {
  for (uint32_t input = 0; input < kInputs; ++input) apply_strip(mixer, input);
  apply_master(mixer);
}

CommandStatus Controls::set(Mixer& mixer, uint32_t input, uint32_t parameter,
                            float value) noexcept REALTIME {
  if (input == kMaster) {
    const CommandStatus status = store(block_->master, kMasterRanges, parameter, value);
    if (status == CommandStatus::kApplied) apply_master(mixer);
    return status;
  }
  if (input == kAnalysis) return store(block_->analysis, kAnalysisRanges, parameter, value);
  if (input >= kInputs) return CommandStatus::kBadInput;
  const CommandStatus status = store(block_->strips[input], kStripRanges, parameter, value);
  if (status == CommandStatus::kApplied) apply_strip(mixer, input);
  return status;
}

CommandStatus Controls::start(Mixer& mixer, uint32_t input, bool heard) noexcept REALTIME {
  if (input >= kInputs) return CommandStatus::kBadInput;
  block_->started[input].store(heard ? 1 : 0);
  apply_strip(mixer, input);
  return CommandStatus::kApplied;
}

CommandStatus Controls::reset(Mixer& mixer, uint32_t input, bool heard) noexcept REALTIME {
  if (input >= kInputs) return CommandStatus::kBadInput;
  set_initial(input);
  return start(mixer, input, heard);
}

void Controls::archive(Archive& a, Mixer& mixer) noexcept REALTIME {
  for (auto& words : block_->strips) archive_words(a, words, kStripRanges);
  archive_words(a, block_->master, kMasterRanges);
  archive_words(a, block_->analysis, kAnalysisRanges);
  for (layout_types::u32& started : block_->started) {
    uint32_t word = started.load();
    a.index(word, 2);
    started.store(word);
  }
  if (a.loading() && a.ok()) apply_all(mixer);
}

void Controls::set_initial(uint32_t input) noexcept REALTIME {
  for (size_t i = 0; i < kStripRanges.size(); ++i) {
    block_->strips[input][i].store(kStripRanges[i].initial);
  }
}

void Controls::apply_strip(Mixer& mixer, uint32_t input) const noexcept REALTIME {
  using enum StripParameter;
  const auto at = [this, input](StripParameter p) noexcept REALTIME { return strip(input, p); };
  StripSetting to;
  to.gain_db = at(gain_db);
  to.pan = at(pan);
  to.mute = is_on(at(mute)) || block_->started[input].load() == 0;
  to.solo = is_on(at(solo));
  to.high_pass.on = is_on(at(high_pass_on));
  to.high_pass.frequency_hz = at(high_pass_hz);
  to.bands = {BiquadSetting{at(low_shelf_hz), at(low_shelf_q), at(low_shelf_db), true},
              BiquadSetting{at(low_mid_hz), at(low_mid_q), at(low_mid_db), true},
              BiquadSetting{at(high_mid_hz), at(high_mid_q), at(high_mid_db), true},
              BiquadSetting{at(high_shelf_hz), at(high_shelf_q), at(high_shelf_db), true}};
  to.gate = {at(gate_threshold_db), at(gate_range_db),   at(gate_attack_ms),
             at(gate_hold_ms),      at(gate_release_ms), is_on(at(gate_on))};
  to.compressor = {at(compressor_threshold_db), at(compressor_ratio),      at(compressor_knee_db),
                   at(compressor_attack_ms),    at(compressor_release_ms), at(compressor_makeup_db),
                   is_on(at(compressor_on))};
  to.compressor_key = static_cast<uint32_t>(at(compressor_key));
  mixer.set_strip(input, to);
}

void Controls::apply_master(Mixer& mixer) const noexcept REALTIME {
  using enum MasterParameter;
  mixer.set_master(
      {master(gain_db),
       {master(limiter_ceiling_db), master(limiter_release_ms), is_on(master(limiter_on))}});
}

float Controls::strip(uint32_t input, StripParameter parameter) const noexcept REALTIME {
  return block_->strips[input][static_cast<size_t>(parameter)].load();
}

float Controls::analysis(AnalysisParameter parameter) const noexcept REALTIME {
  return block_->analysis[static_cast<size_t>(parameter)].load();
}

float Controls::master(MasterParameter parameter) const noexcept REALTIME {
  return block_->master[static_cast<size_t>(parameter)].load();
}

}  // namespace quanta
