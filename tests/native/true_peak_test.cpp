#include "dsp/true_peak.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <span>
#include <vector>

namespace quanta {
namespace {

double db(float linear) { return 20 * std::log10(static_cast<double>(linear)); }

// cycles per frame; the ends are tapered over 480 frames, as the EBU's signals are.
std::vector<float> tapered_sine(double amplitude, double frequency, double phase_degrees) {
  constexpr size_t kFrames = 4800;
  constexpr double kTaper = 480;
  std::vector<float> out(kFrames);
  for (size_t i = 0; i < kFrames; ++i) {
    const double from_end = static_cast<double>(std::min(i, kFrames - 1 - i));
    const double phase = frequency * static_cast<double>(i) + phase_degrees / 360;
    out[i] = static_cast<float>(amplitude * std::fmin(1, from_end / kTaper) *
                                std::sin(2 * std::numbers::pi * phase));
  }
  return out;
}

double true_peak_db(std::span<const float> samples) {
  TruePeakMeter meter;
  meter.update(samples);
  return db(meter.peak());
}

struct Case {
  int number;
  double amplitude;
  double frequency;
  double phase_degrees;
  double expected_db;
};

// EBU Tech 3341, table 1; tolerance +0.2 and -0.4 dB.
TEST(TruePeak, EbuTech3341Cases15To19) {
  for (const Case& c :
       {Case{15, 0.5, 0.25, 0, -6}, Case{16, 0.5, 0.25, 45, -6}, Case{17, 0.5, 1.0 / 6, 60, -6},
        Case{18, 0.5, 0.125, 67.5, -6}, Case{19, 1.41, 0.25, 45, 3}}) {
    const double level = true_peak_db(tapered_sine(c.amplitude, c.frequency, c.phase_degrees));
    EXPECT_LE(level, c.expected_db + 0.2) << c.number;
    EXPECT_GE(level, c.expected_db - 0.4) << c.number;
  }
}

// Sines whose period is few frames keep the same few phases, which are the hard ones.
TEST(TruePeak, TheErrorOfAnySineIsWithinTheStatedLimits) {
  for (int period = 2; period <= 40; ++period) {
    for (int cycles = 1; cycles <= 0.45 * period; ++cycles) {
      for (double phase = 0; phase < 180; phase += 5) {
        const double frequency = static_cast<double>(cycles) / period;
        const double level = true_peak_db(tapered_sine(1, frequency, phase));
        ASSERT_GT(level, -0.3) << cycles << " / " << period << ", " << phase;
        ASSERT_LT(level, 0.25) << cycles << " / " << period << ", " << phase;
      }
    }
  }
}

TEST(TruePeak, TheFineInterpolatorSeesAllOfASineBut0Point1Db) {
  for (int period = 2; period <= 40; ++period) {
    for (int cycles = 1; cycles <= 0.42 * period; ++cycles) {
      for (double phase = 0; phase < 180; phase += 5) {
        const std::vector<float> samples =
            tapered_sine(1, static_cast<double>(cycles) / period, phase);
        float highest = 0;
        for (size_t i = 600; i < 700; i += 4) {
          highest = std::max(highest, max_lane(fine_peaks(&samples[i])));
          for (size_t k = 0; k < 4; ++k)
            highest = std::max(highest, std::fabs(samples[i + 16 + k]));
        }
        ASSERT_NEAR(db(highest), 0, 0.1) << cycles << " / " << period << ", " << phase;
      }
    }
  }
}

TEST(TruePeak, ThePeakOfASingleSampleIsItsMagnitude) {
  std::vector<float> samples(100);
  samples[50] = -0.7F;
  EXPECT_NEAR(true_peak_db(samples), db(0.7F), 1e-6);
}

TEST(TruePeak, AgreesWithTheDirectFormOfTheStandard) {
  constexpr double kPhases[4][12] = {
      {0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875,
       0.1373291015625, 0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250,
       0.0148925781250, -0.0083007812500},
      {-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500,
       0.4650878906250, 0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625,
       0.0330810546875, -0.0189208984375},
      {-0.0189208984375, 0.0330810546875, -0.0582275390625, 0.1015625000000, -0.2003173828125,
       0.7797851562500, 0.4650878906250, -0.1665039062500, 0.0891113281250, -0.0517578125000,
       0.0292968750000, -0.0291748046875},
      {-0.0083007812500, 0.0148925781250, -0.0266113281250, 0.0476074218750, -0.1022949218750,
       0.9721679687500, 0.1373291015625, -0.0594482421875, 0.0332031250000, -0.0196533203125,
       0.0109863281250, 0.0017089843750}};
  std::mt19937 random(11);
  std::uniform_real_distribution<float> level(-1, 1);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<float> samples(12);
    for (float& sample : samples) sample = level(random);
    double want = 0;
    for (const auto& phase : kPhases) {
      double sum = 0;
      for (size_t k = 0; k < 12; ++k) sum += phase[k] * static_cast<double>(samples[11 - k]);
      want = std::fmax(want, std::fabs(sum));
    }
    samples.resize(15);
    EXPECT_NEAR(static_cast<double>(interpolated_peaks(samples.data())[0]), want, 1e-6);
  }
}

TEST(TruePeak, TheReadingDoesNotDependOnTheBlocks) {
  std::mt19937 random(2);
  std::uniform_real_distribution<float> level(-1, 1);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<float> samples(1 + random() % 500);
    for (float& sample : samples) sample = level(random);
    TruePeakMeter whole;
    TruePeakMeter parts;
    whole.update(samples);
    for (std::span<const float> rest = samples; !rest.empty();) {
      const size_t count = std::min<size_t>(rest.size(), 1 + random() % 20);
      parts.update(rest.first(count));
      rest = rest.subspan(count);
      EXPECT_LE(parts.peak(), whole.peak());
    }
    EXPECT_EQ(parts.peak(), whole.peak());
  }
}

TEST(TruePeak, AResetForgetsThePeak) {
  TruePeakMeter meter;
  meter.update(std::vector<float>(100, 1.0F));
  EXPECT_GE(meter.peak(), 1);
  meter.update(std::vector<float>(100, 0.0F));
  meter.reset();
  meter.update(std::vector<float>(100, 0.1F));
  EXPECT_LT(meter.peak(), 0.2F);
}

}  // namespace
}  // namespace quanta
