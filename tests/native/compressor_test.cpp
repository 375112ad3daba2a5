#include "dsp/compressor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "spectrum.h"
#include "stereo_signals.h"

namespace quanta {
namespace {

// Output level for an input level; Giannoulis et al., equation 4.
double static_curve_db(const CompressorSetting& setting, double level_db) {
  const auto knee = static_cast<double>(setting.knee_db);
  const auto ratio = static_cast<double>(setting.ratio);
  const double over = level_db - static_cast<double>(setting.threshold_db);
  const auto makeup = static_cast<double>(setting.makeup_db);
  if (2 * over <= -knee) return level_db + makeup;
  if (2 * over >= knee) return level_db - over + over / ratio + makeup;
  return level_db + (1 / ratio - 1) * std::pow(over + knee / 2, 2) / (2 * knee) + makeup;
}

class CompressorTest : public testing::Test {
 protected:
  // A compressor that has long been set, with nothing at its input.
  Compressor make(const CompressorSetting& setting) {
    Arena arena(memory_);
    EXPECT_TRUE(ramp_.configure(arena, 48000));
    Compressor compressor;
    EXPECT_TRUE(compressor.configure(arena, ramp_, 48000));
    compressor.set(setting);
    Frames silence(4800);
    compressor.process(silence, silence);
    return compressor;
  }

  static void run(Compressor& compressor, std::span<Double2> frames) {
    compressor.process(frames, frames);
  }

  std::vector<std::byte> memory_ = std::vector<std::byte>(32768);
  RampShape ramp_;
};

constexpr CompressorSetting kSetting{-24, 4, 0, 10, 200, 0, true};

TEST_F(CompressorTest, ASteadyToneMeetsTheStaticCurve) {
  for (const CompressorSetting& setting : {kSetting, CompressorSetting{-20, 2, 12, 5, 100, 3, true},
                                           CompressorSetting{-40, 20, 6, 0.1F, 10, -2, true},
                                           CompressorSetting{-10, 1.5F, 24, 30, 1000, 0, true}}) {
    for (const double hz : {60.0, 440.0, 997.0, 5000.0}) {
      for (double level = -60; level <= 0; level += 4) {
        Compressor compressor = make(setting);
        Frames frames = sine(96000, hz, amplitude(level));
        run(compressor, frames);
        const double out = decibels(rms(std::span(frames).last(48000)) * std::sqrt(2));
        EXPECT_NEAR(out, static_curve_db(setting, level), 0.05) << hz << " Hz, " << level;
      }
    }
  }
}

TEST_F(CompressorTest, AfterTheAttackTimeTheReductionHasRisenBy63Percent) {
  for (const float attack_ms : {1.0F, 10.0F, 100.0F}) {
    CompressorSetting setting = kSetting;
    setting.attack_ms = attack_ms;
    Compressor compressor = make(setting);
    Frames frames = square(static_cast<size_t>(attack_ms * 48), amplitude(-4));
    run(compressor, frames);
    EXPECT_NEAR(static_cast<double>(compressor.reduction_db()), 15 * (1 - 1 / std::exp(1)), 0.02);
  }
}

TEST_F(CompressorTest, AfterHoldAndReleaseTimeTheReductionHasFallenBy63Percent) {
  for (const float release_ms : {20.0F, 200.0F}) {
    CompressorSetting setting = kSetting;
    setting.release_ms = release_ms;
    Compressor compressor = make(setting);
    Frames loud = square(48000, amplitude(-4));
    run(compressor, loud);
    EXPECT_NEAR(static_cast<double>(compressor.reduction_db()), 15, 0.001);
    Frames hold = square(479, amplitude(-60));
    run(compressor, hold);
    EXPECT_NEAR(static_cast<double>(compressor.reduction_db()), 15, 0.001);
    Frames release = square(static_cast<size_t>(release_ms * 48), amplitude(-60));
    run(compressor, release);
    EXPECT_NEAR(static_cast<double>(compressor.reduction_db()), 15 / std::exp(1), 0.01);
  }
}

TEST_F(CompressorTest, BelowTheKneeEveryBitPasses) {
  Compressor compressor = make(kSetting);
  Frames frames = noise(4800);
  for (Double2& frame : frames) frame *= amplitude(-24.1);
  const Frames input = frames;
  run(compressor, frames);
  EXPECT_TRUE(same_bits(frames, input));
}

TEST_F(CompressorTest, OffLeavesEveryBit) {
  Compressor compressor = make(kSetting);
  CompressorSetting off = kSetting;
  off.makeup_db = 6;
  off.on = false;
  compressor.set(off);
  EXPECT_FALSE(compressor.neutral());
  Frames fade = noise(4800);
  run(compressor, fade);
  EXPECT_TRUE(compressor.neutral());
  Frames frames = noise(1000);
  const Frames input = frames;
  run(compressor, frames);
  EXPECT_TRUE(same_bits(frames, input));
  EXPECT_EQ(compressor.reduction_db(), 0);
}

TEST_F(CompressorTest, BothChannelsGetTheGainOfTheLouder) {
  for (const Double2 level : {Double2{0.5, 0.01}, Double2{0.01, -0.5}}) {
    Compressor compressor = make(kSetting);
    Frames frames(96000, level);
    run(compressor, frames);
    const double gain = static_curve_db(kSetting, decibels(0.5)) - decibels(0.5);
    EXPECT_NEAR(decibels(frames.back()[0] / level[0]), gain, 0.01);
    EXPECT_NEAR(decibels(frames.back()[1] / level[1]), gain, 0.01);
  }
}

TEST_F(CompressorTest, AKeyControlsAnotherSignal) {
  Compressor compressor = make(kSetting);
  Frames soft = sine(96000, 1000, 0.01);
  const Frames key = square(96000, amplitude(-4));
  compressor.process(soft, key);
  EXPECT_NEAR(decibels(rms(std::span(soft).last(48000)) * std::sqrt(2)), -40 - 15, 0.01);
}

TEST_F(CompressorTest, AMovingSettingAddsNothingOutsideTheProgrammesBand) {
  constexpr size_t kWindow = 8192;
  const CompressorSetting deep{-40, 20, 6, 1, 20, 10, true};
  CompressorSetting off = deep;
  off.on = false;
  const CompressorSetting mild{-10, 2, 0, 1, 20, 0, true};

  struct Case {
    CompressorSetting from;
    CompressorSetting to;
    double band_hz;  // gains that move by many dB, not by an amplitude, spread further
  };

  for (const auto& [from, to, band_hz] :
       {Case{off, deep, 140}, Case{deep, off, 140}, Case{deep, mild, 300}}) {
    Compressor compressor = make(from);
    Frames frames = sine(2 * kWindow, 1000, 1);
    const std::span<Double2> all(frames);
    run(compressor, all.first(kWindow + kWindow / 2));
    compressor.set(to);
    run(compressor, all.subspan(kWindow + kWindow / 2));
    const std::vector<float> left = channel_of(all.last(kWindow), 0);
    EXPECT_LT(highest_outside_db(left, 48000, 1000, band_hz), -80);
  }
}

TEST_F(CompressorTest, TheOutputDoesNotDependOnTheBlocks) {
  const auto process = [&](size_t block) {
    Compressor compressor = make({-20, 4, 6, 1, 20, 3, true});
    Frames frames = noise(10000);
    for (size_t i = 0; i < frames.size(); i += block) {
      if (i <= 5000 && i + block > 5000) compressor.set({-10, 2, 6, 1, 20, 3, true});
      run(compressor, std::span(frames).subspan(i, std::min(block, frames.size() - i)));
    }
    return frames;
  };
  const Frames whole = process(5000);
  for (const size_t block : {1U, 100U, 125U}) EXPECT_TRUE(same_bits(process(block), whole));
}

}  // namespace
}  // namespace quanta
