#include "dsp/peak_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "analysis_support.h"

namespace quanta {
namespace {

constexpr size_t kFrames = 16384;
constexpr double kBeta = 12;

class Finder {
 public:
  explicit Finder(size_t max_peaks = PeakSearch::kMaxPeaks) {
    search_.configure(KaiserTransform(kBeta), max_peaks);
  }

  std::vector<PeakSearch::Peak> find(const Frame& frame) {
    const OwnedSpectrum spectrum = transform_(frame);
    search_.begin();
    while (!search_.step(spectrum)) continue;
    search_.drop_side_lobes();
    return {search_.peaks().begin(), search_.peaks().end()};
  }

 private:
  FloatTransform transform_{kFrames, kBeta};
  PeakSearch search_;
};

TEST(PeakSearch, FindsTonesInTheirOrderOfLevel) {
  Random random(1);
  Frame frame = noise(kFrames, 1e-4, random);
  add_tone(frame, {300.3, 0.1, 0});
  add_tone(frame, {2000.8, 0.5, 1});
  add_tone(frame, {8150.1, 0.001, 2});
  const auto peaks = Finder().find(frame);
  ASSERT_EQ(peaks.size(), 3U);
  EXPECT_EQ(peaks[0].bin, 2001U);
  EXPECT_EQ(peaks[1].bin, 300U);
  EXPECT_EQ(peaks[2].bin, 8150U);
}

TEST(PeakSearch, NoiseAloneHasNoPeaks) {
  Random random(2);
  Finder finder;
  for (int trial = 0; trial < 200; ++trial) {
    EXPECT_TRUE(finder.find(noise(kFrames, 0.1, random)).empty()) << trial;
  }
}

TEST(PeakSearch, MeasuresTheNoiseAroundAPeak) {
  Random random(3);
  Finder finder;
  double window_square = 0;
  const KaiserWindow window(kBeta);
  for (size_t i = 0; i < kFrames; ++i) {
    const double value = window(static_cast<double>(i) / (kFrames / 2) - 1);
    window_square += value * value;
  }
  for (int trial = 0; trial < 20; ++trial) {
    Frame frame = noise(kFrames, 0.01, random);
    add_tone(frame, {random.uniform(20, 8000), 0.5, 0});
    const auto peaks = finder.find(frame);
    ASSERT_EQ(peaks.size(), 1U);
    EXPECT_NEAR(10 * std::log10(static_cast<double>(peaks[0].noise) / (1e-4 * window_square)), 0,
                5);
  }
}

TEST(PeakSearch, SideLobesOfAToneWithoutNoiseAreNotPeaks) {
  Random random(4);
  Finder finder;
  for (int trial = 0; trial < 50; ++trial) {
    Frame frame(kFrames);
    const double bins = random.uniform(10, 8000);
    add_tone(frame, {bins, 1, random.uniform(0, kTurn)});
    const auto peaks = finder.find(frame);
    ASSERT_GE(peaks.size(), 1U);
    EXPECT_NEAR(static_cast<double>(peaks[0].bin), bins, 0.51);
    // What is left is the rounding of float, 120 dB down.
    for (size_t i = 1; i < peaks.size(); ++i) EXPECT_LT(peaks[i].power, 1e-12F * peaks[0].power);
  }
}

TEST(PeakSearch, AConstantOffsetIsNoPeak) {
  Random random(5);
  Frame frame = noise(kFrames, 1e-6, random);
  for (double& sample : frame) sample += 0.5;
  EXPECT_TRUE(Finder().find(frame).empty());
}

TEST(PeakSearch, KeepsTheLargestWhenThereAreTooMany) {
  Random random(6);
  Frame frame = noise(kFrames, 1e-5, random);
  for (int i = 0; i < 40; ++i) add_tone(frame, {100.0 + 150 * i, 0.001 * (1 + (i * 7) % 40), 0});
  const auto peaks = Finder(8).find(frame);
  ASSERT_EQ(peaks.size(), 8U);
  for (size_t i = 0; i < 8; ++i) {
    const size_t tone = (peaks[i].bin - 100) / 150;
    EXPECT_EQ(1 + (tone * 7) % 40, 40 - i);
  }
  EXPECT_EQ(Finder().find(frame).size(), PeakSearch::kMaxPeaks);
}

TEST(PeakSearch, TonesThatFillHalfOfTheBinsAreStillFound) {
  Random random(7);
  Frame frame = noise(kFrames, 1e-3, random);
  for (int h = 1; h <= 30; ++h) add_tone(frame, {18.77 * h, 0.3 / h, random.uniform(0, kTurn)});
  EXPECT_EQ(Finder().find(frame).size(), 30U);
}

TEST(PeakSearch, SilenceHasNoPeaks) { EXPECT_TRUE(Finder().find(Frame(kFrames)).empty()); }

}  // namespace
}  // namespace quanta
