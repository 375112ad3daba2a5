#include "dsp/loudness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

namespace quanta {
namespace {

constexpr double kPi = std::numbers::pi;

// A stretch of a sine of 1000 Hz: peak level of each channel in dBFS, minus infinity is silence.
struct Segment {
  double seconds;
  double level_db;
};

constexpr double kSilent = -std::numeric_limits<double>::infinity();

// Plays EBU's signals, which are defined as segments, into a meter.
class Programme {
 public:
  explicit Programme(float rate_hz = 48000, uint32_t channels = 2)
      : rate_hz_(rate_hz), planes_(channels), levels_db_(channels) {
    Arena arena(memory_);
    EXPECT_TRUE(meter_.configure(arena, rate_hz, channels));
  }

  // Levels of the channels relative to the segments'.
  void set_levels(std::vector<double> levels_db) { levels_db_ = std::move(levels_db); }

  // Calls back every 10 ms, with the time since the start.
  void play(
      const std::vector<Segment>& segments,
      const std::function<void(double)>& watch = [](double) {}) {
    for (const Segment& segment : segments) {
      end_seconds_ += segment.seconds;
      const auto end = static_cast<size_t>(std::lround(end_seconds_ * rate()));
      while (frame_ < end) {
        const auto step = static_cast<size_t>(rate() / 100);
        const size_t count = std::min(end - frame_, step - frame_ % step);
        play_part(count, segment.level_db);
        if (frame_ % step == 0) watch(static_cast<double>(frame_) / rate());
      }
    }
  }

  LoudnessMeter& meter() { return meter_; }

 private:
  double rate() const { return static_cast<double>(rate_hz_); }

  void play_part(size_t count, double level_db) {
    std::array<const float*, LoudnessMeter::kMaxChannels> planes{};
    for (size_t channel = 0; channel < planes_.size(); ++channel) {
      planes_[channel].resize(count);
      const double amplitude = std::pow(10, (level_db + levels_db_[channel]) / 20);
      for (size_t i = 0; i < count; ++i) {
        const double turns = std::fmod(1000 * static_cast<double>(frame_ + i) / rate(), 1);
        planes_[channel][i] = static_cast<float>(amplitude * std::sin(2 * kPi * turns));
      }
      planes[channel] = planes_[channel].data();
    }
    meter_.update({planes.data(), planes_.size()}, count);
    frame_ += count;
  }

  float rate_hz_;
  std::vector<std::byte> memory_ = std::vector<std::byte>(65536);
  LoudnessMeter meter_;
  std::vector<std::vector<float>> planes_;
  std::vector<double> levels_db_;
  size_t frame_ = 0;
  double end_seconds_ = 0;
};

constexpr float kRates[] = {48000, 44100, 96000};

TEST(KWeighting, CoefficientsAt48KhzAreTheStandardsList) {
  const KWeightingStages stages = k_weighting_stages(48000);
  EXPECT_NEAR(stages.shelf.b0, 1.53512485958697, 1e-13);
  EXPECT_NEAR(stages.shelf.b1, -2.69169618940638, 1e-13);
  EXPECT_NEAR(stages.shelf.b2, 1.19839281085285, 1e-13);
  EXPECT_NEAR(stages.shelf.a1, -1.69065929318241, 1e-13);
  EXPECT_NEAR(stages.shelf.a2, 0.73248077421585, 1e-13);
  EXPECT_NEAR(stages.high_pass.b0, 1, 1e-13);
  EXPECT_NEAR(stages.high_pass.b1, -2, 1e-13);
  EXPECT_NEAR(stages.high_pass.b2, 1, 1e-13);
  EXPECT_NEAR(stages.high_pass.a1, -1.99004745483398, 1e-13);
  EXPECT_NEAR(stages.high_pass.a2, 0.99007225036621, 1e-13);
}

double response_db(const KWeightingStages& stages, double rate_hz, double hz) {
  const std::complex<double> z = std::polar(1.0, -2 * kPi * hz / rate_hz);
  std::complex<double> response = 1;
  for (const SecondOrderSection& s : {stages.shelf, stages.high_pass}) {
    response *= (s.b0 + z * (s.b1 + z * s.b2)) / (1.0 + z * (s.a1 + z * s.a2));
  }
  return 20 * std::log10(std::abs(response));
}

// The largest deviation from the response at 48 kHz up to a share of the rate.
double deviation_db(double rate_hz, double share) {
  const KWeightingStages listed = k_weighting_stages(48000);
  const KWeightingStages stages = k_weighting_stages(rate_hz);
  constexpr int kSteps = 2000;
  double worst = 0;
  for (int i = 1; i <= kSteps; ++i) {
    const double hz = share * rate_hz * i / kSteps;
    const double error = response_db(stages, rate_hz, hz) - response_db(listed, 48000, hz);
    worst = std::max(worst, std::fabs(error));
  }
  return worst;
}

TEST(KWeighting, OtherRatesHaveTheSameResponse) {
  const KWeightingStages listed = k_weighting_stages(48000);
  for (const double rate_hz : {32000.0, 44100.0, 96000.0, 192000.0}) {
    const KWeightingStages stages = k_weighting_stages(rate_hz);
    for (const double hz : {20.0, 40.0, 100.0, 1000.0, 3000.0}) {
      EXPECT_NEAR(response_db(stages, rate_hz, hz), response_db(listed, 48000, hz), 0.02)
          << rate_hz << " " << hz;
    }
  }
}

TEST(KWeighting, LowRatesHaveTheSameResponseUpToFourTenthsOfTheRate) {
  for (const double rate_hz : {3000.0, 8000.0, 11025.0, 16000.0, 22050.0}) {
    EXPECT_LT(deviation_db(rate_hz, 0.4), 0.01) << rate_hz;
    EXPECT_LT(deviation_db(rate_hz, 0.5), 0.4) << rate_hz;
  }
}

TEST(KWeighting, EveryLowRateIsStableAndAsNearAsTheOthers) {
  for (int rate_hz = 3000; rate_hz < 32000; rate_hz += 25) {
    const auto [shelf, high_pass] = k_weighting_stages(rate_hz);
    for (const SecondOrderSection& s : {shelf, high_pass}) {
      // Both poles are inside the unit circle: the triangle of stability.
      ASSERT_LT(std::fabs(s.a2), 1) << rate_hz;
      ASSERT_LT(std::fabs(s.a1), 1 + s.a2) << rate_hz;
    }
    ASSERT_LT(deviation_db(rate_hz, 0.4), 0.01) << rate_hz;
  }
}

// As a context at such a rate would measure it.
TEST(Loudness, ATonesLoudnessIsTheSameAtEveryLowRate) {
  Programme listed(48000, 1);
  listed.play({{5, -20}});
  for (const float rate_hz : {3000.0F, 3300.0F, 8000.0F, 11025.0F, 16000.0F, 22050.0F}) {
    Programme programme(rate_hz, 1);
    programme.play({{5, -20}});
    EXPECT_NEAR(programme.meter().integrated(), listed.meter().integrated(), 0.01F) << rate_hz;
  }
}

TEST(Loudness, AFullScaleSineInOneChannelReadsMinus3) {
  Programme programme(48000, 1);
  programme.play({{5, 0}});
  EXPECT_NEAR(static_cast<double>(programme.meter().integrated()), -3.01, 0.02);
}

TEST(Loudness, Tech3341Cases1And2) {
  for (const float rate : kRates) {
    for (const double level : {-23.0, -33.0}) {
      Programme programme(rate);
      programme.play({{20, level}});
      EXPECT_NEAR(static_cast<double>(programme.meter().momentary()), level, 0.1);
      EXPECT_NEAR(static_cast<double>(programme.meter().short_term()), level, 0.1);
      EXPECT_NEAR(static_cast<double>(programme.meter().integrated()), level, 0.1);
    }
  }
}

TEST(Loudness, Tech3341Cases3To5) {
  const std::vector<std::vector<Segment>> cases = {
      {{10, -36}, {60, -23}, {10, -36}},
      {{10, -72}, {10, -36}, {60, -23}, {10, -36}, {10, -72}},
      {{20, -26}, {20.1, -20}, {20, -26}}};
  for (const float rate : kRates) {
    for (const std::vector<Segment>& segments : cases) {
      Programme programme(rate);
      programme.play(segments);
      EXPECT_NEAR(static_cast<double>(programme.meter().integrated()), -23, 0.1);
    }
  }
}

TEST(Loudness, Tech3341Case6) {
  Programme five(48000, 5);
  five.set_levels({-28, -28, -24, -30, -30});
  five.play({{20, 0}});
  EXPECT_NEAR(static_cast<double>(five.meter().integrated()), -23, 0.1);
  // The same with a low-frequency channel, which does not count.
  Programme six(48000, 6);
  six.set_levels({-28, -28, -24, 0, -30, -30});
  six.play({{20, 0}});
  EXPECT_NEAR(static_cast<double>(six.meter().integrated()), -23, 0.1);
}

TEST(Loudness, Tech3341Case9) {
  for (const float rate : kRates) {
    Programme programme(rate);
    for (int i = 0; i < 5; ++i) {
      programme.play({{1.34, -20}, {1.66, -30}}, [&](double seconds) {
        if (seconds < 3) return;
        EXPECT_NEAR(static_cast<double>(programme.meter().short_term()), -23, 0.1) << seconds;
      });
    }
  }
}

TEST(Loudness, Tech3341Case10) {
  for (int i = 0; i < 20; ++i) {
    Programme programme;
    programme.play({{0.15 * i, kSilent}, {3, -23}, {1, kSilent}});
    EXPECT_NEAR(static_cast<double>(programme.meter().max_short_term()), -23, 0.1) << i;
  }
}

TEST(Loudness, Tech3341Case11) {
  Programme programme;
  for (int i = 0; i < 20; ++i) {
    const double level = -38 + i;
    programme.play({{0.15 * i, kSilent}, {3, level}, {3 - 0.15 * i, kSilent}});
    EXPECT_NEAR(static_cast<double>(programme.meter().max_short_term()), level, 0.1) << i;
  }
}

TEST(Loudness, Tech3341Case12) {
  for (const float rate : kRates) {
    Programme programme(rate);
    for (int i = 0; i < 25; ++i) {
      programme.play({{0.18, -20}, {0.22, -30}}, [&](double seconds) {
        if (seconds < 1) return;
        EXPECT_NEAR(static_cast<double>(programme.meter().momentary()), -23, 0.1) << seconds;
      });
    }
  }
}

TEST(Loudness, Tech3341Case13) {
  for (const float rate : kRates) {
    for (int i = 0; i < 20; ++i) {
      Programme programme(rate);
      programme.play({{0.02 * i, kSilent}, {0.4, -23}, {1, kSilent}});
      EXPECT_NEAR(static_cast<double>(programme.meter().max_momentary()), -23, 0.1) << i;
    }
  }
}

TEST(Loudness, Tech3341Case14) {
  Programme programme;
  for (int i = 0; i < 20; ++i) {
    const double level = -38 + i;
    programme.play({{0.02 * i, kSilent}, {0.4, level}, {0.4 - 0.02 * i, kSilent}});
    EXPECT_NEAR(static_cast<double>(programme.meter().max_momentary()), level, 0.1) << i;
  }
}

TEST(Loudness, Tech3342Cases1To4) {
  struct Case {
    std::vector<double> levels_db;
    double range;
  };

  for (const float rate : kRates) {
    for (const Case& c : {Case{{-20, -30}, 10}, Case{{-20, -15}, 5}, Case{{-40, -20}, 20},
                          Case{{-50, -35, -20, -35, -50}, 15}}) {
      Programme programme(rate);
      for (const double level : c.levels_db) programme.play({{20, level}});
      EXPECT_NEAR(static_cast<double>(programme.meter().range()), c.range, 1);
    }
  }
}

TEST(Loudness, BlocksBelowTheAbsoluteGateDoNotCount) {
  Programme soft;
  soft.play({{5, -71}});
  EXPECT_EQ(soft.meter().integrated(), -std::numeric_limits<float>::infinity());
  Programme louder;
  louder.play({{5, -69}});
  EXPECT_NEAR(static_cast<double>(louder.meter().integrated()), -69, 0.1);
}

TEST(Loudness, BlocksOverlapByThreeQuarters) {
  // Four blocks see 4, 3, 2 and 1 quarters of the tone: their mean is 10 / 16.
  Programme programme;
  programme.play({{0.4, -20}, {2, kSilent}});
  EXPECT_NEAR(static_cast<double>(programme.meter().integrated()), -20 - 2.04, 0.05);
}

TEST(Loudness, SilenceIsMinusInfinity) {
  Programme programme;
  programme.play({{5, kSilent}});
  EXPECT_EQ(programme.meter().momentary(), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(programme.meter().short_term(), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(programme.meter().integrated(), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(programme.meter().range(), 0);
}

TEST(Loudness, AResetForgetsTheProgramme) {
  Programme programme;
  programme.play({{5, -10}});
  programme.meter().reset();
  programme.play({{5, -30}});
  EXPECT_NEAR(static_cast<double>(programme.meter().integrated()), -30, 0.1);
  EXPECT_NEAR(static_cast<double>(programme.meter().max_momentary()), -30, 0.1);
  EXPECT_NEAR(static_cast<double>(programme.meter().max_short_term()), -30, 0.1);
}

TEST(Loudness, TheReadingsDoNotDependOnTheBlocks) {
  const auto run = [](size_t block) {
    std::vector<std::byte> memory(65536);
    Arena arena(memory);
    LoudnessMeter meter;
    EXPECT_TRUE(meter.configure(arena, 48000, 2));
    uint32_t state = 1;
    std::vector<float> noise(200000);
    for (float& sample : noise) {
      state = state * 1664525 + 1013904223;
      sample = static_cast<float>(state) * 0x1p-32F - 0.5F;
    }
    for (size_t i = 0; i + block <= noise.size(); i += block) {
      const std::array<const float*, 2> planes = {noise.data() + i, noise.data() + i};
      meter.update(planes, block);
    }
    return std::array{meter.momentary(), meter.short_term(), meter.integrated(),
                      meter.max_momentary()};
  };
  const auto whole = run(200000);
  for (const size_t block : {1U, 160U, 500U, 20000U}) EXPECT_EQ(run(block), whole) << block;
}

TEST(Loudness, AFullArenaIsReported) {
  std::vector<std::byte> memory(20000);
  Arena arena(memory);
  LoudnessMeter meter;
  EXPECT_FALSE(meter.configure(arena, 48000, 2));
}

}  // namespace
}  // namespace quanta
