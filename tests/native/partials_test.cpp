#include "dsp/partials.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "analysis_support.h"

namespace quanta {
namespace {

constexpr size_t kFrames = 32768;
constexpr double kRateHz = 48000;
constexpr double kBinHz = kRateHz / kFrames;

enum class Way { kInverted, kRefined };

class Analysis {
 public:
  Analysis() { finder_.configure(kFrames, kRateHz, {}); }

  std::vector<Partial> find(const Frame& frame, Way way) {
    const OwnedSpectrum windowed = windowed_(frame);
    const OwnedSpectrum bare = bare_(frame);
    way == Way::kRefined ? finder_.begin(windowed, bare) : finder_.begin(windowed);
    steps_ = 1;
    while (!finder_.step()) ++steps_;
    return {finder_.partials().begin(), finder_.partials().end()};
  }

  int steps() const { return steps_; }

 private:
  FloatTransform windowed_{kFrames, 12};
  FloatTransform bare_{kFrames, 0};
  PartialFinder finder_;
  int steps_ = 0;
};

Sine sine_at(double hz, double amplitude, double phase) { return {hz / kBinHz, amplitude, phase}; }

TEST(Partials, HaveFrequencyLevelAndPhaseAndRiseInFrequency) {
  Random random(1);
  Frame frame = noise(kFrames, 1e-5, random);
  add_tone(frame, sine_at(1318.51, 0.5, 2.5));
  add_tone(frame, sine_at(440, 1, -1.5));
  add_tone(frame, sine_at(7902.13, 0.001, 0.25));
  for (const Way way : {Way::kInverted, Way::kRefined}) {
    const std::vector<Partial> partials = Analysis().find(frame, way);
    ASSERT_EQ(partials.size(), 3U);
    EXPECT_NEAR(partials[0].frequency_hz, 440, 1e-6);
    EXPECT_NEAR(partials[0].level_dbfs, 0, 1e-4);
    EXPECT_NEAR(partials[0].phase, -1.5, 1e-5);
    EXPECT_NEAR(partials[1].frequency_hz, 1318.51, 1e-6);
    EXPECT_NEAR(partials[1].level_dbfs, -6.0206, 1e-4);
    EXPECT_NEAR(partials[1].phase, 2.5, 1e-5);
    EXPECT_NEAR(partials[2].frequency_hz, 7902.13, 5e-4);
    EXPECT_NEAR(partials[2].level_dbfs, -60, 1e-2);
    EXPECT_NEAR(partials[2].phase, 0.25, 1e-2);
  }
}

TEST(Partials, TheErrorBarsAreThoseOfTheErrors) {
  Analysis analysis;
  Random random(2);
  for (const Way way : {Way::kInverted, Way::kRefined}) {
    for (const double snr_db : {10.0, 40.0, 70.0}) {
      Rms error;
      Rms bars;
      for (int trial = 0; trial < 12; ++trial) {
        Frame frame = noise(kFrames, noise_deviation(snr_db), random);
        std::vector<double> places;
        for (int i = 0; i < 12; ++i) {
          places.push_back(400.0 + 1500 * i + random.uniform(-300, 300));
          add_tone(frame, sine_at(places.back(), 1, random.uniform(0, kTurn)));
        }
        const std::vector<Partial> partials = analysis.find(frame, way);
        ASSERT_EQ(partials.size(), places.size());
        for (size_t i = 0; i < places.size(); ++i) {
          error.add(partials[i].frequency_hz - places[i]);
          bars.add(partials[i].error_hz);
        }
      }
      const double limit = (way == Way::kRefined ? 1.1 : 3) * bound_bins(kFrames, snr_db) * kBinHz;
      EXPECT_LT(error.value(), limit) << snr_db;
      EXPECT_NEAR(error.value() / bars.value(), 1, 0.2) << snr_db;
    }
  }
}

TEST(Partials, EightInharmonicPartialsInNoiseAreWithinThreeThousandthsOfACent) {
  Analysis analysis;
  Random random(3);
  for (int trial = 0; trial < 12; ++trial) {
    const double f0_hz = random.uniform(55, 900);
    Frame frame = noise(kFrames, noise_deviation(60), random);
    std::vector<double> places;
    for (int h = 1; h <= 8; ++h) {
      places.push_back(h * f0_hz * std::sqrt(1 + 5e-4 * h * h) * random.uniform(0.97, 1.03));
      add_tone(frame, sine_at(places.back(), 1, random.uniform(0, kTurn)));
    }
    for (const Way way : {Way::kInverted, Way::kRefined}) {
      const std::vector<Partial> partials = analysis.find(frame, way);
      ASSERT_EQ(partials.size(), 8U);
      for (size_t i = 0; i < 8; ++i) {
        EXPECT_LT(std::fabs(cents(partials[i].frequency_hz, places[i])), 0.003) << places[i];
      }
    }
  }
}

// The rounding of a transform has peaks, and a model that is inexact next to a tone's pole lets
// them grow until they push the tone away: in one of a hundred frames, by half a cent and more.
TEST(Partials, TheRoundingOfATonesTransformIsNoTone) {
  Analysis analysis;
  Random random(5);
  for (int i = 0; i < 500; ++i) {
    const double hz = 110 * std::pow(16000.0 / 110, (i + random.uniform(0, 1)) / 500);
    Frame frame(kFrames);
    add_tone(frame, sine_at(hz, 0.5, random.uniform(0, kTurn)));
    for (const Way way : {Way::kInverted, Way::kRefined}) {
      for (const Partial& partial : analysis.find(frame, way)) {
        if (partial.level_dbfs < -100) continue;
        EXPECT_LT(std::fabs(cents(partial.frequency_hz, hz)), 1e-5) << hz;
      }
    }
  }
}

TEST(Partials, OfSilenceThereAreNone) {
  Analysis analysis;
  Frame tone(kFrames);
  add_tone(tone, sine_at(440, 1, 0));
  EXPECT_FALSE(analysis.find(tone, Way::kRefined).empty());
  EXPECT_TRUE(analysis.find(Frame(kFrames), Way::kRefined).empty());
  EXPECT_TRUE(analysis.find(Frame(kFrames), Way::kInverted).empty());
}

TEST(Partials, TheNumberOfStepsIsThatOfBlocksAndTones) {
  Analysis analysis;
  Random random(4);
  Frame frame = noise(kFrames, 1e-4, random);
  for (int h = 1; h <= 5; ++h) add_tone(frame, sine_at(311.1 * h, 0.1, 0));
  constexpr int kBlocks = kFrames / 2 / PeakSearch::kBlockBins;
  ASSERT_EQ(analysis.find(frame, Way::kRefined).size(), 5U);
  EXPECT_EQ(analysis.steps(), kBlocks + 5 + 2 * 5 + 1);
  ASSERT_EQ(analysis.find(frame, Way::kInverted).size(), 5U);
  EXPECT_EQ(analysis.steps(), kBlocks + 5 + 1);
}

TEST(Partials, StayAsTheyWereUntilTheNextFrameIsDone) {
  PartialFinder finder;
  finder.configure(kFrames, kRateHz, {});
  FloatTransform transform(kFrames, 12);
  Frame frame(kFrames);
  add_tone(frame, sine_at(440, 1, 0));
  const OwnedSpectrum first = transform(frame);
  finder.begin(first);
  while (!finder.step()) continue;
  const double before_hz = finder.partials()[0].frequency_hz;
  Frame other(kFrames);
  add_tone(other, sine_at(880, 1, 0));
  const OwnedSpectrum second = transform(other);
  finder.begin(second);
  do {
    EXPECT_EQ(finder.partials()[0].frequency_hz, before_hz);
  } while (!finder.step());
  EXPECT_NEAR(finder.partials()[0].frequency_hz, 880, 1e-4);
}

}  // namespace
}  // namespace quanta
