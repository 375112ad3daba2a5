#include "dsp/level.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include "dsp/decay.h"

namespace quanta {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

std::vector<float> noise(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::vector<float> samples(count);
  for (float& sample : samples) sample = uniform(random);
  return samples;
}

TEST(MeasureLevel, FindsPeakAndPowerOfEveryLength) {
  const std::vector<float> samples = noise(1027, 1);
  for (size_t count = 0; count <= samples.size(); count += count < 20 ? 1 : 107) {
    float peak = 0;
    double sum_square = 0;
    for (size_t i = 0; i < count; ++i) {
      peak = std::max(peak, std::abs(samples[i]));
      sum_square += double{samples[i]} * double{samples[i]};
    }
    const BlockLevel level = measure_level({samples.data(), count});
    EXPECT_EQ(level.peak, peak) << count;
    EXPECT_NEAR(level.sum_square, sum_square, 1e-12 * sum_square) << count;
    EXPECT_EQ(level.bad_samples, 0U);
  }
}

TEST(MeasureLevel, TakesBadSamplesAsSilenceAndCountsThem) {
  std::vector<float> samples = {0.5F, kNan, -kInfinity, -0.25F, kInfinity};
  const BlockLevel level = measure_level(samples);
  EXPECT_EQ(level.peak, 0.5F);
  EXPECT_EQ(level.sum_square, 0.3125);
  EXPECT_EQ(level.bad_samples, 3U);
}

TEST(MeasureLevel, TheLargestFiniteSampleHasAFinitePower) {
  const std::vector<float> samples(8, std::numeric_limits<float>::max());
  const BlockLevel level = measure_level(samples);
  EXPECT_EQ(level.peak, std::numeric_limits<float>::max());
  EXPECT_TRUE(std::isfinite(level.sum_square));
}

TEST(LevelMeter, ASineSettlesAtThreeDecibelsBelowItsPeak) {
  for (const uint32_t frames : {1U, 127U, 128U, 480U, 16384U}) {
    LevelMeter meter;
    meter.configure(48000);
    std::vector<float> block(frames);
    uint32_t at = 0;
    while (at < 5 * 48000) {
      for (float& sample : block) {
        sample = static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * 1000 * at++ / 48000));
      }
      meter.update(measure_level(block), frames);
    }
    EXPECT_NEAR(20 * std::log10(meter.rms()), -9.03, 0.02) << frames;
    EXPECT_NEAR(20 * std::log10(meter.peak()), -6.02, 0.02) << frames;
  }
}

TEST(LevelMeter, ThePeakFallsTwentyDecibelsIn1700Milliseconds) {
  for (const uint32_t frames : {1U, 128U, 1700U}) {
    LevelMeter meter;
    meter.configure(48000);
    meter.update({1.0F, 1.0, 0}, frames);
    for (uint32_t at = 0; at < 81600; at += frames) meter.update({}, frames);
    EXPECT_NEAR(20 * std::log10(meter.peak()), -20, 0.05) << frames;
  }
}

TEST(LevelMeter, SilenceReachesExactlyZero) {
  LevelMeter meter;
  meter.configure(48000);
  meter.update({1.0F, 128.0, 0}, 128);
  for (int i = 0; i < 100'000; ++i) meter.update({}, 128);
  EXPECT_EQ(meter.peak(), 0.0F);
  EXPECT_EQ(meter.rms(), 0.0F);
}

TEST(Decay, FollowsTheExponentialFunction) {
  for (double x = 0; x < 30; x += 0.37) {
    EXPECT_NEAR(decay(x) / std::exp(-x), 1.0, x * x / (1 << 21) + 1e-9) << x;
  }
}

}  // namespace
}  // namespace quanta
