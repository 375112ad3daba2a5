#include "dsp/delay_estimator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <functional>
#include <vector>

#include "analysis_support.h"
#include "dsp/mls.h"

namespace quanta {
namespace {

using Complex = std::complex<double>;

constexpr uint32_t kFrames = 2048;
constexpr uint32_t kMaxDelay = 64;

// Amplitude at a frequency in cycles per frame.
using Shape = std::function<double(double)>;

double flat(double) { return 1; }

// Two signals, the second as the first but late by any number of frames.
struct Pair {
  Frame first;
  Frame second;
};

// Noise of variance 1 that repeats after twice kFrames, which is how it can be delayed exactly.
Pair delayed_noise(const Shape& shape, double delay, Random& random) {
  constexpr size_t kPeriod = size_t{2} * kFrames;
  std::vector<Complex> bins(kPeriod);
  double power = 0;
  for (size_t k = 1; k < kPeriod / 2; ++k) {
    const double place = static_cast<double>(k) / kPeriod;
    // Braces: the order of the calls is part of the signal.
    const Complex value = shape(place) * Complex{random.normal(), random.normal()};
    const Complex late = value * std::polar(1.0, -kTurn * place * delay);
    // The first signal is the real part, the second the imaginary part; conjugated, as the
    // transform is the forward one.
    bins[k] = std::conj(value) + Complex(0, 1) * std::conj(late);
    bins[kPeriod - k] = value + Complex(0, 1) * late;
    power += 2 * std::norm(value);
  }
  fourier_transform(bins);
  Pair pair;
  for (const Complex& value : bins) {
    pair.first.push_back(value.real() / std::sqrt(power));
    pair.second.push_back(value.imag() / std::sqrt(power));
  }
  return pair;
}

void add_noise(Frame& frame, double deviation, Random& random) {
  for (double& sample : frame) sample += deviation * random.normal();
}

class Estimator {
 public:
  explicit Estimator(uint32_t frames = kFrames, uint32_t max_delay = kMaxDelay)
      : frames_(frames), max_delay_(max_delay), block_(size_t{64} * frames + 65536) {
    void* start = block_.data();
    size_t room = block_.size();
    std::align(Arena::kAlignment, room / 2, start, room);
    Arena arena({static_cast<std::byte*>(start), room});
    EXPECT_TRUE(estimator_.configure(arena, frames, max_delay));
  }

  // Of the frames from `start` on.
  DelayEstimate operator()(const Pair& pair, size_t start) {
    std::vector<float> first(frames_);
    std::vector<float> second(frames_ + 2 * max_delay_);
    for (size_t i = 0; i < first.size(); ++i) first[i] = static_cast<float>(pair.first[start + i]);
    for (size_t i = 0; i < second.size(); ++i) {
      second[i] = static_cast<float>(pair.second[start - max_delay_ + i]);
    }
    return measure(first, second);
  }

  DelayEstimate measure(std::span<const float> first, std::span<const float> second) {
    estimator_.begin(first, second);
    while (!estimator_.step()) continue;
    return estimator_.estimate();
  }

 private:
  uint32_t frames_;
  uint32_t max_delay_;
  std::vector<std::byte> block_;
  DelayEstimator estimator_;
};

TEST(DelayEstimator, IsWithinAHundredthOfAFrameOverSixteenFramesEitherWay) {
  const Shape shapes[] = {flat, [](double f) { return f < 0.2 ? 1.0 : 0.001; },
                          [](double f) { return 1 / std::sqrt(f + 1e-3); }};
  Estimator estimate;
  Random random(1);
  for (const Shape& shape : shapes) {
    for (double delay = -16; delay <= 16; delay += 0.69) {
      const DelayEstimate got = estimate(delayed_noise(shape, delay, random), 500);
      EXPECT_NEAR(got.frames, delay, 1e-3);
      EXPECT_LT(got.error_frames, 1e-3) << delay;
      EXPECT_GT(got.coherence, 0.1);
    }
  }
}

// Square root of the mean square of what was measured over its bound, and over its own error bar.
struct Efficiency {
  Rms of_bound;
  Rms of_error_bar;
};

// 1 / sqrt(2 sum of w^2 C / (1 - C)) over the bins of a frame, C the square of the coherence (Knapp
// and Carter, eq. 26).
double bound(const Shape& shape, double first_deviation, double second_deviation) {
  double mean = 0;
  for (uint32_t k = 1; k < kFrames / 2; ++k) {
    mean += std::pow(shape(static_cast<double>(k) / kFrames), 2) / (kFrames / 2 - 1);
  }
  double information = 0;
  for (uint32_t k = 1; k < kFrames / 2; ++k) {
    const double place = static_cast<double>(k) / kFrames;
    const double power = std::pow(shape(place), 2) / mean;
    const double square =
        power * power /
        ((power + std::pow(first_deviation, 2)) * (power + std::pow(second_deviation, 2)));
    information += 2 * std::pow(kTurn * place, 2) * square / (1 - square);
  }
  return 1 / std::sqrt(information);
}

void measure_efficiency(const Shape& shape, double first_deviation, double second_deviation,
                        Random& random, Efficiency& result) {
  constexpr int kTrials = 240;
  const double limit = bound(shape, first_deviation, second_deviation);
  Estimator estimate;
  for (int trial = 0; trial < kTrials; ++trial) {
    const double delay = random.uniform(-16, 16);
    Pair pair = delayed_noise(shape, delay, random);
    add_noise(pair.first, first_deviation, random);
    add_noise(pair.second, second_deviation, random);
    // Two frames that hardly overlap.
    for (const size_t start : {kMaxDelay, kFrames - kMaxDelay}) {
      const DelayEstimate got = estimate(pair, start);
      result.of_bound.add((got.frames - delay) / limit);
      result.of_error_bar.add((got.frames - delay) / got.error_frames);
    }
  }
}

double dark(double f) { return 1 / (f + 0.05); }

TEST(DelayEstimator, ReachesTheCramerRaoBoundAndKnowsItsError) {
  Random random(2);
  for (const double snr_db : {5.0, 15.0, 30.0}) {
    const double deviation = std::pow(10, -snr_db / 20);
    Efficiency got;
    for (const Shape& shape : {Shape(flat), Shape(dark)}) {
      measure_efficiency(shape, 0, deviation, random, got);
      measure_efficiency(shape, deviation, deviation, random, got);
    }
    EXPECT_LT(got.of_bound.value(), 1.1) << snr_db;
    EXPECT_NEAR(got.of_error_bar.value(), 1, 0.1) << snr_db;
  }
}

TEST(DelayEstimator, FollowsTheSignalThroughBinsThatHoldOnlyNoise) {
  Estimator estimate;
  Random random(9);
  Rms error;
  for (int trial = 0; trial < 60; ++trial) {
    const double delay = random.uniform(-16, 16);
    Pair pair = delayed_noise([](double f) { return f < 0.1 ? 1.0 : 0.0; }, delay, random);
    add_noise(pair.first, 0.1, random);
    add_noise(pair.second, 0.1, random);
    const DelayEstimate got = estimate(pair, 500);
    error.add((got.frames - delay) / got.error_frames);
    EXPECT_LT(got.error_frames, 0.03);
  }
  EXPECT_LT(error.value(), 1.2);
}

TEST(DelayEstimator, SignalsThatHaveNothingInCommonHaveNoCoherence) {
  Estimator estimate;
  Random random(10);
  for (int trial = 0; trial < 20; ++trial) {
    const Pair pair = {noise(size_t{2} * kFrames, 1, random),
                       noise(size_t{2} * kFrames, 1, random)};
    EXPECT_LT(estimate(pair, 500).coherence, 0.03);
  }
  const DelayEstimate silent = estimate({Frame(2 * kFrames), Frame(2 * kFrames)}, 500);
  EXPECT_EQ(silent.coherence, 0);
  EXPECT_FALSE(silent.found);
  EXPECT_EQ(silent.error_frames, kMaxDelay + 1);
}

TEST(DelayEstimator, TellsASignalInNoiseFromNoise) {
  constexpr int kTrials = 400;
  for (const uint32_t max_delay : {kMaxDelay, kFrames / 2 - 1}) {
    Estimator estimate(kFrames, max_delay);
    Random random(20);
    int false_finds = 0;
    int finds = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      Pair pair = delayed_noise(flat, random.uniform(-50, 50), random);
      add_noise(pair.second, 2, random);
      if (estimate(pair, 1024).found) ++finds;
      pair.second = noise(size_t{2} * kFrames, 1, random);
      if (estimate(pair, 1024).found) ++false_finds;
    }
    EXPECT_EQ(finds, kTrials) << max_delay;
    EXPECT_EQ(false_finds, 0) << max_delay;
  }
}

TEST(DelayEstimator, TakesASignalThatComesBackInverted) {
  Estimator estimate;
  Random random(11);
  Pair pair = delayed_noise(flat, 3.25, random);
  const DelayEstimate upright = estimate(pair, 500);
  EXPECT_FALSE(upright.inverted);
  for (double& sample : pair.second) sample = -sample;
  const DelayEstimate inverted = estimate(pair, 500);
  EXPECT_TRUE(inverted.inverted);
  EXPECT_NEAR(inverted.frames, upright.frames, 1e-6);
}

// What comes back of a sequence that was played once, `latency` frames later: through a sinc
// between the frames, softer, with noise.
std::vector<float> recording(std::span<const float> played, double latency, size_t frames,
                             double deviation, Random& random) {
  std::vector<float> recorded(frames);
  for (size_t i = 0; i < frames; ++i) {
    const double place = static_cast<double>(i) - latency;
    const auto nearest = static_cast<long>(std::lround(place));
    double sum = deviation * random.normal();
    for (long k = std::max(0L, nearest - 24); k < nearest + 24; ++k) {
      if (k >= static_cast<long>(played.size())) break;
      const double x = place - static_cast<double>(k);
      sum +=
          static_cast<double>(played[static_cast<size_t>(k)]) * sinc(x) * KaiserWindow(6)(x / 24);
    }
    recorded[i] = static_cast<float>(0.3 * sum);
  }
  return recorded;
}

TEST(DelayEstimator, FindsAMaximumLengthSequenceThatWasPlayedToATwentiethOfAFrame) {
  constexpr uint32_t kLong = 16384;
  constexpr uint32_t kMostLatency = 6000;
  MaximumLengthSequence sequence(14);
  std::vector<float> played(kLong);
  sequence.fill(std::span(played).first(sequence.period()));
  Estimator estimate(kLong, kMostLatency);
  Random random(12);
  for (const double latency : {0.0, 960.0, 1234.56, 5555.25}) {
    for (const double deviation : {0.0, 0.5}) {
      const std::vector<float> heard =
          recording(played, latency + kMostLatency, kLong + 2 * kMostLatency, deviation, random);
      const DelayEstimate got = estimate.measure(played, heard);
      EXPECT_NEAR(got.frames, latency, deviation == 0 ? 0.005 : 0.05);
      EXPECT_LT(got.error_frames, 0.05);
    }
  }
}

TEST(DelayEstimator, RefusesAnArenaThatIsTooSmall) {
  alignas(Arena::kAlignment) std::array<std::byte, 65536> block;
  Arena arena(block);
  DelayEstimator estimator;
  EXPECT_FALSE(estimator.configure(arena, 4096, 100));
}

}  // namespace
}  // namespace quanta
