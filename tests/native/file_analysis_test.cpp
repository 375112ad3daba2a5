#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "analysis_support.h"
#include "offline/file_analyzer.h"
#include "offline/file_delay.h"
#include "resampler_support.h"

namespace quanta {
namespace {

using test::ArenaBlock;

constexpr size_t kArenaBytes = 1 << 26;
constexpr uint32_t kRateHz = 48000;

using Planes = std::vector<std::vector<float>>;

struct Window {
  WindowReadings readings;
  std::vector<PartialReadings> partials;
};

// With noise that drowns the spurious tones of samples that are rounded in the same way again and
// again.
std::vector<float> dithered_tone(double hz, size_t frames) {
  std::vector<float> samples = test::tone(hz, kRateHz, frames);
  const std::vector<float> hiss = test::noise(frames, 5);
  for (size_t i = 0; i < frames; ++i) samples[i] += 1e-6F * hiss[i];
  return samples;
}

std::vector<Window> analyze(const Planes& planes, const FileAnalyzer::Options& options,
                            size_t limit = 16384) {
  ArenaBlock memory(kArenaBytes);
  FileBlock block;
  FileAnalyzer analyzer;
  EXPECT_TRUE(block.configure(memory.arena(), static_cast<uint32_t>(planes.size())));
  EXPECT_TRUE(analyzer.configure(memory.arena(), block, kRateHz, options));
  std::vector<Window> windows;
  for (size_t at = 0; at < planes[0].size();) {
    const size_t n = std::min({planes[0].size() - at, size_t{block.frames()}, limit});
    for (size_t channel = 0; channel < planes.size(); ++channel) {
      const auto from = planes[channel].begin() + static_cast<std::ptrdiff_t>(at);
      std::copy_n(from, n, block.plane(channel, n).begin());
    }
    analyzer.add(n);
    while (analyzer.read()) {
      const auto count = static_cast<size_t>(analyzer.readings().partial_count);
      const auto partials = analyzer.partials().first(count);
      windows.push_back({analyzer.readings(), {partials.begin(), partials.end()}});
    }
    at += n;
  }
  return windows;
}

TEST(FileAnalyzer, ReadsAToneInEveryWindowOfEverySize) {
  const std::vector<float> tone = dithered_tone(3021.7, 200000);
  for (const uint32_t frames : {256U, 300U, 1000U, 4096U, 32768U, 48000U, 65536U}) {
    const auto windows = analyze({tone}, {frames, frames / 2});
    ASSERT_EQ(windows.size(), (tone.size() - frames) / (frames / 2) + 1) << frames;
    for (const Window& window : windows) {
      ASSERT_EQ(window.partials.size(), 1U) << frames;
      // A thousandth of a bin of the shortest window, and far less of the long ones.
      EXPECT_NEAR(window.partials[0].frequency_hz, 3021.7, 0.2 / frames) << frames;
      EXPECT_NEAR(window.partials[0].level_dbfs, 0, 1e-3) << frames;
      EXPECT_EQ(window.partials[0].harmonic, 1) << frames;
      EXPECT_NEAR(window.readings.fundamental_hz, 3021.7, 0.2 / frames) << frames;
    }
  }
}

TEST(FileAnalyzer, PutsTheWindowsAHopApartHoweverTheBlocksFall) {
  const std::vector<float> tone = dithered_tone(1000, 30000);
  for (const size_t limit : {size_t{16384}, size_t{1000}, size_t{7}}) {
    for (const uint32_t hop : {1500U, 4096U, 9999U}) {
      const auto windows = analyze({tone}, {4096, hop}, limit);
      ASSERT_EQ(windows.size(), (tone.size() - 4096) / hop + 1);
      for (size_t i = 0; i < windows.size(); ++i) {
        const double centre = 2048 + static_cast<double>(i * hop);
        EXPECT_EQ(windows[i].readings.centre_frame, centre);
        // A sine is a cosine a quarter turn late.
        const double turns = 1000 * centre / kRateHz - 0.25;
        const double phase = kTurn * (turns - std::round(turns));
        EXPECT_NEAR(std::remainder(windows[i].partials[0].phase - phase, kTurn), 0, 1e-5);
      }
    }
  }
}

TEST(FileAnalyzer, TakesOneChannelOrTheMeanOfAll) {
  const Planes planes = {dithered_tone(500, 8192), dithered_tone(3000, 8192)};
  const auto second = analyze(planes, {8192, 1, 1});
  ASSERT_EQ(second[0].partials.size(), 1U);
  EXPECT_NEAR(second[0].partials[0].frequency_hz, 3000, 1e-3);
  const auto mean = analyze(planes, {8192, 1});
  ASSERT_EQ(mean[0].partials.size(), 2U);
  EXPECT_NEAR(mean[0].partials[1].level_dbfs, -6.0206, 1e-3);
}

TEST(FileAnalyzer, TakesBadSamplesAsSilenceAndCountsThem) {
  Planes planes = {test::tone(500, kRateHz, 4096)};
  planes[0][100] = std::numeric_limits<float>::quiet_NaN();
  planes[0][200] = std::numeric_limits<float>::infinity();
  const auto windows = analyze(planes, {4096, 4096});
  ASSERT_EQ(windows.size(), 1U);
  EXPECT_EQ(windows[0].readings.bad_samples, 2);
  EXPECT_NEAR(windows[0].readings.fundamental_hz, 500, 1);
}

TEST(FileAnalyzer, KnowsItsWindows) {
  for (const uint32_t frames : {256U, 4800U, 65536U}) EXPECT_TRUE(FileAnalyzer::is_window(frames));
  for (const uint32_t frames : {0U, 128U, 250U, 258U, 1001U, 4098U, 65540U, 131072U}) {
    EXPECT_FALSE(FileAnalyzer::is_window(frames)) << frames;
  }
}

TEST(FileDelay, FindsASequenceInWhatWasHeardLate) {
  ArenaBlock memory(kArenaBytes);
  FileDelay delay;
  constexpr uint32_t kFrames = 16384;
  constexpr uint32_t kMost = kFrames / 2 - 1;
  ASSERT_TRUE(FileDelay::is_delay(kFrames, kMost));
  ASSERT_TRUE(delay.configure(memory.arena(), kFrames, kMost));
  ASSERT_TRUE(delay.write_sequence(14));
  for (const int32_t late : {-8000, 0, 1234, 8000}) {
    std::fill(delay.second().begin(), delay.second().end(), 0.0F);
    for (size_t i = 0; i < kFrames; ++i) {
      const auto to = static_cast<size_t>(static_cast<int32_t>(kMost + i) + late);
      delay.second()[to] = -0.01F * delay.first()[i];
    }
    delay.second()[3] = std::numeric_limits<float>::quiet_NaN();
    delay.measure();
    EXPECT_EQ(delay.readings().found, 1);
    EXPECT_EQ(delay.readings().inverted, 1);
    EXPECT_EQ(delay.readings().bad_samples, 1);
    EXPECT_NEAR(delay.readings().frames, late, 1e-4);
  }
  EXPECT_FALSE(delay.write_sequence(15));
  EXPECT_FALSE(delay.write_sequence(1));
}

TEST(FileDelay, KnowsWhatItCanMeasure) {
  EXPECT_TRUE(FileDelay::is_delay(1024, 511));
  EXPECT_FALSE(FileDelay::is_delay(1024, 512));
  EXPECT_FALSE(FileDelay::is_delay(512, 10));
  EXPECT_FALSE(FileDelay::is_delay(131072, 10));
  EXPECT_FALSE(FileDelay::is_delay(1030, 10));
}

}  // namespace
}  // namespace quanta
