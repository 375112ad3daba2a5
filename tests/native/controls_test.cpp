#include "engine/controls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "dsp/biquad.h"
#include "dsp/compressor.h"
#include "dsp/gate.h"
#include "mixer_support.h"

namespace quanta {
namespace {

class ControlsTest : public MixerTest {
 protected:
  ControlsTest() { EXPECT_TRUE(controls_.configure(arena_, false)); }

  void set(StripParameter parameter, float value) {
    const CommandStatus status = controls_.set(mixer_, 0, static_cast<uint32_t>(parameter), value);
    ASSERT_EQ(status, CommandStatus::kApplied) << static_cast<uint32_t>(parameter);
  }

  Controls controls_;
};

// Every parameter at a value of its own, against the effects put together by hand.
TEST_F(ControlsTest, EveryParameterReachesItsEffect) {
  using enum StripParameter;
  const std::pair<StripParameter, float> values[] = {{gain_db, -6},
                                                     {high_pass_on, 1},
                                                     {high_pass_hz, 130},
                                                     {low_shelf_hz, 150},
                                                     {low_shelf_db, 5},
                                                     {low_shelf_q, 0.6F},
                                                     {low_mid_hz, 500},
                                                     {low_mid_db, -4},
                                                     {low_mid_q, 2},
                                                     {high_mid_hz, 3100},
                                                     {high_mid_db, 3},
                                                     {high_mid_q, 1.5F},
                                                     {high_shelf_hz, 9000},
                                                     {high_shelf_db, -7},
                                                     {high_shelf_q, 0.8F},
                                                     {gate_on, 1},
                                                     {gate_threshold_db, -4},
                                                     {gate_range_db, -9},
                                                     {gate_attack_ms, 2},
                                                     {gate_hold_ms, 3},
                                                     {gate_release_ms, 11},
                                                     {compressor_on, 1},
                                                     {compressor_threshold_db, -12},
                                                     {compressor_ratio, 5},
                                                     {compressor_knee_db, 4.5F},
                                                     {compressor_attack_ms, 7},
                                                     {compressor_release_ms, 80},
                                                     {compressor_makeup_db, 2.5F}};
  for (const auto& [parameter, value] : values) set(parameter, value);
  mix(silence(9600));

  std::vector<std::byte> memory(65536);
  Arena arena(memory);
  RampShape ramp;
  ASSERT_TRUE(ramp.configure(arena, 48000));
  const std::pair<BiquadShape, BiquadSetting> filters[] = {
      {BiquadShape::kHighPass, {130, 0.70710678F, 0, true}},
      {BiquadShape::kLowShelf, {150, 0.6F, 5, true}},
      {BiquadShape::kPeak, {500, 2, -4, true}},
      {BiquadShape::kPeak, {3100, 1.5F, 3, true}},
      {BiquadShape::kHighShelf, {9000, 0.8F, -7, true}}};
  Frames frames(9600);
  const Frames sound = noise(48000);
  frames.insert(frames.end(), sound.begin(), sound.end());
  for (const auto& [shape, setting] : filters) {
    Biquad filter;
    filter.configure(ramp, shape, 48000);
    filter.set(setting);
    filter.process(frames);
  }
  Gate gate;
  gate.configure(ramp, 48000);
  gate.set({-4, -9, 2, 3, 11, true});
  gate.process(frames);
  Compressor compressor;
  ASSERT_TRUE(compressor.configure(arena, ramp, 48000));
  compressor.set({-12, 5, 4.5F, 7, 80, 2.5F, true});
  compressor.process(frames, frames);
  const auto fader = static_cast<double>(static_cast<float>(amplitude(-6)));
  for (Double2& frame : frames) frame *= fader;
  const auto heard = std::span<const Double2>(frames).last(48000);
  EXPECT_TRUE(same(mix(noise_of(48000, 1)), {channel_of(heard, 0), channel_of(heard, 1)}));
}

TEST_F(ControlsTest, AnInputIsTheKeyOfACompressor) {
  EXPECT_EQ(mixer_.strip(0).setting().compressor_key, kInputs);
  set(StripParameter::compressor_key, 5);
  EXPECT_EQ(mixer_.strip(0).setting().compressor_key, 5U);
  const auto key = static_cast<uint32_t>(StripParameter::compressor_key);
  EXPECT_EQ(controls_.set(mixer_, 0, key, 9), CommandStatus::kBadValue);
}

// With all effects on, each parameter at both ends of its range: the mix stays finite, and with the
// initial values the input comes out bit by bit again.
TEST_F(ControlsTest, EveryParameterWorksAtTheEndsOfItsRange) {
#define QUANTA_ENDS(name, unit, initial, min, max, doc) {min, max},
  constexpr float kEnds[][2] = {QUANTA_STRIP_PARAMETERS(QUANTA_ENDS)};
#undef QUANTA_ENDS
  const Stereo input = noise_of(4800, 1);
  for (size_t index = 0; index < std::size(kEnds); ++index) {
    for (const float value : kEnds[index]) {
      mixer_.set_strip(0, busy_strip());
      for (const StripParameter on :
           {StripParameter::gate_on, StripParameter::compressor_on, StripParameter::high_pass_on}) {
        set(on, 1);
      }
      set(static_cast<StripParameter>(index), value);
      const Stereo out = mix(input);
      for (const float sample : out.left) ASSERT_TRUE(std::isfinite(sample)) << index;
      EXPECT_LT(*std::max_element(out.left.begin(), out.left.end()), 100) << index;
      ASSERT_EQ(controls_.reset(mixer_, 0, true), CommandStatus::kApplied);
      settle();
      EXPECT_TRUE(same(mix(input), input)) << index;
    }
  }
}

}  // namespace
}  // namespace quanta
