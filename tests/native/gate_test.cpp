#include "dsp/gate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "spectrum.h"
#include "stereo_signals.h"

namespace quanta {
namespace {

constexpr double kFramesPerMs = 48;

size_t frames_of(float ms) { return static_cast<size_t>(static_cast<double>(ms) * kFramesPerMs); }

class GateTest : public testing::Test {
 protected:
  GateTest() : arena_(memory_) { EXPECT_TRUE(ramp_.configure(arena_, 48000)); }

  // A gate that has long been on, with nothing at its input.
  Gate closed_gate(const GateSetting& setting) {
    Gate gate;
    gate.configure(ramp_, 48000);
    gate.set(setting);
    Frames silence(96000);
    gate.process(silence);
    return gate;
  }

  std::vector<std::byte> memory_ = std::vector<std::byte>(16384);
  Arena arena_;
  RampShape ramp_;
};

constexpr GateSetting kSetting{-30, -40, 5, 20, 60, true};

TEST_F(GateTest, WhatIsBelowTheThresholdIsLoweredByTheRange) {
  Gate gate = closed_gate(kSetting);
  Frames soft = sine(4800, 1000, amplitude(-30.1));
  const double before = rms(soft);
  gate.process(soft);
  EXPECT_NEAR(decibels(rms(soft) / before), -40, 0.002);
}

TEST_F(GateTest, WhatIsAboveTheThresholdPassesBitByBit) {
  Gate gate = closed_gate(kSetting);
  Frames loud = sine(48000, 1000, amplitude(-29.9));
  gate.process(loud);
  Frames more = sine(4800, 1000, amplitude(-29.9));
  const Frames input = more;
  gate.process(more);
  EXPECT_TRUE(same_bits(more, input));
  EXPECT_EQ(gate.gain(), 1);
}

TEST_F(GateTest, AfterTheAttackTimeTheGainHasRisenBy63Percent) {
  Gate gate = closed_gate(kSetting);
  Frames loud = square(frames_of(kSetting.attack_ms), 0.5);
  gate.process(loud);
  const double floor = amplitude(-40);
  EXPECT_NEAR(static_cast<double>(gate.gain()), 1 - (1 - floor) / std::exp(1), 0.002);
}

TEST_F(GateTest, ItStaysOpenForTheHoldTimeAndThenFallsWithTheReleaseTime) {
  Gate gate = closed_gate(kSetting);
  Frames loud = square(48000, 0.5);
  gate.process(loud);
  Frames hold(frames_of(kSetting.hold_ms));
  gate.process(hold);
  EXPECT_EQ(gate.gain(), 1);
  Frames release(frames_of(kSetting.release_ms));
  gate.process(release);
  const double floor = amplitude(-40);
  EXPECT_NEAR(static_cast<double>(gate.gain()), floor + (1 - floor) / std::exp(1), 0.001);
}

TEST_F(GateTest, EitherChannelOpensBoth) {
  for (const Double2 loud : {Double2{0.5, 1e-5}, Double2{1e-5, -0.5}}) {
    Gate gate = closed_gate(kSetting);
    Frames frames(48000, loud);
    gate.process(frames);
    EXPECT_EQ(frames.back()[0], loud[0]);
    EXPECT_EQ(frames.back()[1], loud[1]);
  }
}

TEST_F(GateTest, OffLeavesEveryBit) {
  Gate gate = closed_gate(kSetting);
  GateSetting off = kSetting;
  off.on = false;
  gate.set(off);
  EXPECT_FALSE(gate.neutral());
  Frames silence(4800);
  gate.process(silence);
  EXPECT_TRUE(gate.neutral());
  Frames frames = noise(1000);
  const Frames input = frames;
  gate.process(frames);
  EXPECT_TRUE(same_bits(frames, input));
}

TEST_F(GateTest, BeingSwitchedAddsNothingOutsideTheProgrammesBand) {
  constexpr size_t kWindow = 8192;
  // Closed all the time: the fade is the difference between 0 and the range.
  for (const bool on : {true, false}) {
    GateSetting setting = kSetting;
    setting.threshold_db = 0;
    setting.on = !on;
    setting.attack_ms = setting.release_ms = 0;
    setting.hold_ms = 0;
    Gate gate = closed_gate(setting);
    Frames frames = sine(kWindow, 1000, 0.99);
    const std::span<Double2> all(frames);
    gate.process(all.first(kWindow / 2));
    setting.on = on;
    gate.set(setting);
    gate.process(all.subspan(kWindow / 2));
    EXPECT_LT(highest_outside_db(channel_of(frames, 0), 48000, 1000, 140), -80) << on;
  }
}

TEST_F(GateTest, TheOutputDoesNotDependOnTheBlocks) {
  const auto run = [&](size_t block) {
    Gate gate;
    gate.configure(ramp_, 48000);
    gate.set({-3, -20, 1, 5, 10, true});
    Frames frames = noise(10000);
    for (size_t i = 0; i < frames.size(); i += block) {
      gate.process(std::span(frames).subspan(i, std::min(block, frames.size() - i)));
    }
    return frames;
  };
  const Frames whole = run(10000);
  for (const size_t block : {1U, 100U, 128U}) EXPECT_TRUE(same_bits(run(block), whole)) << block;
}

}  // namespace
}  // namespace quanta
