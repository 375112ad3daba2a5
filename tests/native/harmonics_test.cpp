#include "dsp/harmonics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include "analysis_support.h"

namespace quanta {
namespace {

constexpr double kRateHz = 48000;

HarmonicSeries series_of(std::span<const Partial> partials) {
  HarmonicFinder finder;
  finder.begin(partials);
  while (!finder.step()) continue;
  return finder.series();
}

// Levels fall by 3 dB from partial to partial.
std::vector<Partial> partials_at(const std::vector<double>& frequencies_hz) {
  std::vector<Partial> partials;
  for (const double hz : frequencies_hz) {
    const double level_dbfs = -10.0 - 3.0 * static_cast<double>(partials.size());
    partials.push_back({hz, 1e-4, level_dbfs, 0});
  }
  return partials;
}

double stretched(double f_hz, double b, int n) { return n * f_hz * std::sqrt(1 + b * n * n); }

TEST(Harmonics, APerfectSeriesHasItsFundamentalAndNoStretch) {
  const HarmonicSeries series = series_of(partials_at({220, 440, 660, 880, 1100}));
  EXPECT_NEAR(series.fundamental_hz, 220, 1e-3);
  EXPECT_EQ(series.inharmonicity, 0);
  EXPECT_EQ(series.count, 5U);
  for (size_t i = 0; i < 5; ++i) EXPECT_EQ(series.numbers[i], i + 1);
}

TEST(Harmonics, TheFundamentalMayBeMissing) {
  const HarmonicSeries series = series_of(partials_at({440, 660, 880, 1100}));
  EXPECT_NEAR(series.fundamental_hz, 220, 1e-3);
  EXPECT_EQ(series.numbers[0], 2);
}

TEST(Harmonics, OddPartialsAloneAreASeries) {
  const HarmonicSeries series = series_of(partials_at({150, 450, 750, 1050, 1350}));
  EXPECT_NEAR(series.fundamental_hz, 150, 1e-3);
  EXPECT_EQ(series.numbers[4], 9);
}

TEST(Harmonics, OnePartialIsItsOwnFundamental) {
  const HarmonicSeries series = series_of(partials_at({1000}));
  EXPECT_NEAR(series.fundamental_hz, 1000, 1e-9);
  EXPECT_NEAR(series.fundamental_error_hz, 2e-4, 1e-4);
  EXPECT_EQ(series.count, 1U);
}

TEST(Harmonics, NoPartialsHaveNoFundamental) {
  const HarmonicSeries series = series_of({});
  EXPECT_EQ(series.fundamental_hz, 0);
  EXPECT_EQ(series.count, 0U);
}

TEST(Harmonics, AStrangerDoesNotBelong) {
  const HarmonicSeries series = series_of(partials_at({200, 400, 517, 600, 800, 1000}));
  EXPECT_NEAR(series.fundamental_hz, 200, 1e-3);
  EXPECT_EQ(series.numbers[2], 0);
  EXPECT_EQ(series.count, 5U);
}

TEST(Harmonics, AStrangerHalfwayBetweenDoesNotHalveTheFundamental) {
  const HarmonicSeries series = series_of(partials_at({200, 400, 500, 600, 800, 1000}));
  EXPECT_NEAR(series.fundamental_hz, 200, 1e-3);
  EXPECT_EQ(series.numbers[2], 0);
}

TEST(Harmonics, TheStretchOfAPianosStringsIsFollowedAndMeasured) {
  for (const double b : {5e-5, 3e-4, 1e-3, 4e-3}) {
    for (const double f_hz : {27.5, 98.0, 523.25}) {
      std::vector<double> places;
      for (int n = 1; n <= 24; ++n) places.push_back(stretched(f_hz, b, n));
      const HarmonicSeries series = series_of(partials_at(places));
      EXPECT_NEAR(series.inharmonicity / b, 1, 0.01) << f_hz;
      EXPECT_NEAR(cents(series.fundamental_hz, places[0]), 0, 0.02) << b;
      for (size_t i = 0; i < 20; ++i) ASSERT_EQ(series.numbers[i], i + 1) << b << ", " << f_hz;
    }
  }
}

TEST(Harmonics, TheErrorsOfFundamentalAndStretchAreStated) {
  constexpr double kB = 2e-4;
  Random random(1);
  Rms fundamental;
  Rms inharmonicity;
  for (int trial = 0; trial < 400; ++trial) {
    std::vector<double> places;
    for (int n = 1; n <= 12; ++n) places.push_back(stretched(110, kB, n) + 0.001 * random.normal());
    std::vector<Partial> partials = partials_at(places);
    for (Partial& partial : partials) partial.error_hz = 0.001;
    const HarmonicSeries series = series_of(partials);
    fundamental.add((series.fundamental_hz - stretched(110, kB, 1)) / series.fundamental_error_hz);
    inharmonicity.add((series.inharmonicity - kB) / series.inharmonicity_error);
  }
  EXPECT_NEAR(fundamental.value(), 1, 0.1);
  EXPECT_NEAR(inharmonicity.value(), 1, 0.1);
}

// The mode for quick answers: 85 ms of sound.
class ShortAnalysis {
 public:
  static constexpr size_t kFrames = 4096;

  ShortAnalysis() {
    finder_.configure(kFrames, kRateHz, {.beta = kBeta, .max_partials = 12, .sweeps = 1});
  }

  HarmonicSeries find(const Frame& frame) {
    const OwnedSpectrum windowed = windowed_(frame);
    const OwnedSpectrum bare = bare_(frame);
    finder_.begin(windowed, bare);
    while (!finder_.step()) continue;
    return series_of(finder_.partials());
  }

 private:
  static constexpr double kBeta = 8;

  FloatTransform windowed_{kFrames, kBeta};
  FloatTransform bare_{kFrames, 0};
  PartialFinder finder_;
};

struct Timbre {
  const char* name;
  std::function<double(int, double)> amplitude;  // of partial n at a frequency
};

double bell(double hz, double centre_hz, double width_hz) {
  return std::exp(-std::pow((hz - centre_hz) / width_hz, 2));
}

const Timbre kTimbres[] = {
    {"bowed", [](int n, double) { return 1.0 / n; }},
    {"plucked", [](int n, double) { return std::pow(0.8, n); }},
    {"reed", [](int n, double) { return (n % 2 == 1 ? 1 : 0.01) / n; }},
    {"weak fundamental", [](int n, double) { return n == 1 ? 0.02 : 1.0 / n; }},
    {"vowel",
     [](int n, double hz) { return bell(hz, 700, 500) + bell(hz, 1800, 600) / 2 + 0.05 / n; }}};

// A tone of 30 dB over the noise.
Frame note(const Timbre& timbre, double f0_hz, Random& random) {
  Frame frame(ShortAnalysis::kFrames);
  double power = 0;
  for (int n = 1; n <= 30 && n * f0_hz < 20000; ++n) {
    const double amplitude = timbre.amplitude(n, n * f0_hz);
    const double bins = n * f0_hz * ShortAnalysis::kFrames / kRateHz;
    add_tone(frame, {bins, amplitude, random.uniform(0, kTurn)});
    power += amplitude * amplitude / 2;
  }
  const Frame hiss = noise(frame.size(), std::sqrt(power / 1000), random);
  for (size_t i = 0; i < frame.size(); ++i) frame[i] += hiss[i];
  return frame;
}

TEST(Harmonics, TheFundamentalOf85MillisecondsIsWithinAFifthOfACentAndNeverWrong) {
  ShortAnalysis analysis;
  Random random(2);
  for (const Timbre& timbre : kTimbres) {
    std::vector<double> errors;
    for (int trial = 0; trial < 100; ++trial) {
      const double f0_hz = 65 * std::pow(2000.0 / 65, random.uniform(0, 1));
      const double got_hz = analysis.find(note(timbre, f0_hz, random)).fundamental_hz;
      errors.push_back(std::fabs(cents(got_hz, f0_hz)));
      ASSERT_LT(errors.back(), 2) << timbre.name << ", " << f0_hz << " Hz";
    }
    std::ranges::sort(errors);
    EXPECT_LT(errors[errors.size() * 95 / 100], 0.2) << timbre.name;
  }
}

}  // namespace
}  // namespace quanta
