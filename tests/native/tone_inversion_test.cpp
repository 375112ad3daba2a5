#include "dsp/tone_inversion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "analysis_support.h"

namespace quanta {
namespace {

constexpr size_t kFrames = 32768;
constexpr double kRateHz = 48000;
constexpr double kBeta = 12;

Tone invert(const OwnedSpectrum& windowed, double near_bins) {
  static const ToneInversion inversion(kBeta);
  return inversion.invert(windowed, static_cast<size_t>(std::lround(near_bins)));
}

// Largest error in cents over tones of random phase and level between two frequencies.
double worst_cents(double low_hz, double high_hz, int tones) {
  FloatTransform transform(kFrames, kBeta);
  Random random(1);
  double worst = 0;
  for (int i = 0; i < tones; ++i) {
    const double hz = low_hz * std::pow(high_hz / low_hz, (i + random.uniform(0, 1)) / tones);
    const double bins = hz * kFrames / kRateHz;
    Frame frame(kFrames);
    add_tone(frame, {bins, std::pow(10, random.uniform(-3, 0)), random.uniform(0, kTurn)});
    worst = std::fmax(worst, std::fabs(cents(invert(transform(frame), bins).bins, bins)));
  }
  return worst;
}

TEST(ToneInversion, IsWithinATenThousandthOfACentOfLowTones) {
  EXPECT_LT(worst_cents(27.5, 110, 150), 1e-4);
}

TEST(ToneInversion, IsWithinAHundredThousandthOfACentAbove110Hz) {
  EXPECT_LT(worst_cents(110, 16000, 300), 1e-5);
}

TEST(ToneInversion, FindsAmplitudeAndPhaseAtTheCentreOfTheFrame) {
  FloatTransform transform(kFrames, kBeta);
  Random random(2);
  for (int i = 0; i < 30; ++i) {
    const Sine sine{random.uniform(20, 16000), random.uniform(0.001, 1), random.uniform(-3, 3)};
    Frame frame(kFrames);
    add_tone(frame, sine);
    const Tone tone = invert(transform(frame), sine.bins);
    EXPECT_NEAR(amplitude(tone) / sine.amplitude, 1, 1e-6) << sine.bins;
    EXPECT_NEAR(std::atan2(tone.im, tone.re), sine.phase, 1e-6) << sine.bins;
  }
}

TEST(ToneInversion, TheMirrorImageDoesNotPullTonesOfFewCycles) {
  constexpr size_t kShort = 4096;
  FloatTransform transform(kShort, kBeta);
  Random random(3);
  for (double bins = 4.5; bins < 12; bins += 0.1) {
    Frame frame(kShort);
    add_tone(frame, {bins, 0.5, random.uniform(0, kTurn)});
    EXPECT_LT(std::fabs(cents(invert(transform(frame), bins).bins, bins)), 1e-3) << bins;
  }
}

TEST(ToneInversion, WorksFromEitherOfTheTwoHighestBins) {
  FloatTransform transform(kFrames, kBeta);
  Frame frame(kFrames);
  add_tone(frame, {500.5, 1, 1});
  const OwnedSpectrum spectrum = transform(frame);
  EXPECT_NEAR(invert(spectrum, 500).bins, 500.5, 1e-6);
  EXPECT_NEAR(invert(spectrum, 501).bins, 500.5, 1e-6);
}

TEST(ToneInversion, SilenceHasNoAmplitude) {
  const Tone tone = invert(FloatTransform(4096, kBeta)(Frame(4096)), 100);
  EXPECT_EQ(tone.bins, 100);
  EXPECT_EQ(amplitude(tone), 0);
}

TEST(ToneInversion, StaysWithinThreeTimesTheCramerRaoBoundAndKnowsItsError) {
  FloatTransform transform(kFrames, kBeta);
  Random random(4);
  std::vector<OwnedSpectrum> noises;
  for (int i = 0; i < 16; ++i) noises.push_back(transform(noise(kFrames, 1, random)));
  const ToneInversion inversion(kBeta);
  for (const double snr_db : {10.0, 30.0, 50.0, 70.0}) {
    const double deviation = noise_deviation(snr_db);
    Rms error;
    Rms in_own_deviations;
    for (int i = 0; i < 24; ++i) {
      const double bins = random.uniform(30, 16000);
      Frame frame(kFrames);
      add_tone(frame, {bins, 1, random.uniform(0, kTurn)});
      const OwnedSpectrum spectrum = transform(frame);
      for (const OwnedSpectrum& each : noises) {
        const Tone tone = invert(mix(spectrum, each, deviation), bins);
        const double own = inversion.deviation_bins(tone, kFrames, deviation * deviation);
        error.add(tone.bins - bins);
        in_own_deviations.add((tone.bins - bins) / own);
      }
    }
    EXPECT_LT(error.value(), 3 * bound_bins(kFrames, snr_db)) << snr_db;
    EXPECT_NEAR(in_own_deviations.value(), 1, 0.1) << snr_db;
  }
}

}  // namespace
}  // namespace quanta
