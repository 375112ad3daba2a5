#include "dsp/biquad.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include "spectrum.h"

namespace quanta {
namespace {

using Frames = std::vector<Double2>;

constexpr double kPi = std::numbers::pi;

// The cookbook's response, from its own formulas and libm.
double cookbook_db(BiquadShape shape, const BiquadSetting& setting, double rate_hz, double hz) {
  const double w0 = 2 * kPi * static_cast<double>(setting.frequency_hz) / rate_hz;
  const double cosine = std::cos(w0);
  const double alpha = std::sin(w0) / (2 * static_cast<double>(setting.q));
  const double a = std::pow(10, static_cast<double>(setting.gain_db) / 40);
  const double root = 2 * std::sqrt(a) * alpha;
  double b0 = 1 + alpha * a, b1 = -2 * cosine, b2 = 1 - alpha * a;
  double a0 = 1 + alpha / a, a1 = -2 * cosine, a2 = 1 - alpha / a;
  if (shape == BiquadShape::kHighPass) {
    b0 = b2 = (1 + cosine) / 2;
    b1 = -(1 + cosine);
    a0 = 1 + alpha;
    a2 = 1 - alpha;
  }
  if (shape == BiquadShape::kLowShelf || shape == BiquadShape::kHighShelf) {
    const double c = shape == BiquadShape::kLowShelf ? cosine : -cosine;
    const double sign = shape == BiquadShape::kLowShelf ? 1 : -1;
    b0 = a * ((a + 1) - (a - 1) * c + root);
    b1 = sign * 2 * a * ((a - 1) - (a + 1) * c);
    b2 = a * ((a + 1) - (a - 1) * c - root);
    a0 = (a + 1) + (a - 1) * c + root;
    a1 = sign * -2 * ((a - 1) + (a + 1) * c);
    a2 = (a + 1) + (a - 1) * c - root;
  }
  const std::complex<double> z = std::polar(1.0, -2 * kPi * hz / rate_hz);
  return 20 * std::log10(std::abs((b0 + z * (b1 + z * b2)) / (a0 + z * (a1 + z * a2))));
}

class BiquadTest : public testing::Test {
 protected:
  Biquad make(BiquadShape shape, float rate_hz = 48000) {
    Arena arena(memory_);
    EXPECT_TRUE(ramp_.configure(arena, rate_hz));
    Biquad filter;
    filter.configure(ramp_, shape, rate_hz);
    return filter;
  }

  void settle(Biquad& filter) {
    Frames silence(ramp_.frames() + 64);
    filter.process(silence);
  }

  // Magnitude at a frequency of what the filter makes of an impulse.
  static double measured_db(Biquad filter, double rate_hz, double hz) {
    Frames response(1 << 15);
    response[0] = Double2{1, -0.5};
    filter.process(response);
    std::complex<double> left = 0;
    std::complex<double> right = 0;
    for (size_t i = 0; i < response.size(); ++i) {
      const double turns = std::fmod(hz / rate_hz * static_cast<double>(i), 1.0);
      const std::complex<double> z = std::polar(1.0, -2 * kPi * turns);
      left += z * response[i][0];
      right += z * response[i][1];
    }
    EXPECT_NEAR(std::abs(left), 2 * std::abs(right), 1e-9);
    return 20 * std::log10(std::abs(left));
  }

  static Frames noise(size_t count, uint32_t seed = 1) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> level(-1, 1);
    Frames frames(count);
    for (Double2& frame : frames) frame = Double2{level(random), level(random)};
    return frames;
  }

  std::vector<std::byte> memory_ = std::vector<std::byte>(65536);
  RampShape ramp_;
};

constexpr BiquadShape kShapes[] = {BiquadShape::kHighPass, BiquadShape::kLowShelf,
                                   BiquadShape::kPeak, BiquadShape::kHighShelf};

TEST_F(BiquadTest, TheResponseIsTheCookbooks) {
  for (const float rate_hz : {44100.0F, 48000.0F, 96000.0F}) {
    for (const BiquadShape shape : kShapes) {
      for (const BiquadSetting& setting :
           {BiquadSetting{20, 0.7071F, 12, true}, BiquadSetting{80, 0.5F, -18, true},
            BiquadSetting{1000, 4, 15, true}, BiquadSetting{9000, 1, -6.5F, true},
            BiquadSetting{18000, 0.9F, 3, true}}) {
        Biquad filter = make(shape, rate_hz);
        filter.set(setting);
        settle(filter);
        for (const double hz : {10.0, 20.0, 95.0, 400.0, 1000.0, 3300.0, 10000.0, 20000.0}) {
          const auto rate = static_cast<double>(rate_hz);
          EXPECT_NEAR(measured_db(filter, rate, hz), cookbook_db(shape, setting, rate, hz), 1e-4)
              << static_cast<int>(shape) << " at " << hz << " Hz, " << rate << " Hz";
        }
      }
    }
  }
}

TEST_F(BiquadTest, NeutralLeavesEveryBit) {
  const Frames input = noise(1000);
  for (const BiquadShape shape : kShapes) {
    Biquad filter = make(shape);
    filter.set({500, 2, 9, true});
    settle(filter);
    filter.set({500, 2, 9, false});
    EXPECT_FALSE(filter.neutral());
    settle(filter);
    EXPECT_TRUE(filter.neutral());
    Frames output = input;
    filter.process(output);
    EXPECT_EQ(std::memcmp(output.data(), input.data(), input.size() * sizeof(Double2)), 0);
  }
  Biquad flat = make(BiquadShape::kPeak);
  flat.set({500, 2, 0, true});
  EXPECT_TRUE(flat.neutral());
}

TEST_F(BiquadTest, FrequenciesAboveNyquistAreTakenAsItsNeighbour) {
  Biquad filter = make(BiquadShape::kHighShelf, 8000);
  filter.set({12000, 0.7071F, 6, true});
  settle(filter);
  const double at_top = cookbook_db(BiquadShape::kHighShelf, {3920, 0.7071F, 6, true}, 8000, 1000);
  EXPECT_NEAR(measured_db(filter, 8000, 1000), at_top, 1e-4);
}

TEST_F(BiquadTest, WildModulationStaysBounded) {
  std::mt19937 random(3);
  const auto between = [&](float low, float high) {
    return low * std::pow(high / low, static_cast<float>(random() % 1000) / 1000);
  };
  for (const BiquadShape shape : kShapes) {
    Biquad filter = make(shape);
    double largest = 0;
    for (int i = 0; i < 4000; ++i) {
      filter.set({between(10, 23000), between(0.3F, 10), between(0.01F, 12), random() % 4 != 0});
      Frames frames = noise(1 + random() % 200, static_cast<uint32_t>(i));
      filter.process(frames);
      for (const Double2& frame : frames) largest = std::fmax(largest, std::fabs(frame[0]));
    }
    EXPECT_LT(largest, 12) << static_cast<int>(shape);
    filter.set({1000, 1, 0, false});
    settle(filter);
    settle(filter);  // the last target waited for a ramp to end
    EXPECT_TRUE(filter.neutral());
  }
}

// A sine of 1 kHz and full scale through a filter that changes its setting once.
double highest_spur_db(Biquad filter, const BiquadSetting& before, const BiquadSetting& after,
                       double guard_hz) {
  constexpr size_t kWindow = 8192;
  Frames frames(3 * kWindow);
  for (size_t i = 0; i < frames.size(); ++i) {
    frames[i] = splat2(std::sin(2 * kPi * 1000 * static_cast<double>(i) / 48000));
  }
  const std::span<Double2> all(frames);
  filter.set(before);
  filter.process(all.first(kWindow + kWindow / 2));
  filter.set(after);
  filter.process(all.subspan(kWindow + kWindow / 2));
  std::vector<float> left(kWindow);
  for (size_t i = 0; i < kWindow; ++i) left[i] = static_cast<float>(frames[kWindow + i][0]);
  return highest_outside_db(left, 48000, 1000, guard_hz);
}

TEST_F(BiquadTest, AGainThatMovesStaysWithinTheProgrammesBand) {
  for (const BiquadShape shape : kShapes) {
    const BiquadSetting off{900, 1, 15, false};
    const BiquadSetting boost{900, 1, 15, true};
    const BiquadSetting cut{900, 1, -12, true};
    EXPECT_LT(highest_spur_db(make(shape), off, boost, 200), -80) << static_cast<int>(shape);
    EXPECT_LT(highest_spur_db(make(shape), boost, cut, 200), -80) << static_cast<int>(shape);
    EXPECT_LT(highest_spur_db(make(shape), cut, off, 200), -80) << static_cast<int>(shape);
  }
}

// A peak that sweeps past a tone modulates it the more, the faster it passes: that is the sweep and
// no zipper noise, so the band is wider here.
TEST_F(BiquadTest, AFrequencyThatMovesIsASweepWithoutSteps) {
  for (const BiquadShape shape : kShapes) {
    const BiquadSetting low{900, 1, 15, true};
    const BiquadSetting high{3000, 1, 15, true};
    EXPECT_LT(highest_spur_db(make(shape), low, high, 500), -80) << static_cast<int>(shape);
    EXPECT_LT(highest_spur_db(make(shape), high, low, 500), -80) << static_cast<int>(shape);
  }
}

TEST_F(BiquadTest, TheOutputDoesNotDependOnTheBlocks) {
  const auto run = [&](size_t block) {
    Biquad filter = make(BiquadShape::kPeak);
    Frames frames = noise(9000);
    size_t done = 0;
    for (const size_t until : {333U, 2000U, 2001U, 5003U, 9000U}) {
      for (; done < until; done += std::min(block, until - done)) {
        filter.process(std::span(frames).subspan(done, std::min(block, until - done)));
      }
      const auto position = static_cast<float>(until);
      filter.set({position, 1 + position / 5000, 3 - position / 2000, until != 5003});
    }
    return frames;
  };
  const Frames whole = run(9000);
  for (const size_t block : {1U, 15U, 128U}) {
    const Frames parts = run(block);
    EXPECT_EQ(std::memcmp(parts.data(), whole.data(), whole.size() * sizeof(Double2)), 0) << block;
  }
}

TEST_F(BiquadTest, SilenceEndsInZerosAndNotInDenormals) {
  for (const BiquadShape shape : kShapes) {
    Biquad filter = make(shape);
    filter.set({20, 0.7071F, 12, true});
    settle(filter);
    Frames frames = noise(1000);
    filter.process(frames);
    for (int quantum = 0; quantum < 48000 * 10 / 128; ++quantum) {
      frames.assign(128, Double2{});
      filter.process(frames);
    }
    EXPECT_EQ(frames.back()[0], 0);
    EXPECT_EQ(frames.back()[1], 0);
  }
}

}  // namespace
}  // namespace quanta
