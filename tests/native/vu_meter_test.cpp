#include "dsp/vu_meter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace quanta {
namespace {

std::vector<float> tone(double seconds, double rate_hz) {
  std::vector<float> out(static_cast<size_t>(seconds * rate_hz));
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] =
        static_cast<float>(std::sin(2 * std::numbers::pi * 997 * static_cast<double>(i) / rate_hz));
  }
  return out;
}

TEST(VuMeter, AToneReaches99PercentAfter300MsAndSwingsOverBy1To1Point5Percent) {
  for (const float rate_hz : {44100.0F, 48000.0F, 96000.0F, 8000.0F}) {
    VuMeter meter;
    meter.configure(rate_hz);
    double reached_seconds = 0;
    double highest = 0;
    const std::vector<float> samples = tone(2, static_cast<double>(rate_hz));
    for (size_t i = 0; i < samples.size(); ++i) {
      meter.update(&samples[i], &samples[i], 1);
      const auto reading = static_cast<double>(meter.left());
      const double seconds = static_cast<double>(i + 1) / static_cast<double>(rate_hz);
      if (reading >= 0.99 && reached_seconds == 0) reached_seconds = seconds;
      highest = std::fmax(highest, reading);
    }
    // The standard allows 10 % of the time.
    EXPECT_NEAR(reached_seconds, 0.3, 0.01) << rate_hz;
    EXPECT_GT(highest, 1.01) << rate_hz;
    EXPECT_LT(highest, 1.015) << rate_hz;
    EXPECT_NEAR(static_cast<double>(meter.left()), 1, 0.01) << rate_hz;
  }
}

TEST(VuMeter, TheNeedleFallsAsItRoseAndStopsAtZero) {
  VuMeter meter;
  meter.configure(48000);
  const std::vector<float> samples = tone(2, 48000);
  meter.update(samples.data(), samples.data(), samples.size());
  const std::vector<float> silence(48000 * 3 / 10);
  meter.update(silence.data(), silence.data(), silence.size());
  EXPECT_NEAR(static_cast<double>(meter.left()), 0.01, 0.002);
  for (int i = 0; i < 100; ++i) {
    meter.update(silence.data(), silence.data(), silence.size());
    EXPECT_GE(meter.left(), 0);
  }
  EXPECT_EQ(meter.left(), 0);
}

TEST(VuMeter, ChannelsAreSeparate) {
  VuMeter meter;
  meter.configure(48000);
  const std::vector<float> left = tone(2, 48000);
  std::vector<float> right = left;
  for (float& sample : right) sample /= 4;
  meter.update(left.data(), right.data(), left.size());
  EXPECT_NEAR(static_cast<double>(meter.left()), 1, 0.01);
  EXPECT_NEAR(static_cast<double>(meter.right()), 0.25, 0.0025);
}

TEST(VuMeter, TheReadingDoesNotDependOnTheBlocks) {
  const std::vector<float> samples = tone(0.2, 44100);
  const auto run = [&](size_t block) {
    VuMeter meter;
    meter.configure(44100);
    for (size_t i = 0; i < samples.size(); i += block) {
      meter.update(&samples[i], &samples[i], std::min(block, samples.size() - i));
    }
    return meter.left();
  };
  const float whole = run(samples.size());
  for (const size_t block : {1U, 43U, 128U}) EXPECT_EQ(run(block), whole) << block;
}

}  // namespace
}  // namespace quanta
