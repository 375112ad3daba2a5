#include "dsp/shift_hypotheses.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <vector>

#include "analysis_support.h"
#include "dsp/cross_spectrum.h"

namespace quanta {
namespace {

using Complex = std::complex<double>;

constexpr size_t kFrames = 2048;
constexpr size_t kBins = kFrames / 2 + 1;

alignas(Arena::kAlignment) std::array<std::byte, 1 << 20> g_block;

// Row m: the transform of the windowed frame, ramped by m / 32 of a bin.
std::vector<std::vector<Complex>> ramps_and_transforms(const Frame& frame) {
  const KaiserWindow window(FrequencyHypotheses::kBeta);
  std::vector<std::vector<Complex>> rows;
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    std::vector<Complex> row(frame.size());
    for (size_t n = 0; n < frame.size(); ++n) {
      const double place = static_cast<double>(n) / static_cast<double>(frame.size());
      const double shift = static_cast<double>(m) / kShiftHypotheses;
      row[n] = frame[n] * window(2 * place - 1) * std::polar(1.0, -kTurn * place * shift);
    }
    fourier_transform(row);
    rows.push_back(std::move(row));
  }
  return rows;
}

FrequencyHypotheses frequency_hypotheses(size_t capacity) {
  Arena arena(g_block);
  FrequencyHypotheses hypotheses;
  EXPECT_TRUE(hypotheses.configure(arena, capacity));
  return hypotheses;
}

// Of all hypotheses in the band, as a part of the largest magnitude there.
double worst_error(const Frame& frame, BinRange band) {
  const auto expected = ramps_and_transforms(frame);
  FrequencyHypotheses hypotheses = frequency_hypotheses(band.count);
  hypotheses.begin(band);
  hypotheses.add(spectrum_of(frame), band);
  double worst = 0;
  double largest = 0;
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    for (size_t i = 0; i < band.count; ++i) {
      const Complex value = expected[m][(band.first + i) % kFrames];
      const Complex got(static_cast<double>(hypotheses.re(m)[i]),
                        static_cast<double>(hypotheses.im(m)[i]));
      worst = std::fmax(worst, std::abs(got - value));
      largest = std::fmax(largest, std::abs(value));
    }
  }
  return worst / largest;
}

TEST(FrequencyHypotheses, AgreeWithRampsAndTransformsOfNoise) {
  Random random(1);
  for (int trial = 0; trial < 4; ++trial) {
    EXPECT_LT(worst_error(noise(kFrames, 0.3, random), {200, 61}), 1e-6);
  }
}

TEST(FrequencyHypotheses, AgreeWithRampsAndTransformsOfTones) {
  Random random(2);
  for (int trial = 0; trial < 4; ++trial) {
    Frame frame(kFrames);
    for (int i = 0; i < 5; ++i) {
      add_tone(frame, {random.uniform(290, 350), random.uniform(0.1, 1), random.uniform(0, 6)});
    }
    EXPECT_LT(worst_error(frame, {300, 37}), 1e-6);
  }
}

TEST(FrequencyHypotheses, AgreeUpToBothEndsOfTheSpectrum) {
  Random random(3);
  EXPECT_LT(worst_error(noise(kFrames, 0.3, random), {0, 20}), 1e-6);
  EXPECT_LT(worst_error(noise(kFrames, 0.3, random), {kBins - 20, 20}), 1e-6);
}

TEST(FrequencyHypotheses, SlicesInAnyOrderGiveTheBitsOfTheWholeBand) {
  Random random(4);
  const OwnedSpectrum spectrum = spectrum_of(noise(kFrames, 0.3, random));
  std::array<std::array<std::vector<float>, 2>, kShiftHypotheses> whole;
  FrequencyHypotheses hypotheses = frequency_hypotheses(64);
  hypotheses.begin({100, 50});
  hypotheses.add(spectrum, {100, 50});
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    whole[m] = {std::vector(hypotheses.re(m).begin(), hypotheses.re(m).end()),
                std::vector(hypotheses.im(m).begin(), hypotheses.im(m).end())};
  }
  hypotheses.begin({100, 50});
  for (const BinRange slice : {BinRange{100, 1}, {101, 16}, {117, 7}, {124, 26}}) {
    hypotheses.add(spectrum, slice);
  }
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    EXPECT_TRUE(std::ranges::equal(hypotheses.re(m), whole[m][0])) << m;
    EXPECT_TRUE(std::ranges::equal(hypotheses.im(m), whole[m][1])) << m;
  }
}

TEST(FrequencyHypotheses, TheLargestLiesNearestToTheTone) {
  FrequencyHypotheses hypotheses = frequency_hypotheses(16);
  for (int offset = 0; offset < 64; ++offset) {
    Frame frame(kFrames);
    add_tone(frame, {400 + offset / 32.0 + 0.01, 1, 0.3});
    hypotheses.begin({396, 16});
    hypotheses.add(spectrum_of(frame), {396, 16});
    double largest = 0;
    double place = 0;
    for (size_t m = 0; m < kShiftHypotheses; ++m) {
      for (size_t i = 0; i < 16; ++i) {
        const auto level =
            static_cast<double>(std::hypot(hypotheses.re(m)[i], hypotheses.im(m)[i]));
        if (level <= largest) continue;
        largest = level;
        place = 396 + static_cast<double>(i) + static_cast<double>(m) / 32;
      }
    }
    EXPECT_EQ(place, 400 + offset / 32.0);
  }
}

struct CrossSpectrum {
  std::vector<float> re = std::vector<float>(kBins);
  std::vector<float> im = std::vector<float>(kBins);

  operator Spectrum() const { return {re, im}; }
};

// b is a, delayed: exactly, as every spectrum repeats after kFrames.
CrossSpectrum cross_of_delayed(CrossWeighting weighting, double delay, double noise_level,
                               uint64_t seed) {
  Random random(seed);
  OwnedSpectrum a = spectrum_of(noise(kFrames, 1, random));
  OwnedSpectrum b = spectrum_of(noise(kFrames, noise_level, random));
  for (size_t k = 0; k < kBins; ++k) {
    const Complex turn = std::polar(1.0, -kTurn * static_cast<double>(k) * delay / kFrames);
    const Complex delayed =
        turn * Complex(static_cast<double>(a.re[k]), static_cast<double>(a.im[k]));
    b.re[k] += static_cast<float>(delayed.real());
    b.im[k] += static_cast<float>(delayed.imag());
  }
  CrossSpectrum cross;
  cross_spectrum(a, b, weighting, {0, kBins}, cross.re, cross.im);
  return cross;
}

double sum_at(const Spectrum& cross, BinRange range, double lag) {
  double sum = 0;
  for (size_t k = range.first; k < range.first + range.count; ++k) {
    const double angle = kTurn * std::fmod(static_cast<double>(k) * lag / kFrames, 1.0);
    sum += static_cast<double>(cross.re[k]) * std::cos(angle) -
           static_cast<double>(cross.im[k]) * std::sin(angle);
  }
  return sum;
}

TimeHypotheses time_hypotheses(double spacing) {
  Arena arena(g_block);
  TimeHypotheses hypotheses;
  EXPECT_TRUE(hypotheses.configure(arena, kFrames, spacing));
  return hypotheses;
}

TEST(TimeHypotheses, AgreeWithTheSumsAtEachLag) {
  for (const CrossWeighting weighting : {CrossWeighting::kPlain, CrossWeighting::kPhat}) {
    for (const double spacing : {1.0 / 32, 1.0, 0.37}) {
      TimeHypotheses hypotheses = time_hypotheses(spacing);
      for (const BinRange range : {BinRange{1, kBins - 2}, {128, kBins / 8}}) {
        const CrossSpectrum cross = cross_of_delayed(weighting, 7.3, 0.3, 5);
        const double first = 7.3 - 16 * spacing;
        hypotheses.begin(first);
        hypotheses.add(cross, range);
        double worst = 0;
        double largest = 0;
        for (size_t m = 0; m < kShiftHypotheses; ++m) {
          EXPECT_NEAR(hypotheses.lag(m), first + static_cast<double>(m) * spacing, 1e-12);
          const double expected = sum_at(cross, range, hypotheses.lag(m));
          worst = std::fmax(worst, std::fabs(hypotheses.sums()[m] - expected));
          largest = std::fmax(largest, std::fabs(expected));
        }
        EXPECT_LT(worst / largest, 1e-6) << spacing;
      }
    }
  }
}

TEST(TimeHypotheses, AgreeAtLagsOfHalfAFrame) {
  const CrossSpectrum cross = cross_of_delayed(CrossWeighting::kPhat, -1000.4, 0.3, 6);
  TimeHypotheses hypotheses = time_hypotheses(1.0 / 32);
  hypotheses.begin(-1000.9);
  hypotheses.add(cross, {1, kBins - 2});
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    const double expected = sum_at(cross, {1, kBins - 2}, hypotheses.lag(m));
    EXPECT_NEAR(hypotheses.sums()[m], expected, 1e-6 * kBins) << m;
  }
}

TEST(TimeHypotheses, SlicesInAnyOrderAddUpToTheWhole) {
  const CrossSpectrum cross = cross_of_delayed(CrossWeighting::kPlain, 3.2, 0.1, 7);
  TimeHypotheses hypotheses = time_hypotheses(1.0 / 32);
  hypotheses.begin(2.9);
  hypotheses.add(cross, {1, 1000});
  const std::vector<double> whole(hypotheses.sums().begin(), hypotheses.sums().end());
  hypotheses.begin(2.9);
  for (const BinRange slice : {BinRange{500, 501}, {1, 64}, {65, 35}, {100, 399}, {499, 1}}) {
    hypotheses.add(cross, slice);
  }
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    EXPECT_NEAR(hypotheses.sums()[m] / whole[m], 1, 1e-6) << m;
  }
}

TEST(TimeHypotheses, PhatMakesTheSharpestPeakOfAnySignal) {
  // Under PHAT a signal without noise gives one unit from every bin, whatever its spectrum.
  const CrossSpectrum cross = cross_of_delayed(CrossWeighting::kPhat, 5, 0, 8);
  TimeHypotheses hypotheses = time_hypotheses(1);
  hypotheses.begin(-11);
  hypotheses.add(cross, {1, kBins - 2});
  for (size_t m = 0; m < kShiftHypotheses; ++m) {
    const double beside = m % 2 == 0 ? -1 : 0;
    EXPECT_NEAR(hypotheses.sums()[m], m == 16 ? double{kBins - 2} : beside, 1e-2) << m;
  }
}

TEST(CrossSpectrum, ASilentBinCountsAsNothing) {
  const std::vector<float> some = {1, 0, 3, 1e-25F};
  const std::vector<float> none = {0, 0, 4, 0};
  std::vector<float> re(4, 9);
  std::vector<float> im(4, 9);
  cross_spectrum({some, none}, {some, none}, CrossWeighting::kPhat, {0, 4}, re, im);
  const std::vector<float> expected = {1, 0, 1, 0};
  for (size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR(re[k], expected[k], 1e-6F) << k;
    EXPECT_EQ(im[k], 0) << k;
  }
}

}  // namespace
}  // namespace quanta
