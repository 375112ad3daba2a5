#include "dsp/adaptive_resampler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "adaptive_resampler_support.h"

namespace quanta {
namespace {

using test::Rig;
using test::Source;
using Pace = AdaptiveResampler::Pace;
using Settings = AdaptiveResampler::Settings;

constexpr double kLockSeconds = 60;
constexpr uint32_t kTargetFrames = 2048;
constexpr Settings kMono = {.channels = 1, .target_frames = kTargetFrames};

// A sine with 50 frames a period: 882 Hz at 44.1 kHz, 960 Hz at 48 kHz, 1920 Hz at 96 kHz.
constexpr uint32_t kPeriod = 50;

test::Signal sine() {
  return [table = test::tone(1, kPeriod, kPeriod)](uint64_t i, uint32_t) {
    return table[i % kPeriod];
  };
}

double sine_cycles_per_context_frame(const Source& source) {
  return source.rate_hz * (1 + source.ppm * 1e-6) / kPeriod / Rig::kContextHz;
}

// Every frame tells its number: exact in a float, never 0.
test::Signal numbers() {
  return [](uint64_t i, uint32_t) { return float(i % 8388608 + 1); };
}

class Drift : public testing::TestWithParam<Source> {};

INSTANTIATE_TEST_SUITE_P(
    AdaptiveResampler, Drift,
    testing::Values(Source{44100, 200, 441, 0.005}, Source{44100, -200, 441, 0.005},
                    Source{48000, 200, 480, 0.005}, Source{48000, -200, 480, 0.005},
                    Source{96000, 200, 960, 0.005}, Source{96000, -200, 960, 0.005},
                    Source{48000, 200, 480, 0}, Source{44100, -200, 441, 0}));

TEST_P(Drift, IsFollowedFor10MinutesWithoutLossOrClick) {
  const Source source = GetParam();
  Rig rig(source, kMono, sine());
  rig.run(kLockSeconds);
  ASSERT_TRUE(rig.resampler.playing());
  test::ClickDetector clicks(sine_cycles_per_context_frame(source));
  for (int second = 0; second < 600; ++second) {
    // The mean over the whole bursts of one second, each taken just before a call.
    double sum = 0;
    int calls = 0;
    rig.run(1, [&](const Rig::Call& call) {
      sum += call.unread;
      ++calls;
      clicks.hear({call.out[0], call.frames});
    });
    ASSERT_NEAR(sum / calls, kTargetFrames, 64) << second;
    ASSERT_NEAR(rig.resampler.fill_frames(), kTargetFrames, 64) << second;
    ASSERT_NEAR(rig.resampler.correction_ppm(), source.ppm, 100) << second;
  }
  EXPECT_EQ(rig.resampler.counts().underruns, 0U);
  EXPECT_EQ(rig.resampler.counts().overruns, 0U);
  EXPECT_GT(clicks.windows(), 50000U);
  EXPECT_LT(clicks.worst_db(), -90);
}

class EndingDrift : public testing::TestWithParam<double> {};

// Some of these bring the phase to a source frame from below, some from above; calls of changing
// length leave it anywhere.
INSTANTIATE_TEST_SUITE_P(AdaptiveResampler, EndingDrift, testing::Values(200, 120, -80, -200));

TEST_P(EndingDrift, LeadsToTheExactBitsAndBackWithoutAClick) {
  Rig rig({48000, GetParam(), 480, 0.002}, kMono, sine());
  rig.quantum = 127;
  rig.run(kLockSeconds);
  EXPECT_FALSE(rig.resampler.copying());
  test::ClickDetector clicks(1.0 / kPeriod);
  const auto hear = [&](const Rig::Call& call) { clicks.hear({call.out[0], call.frames}); };
  rig.run(20, hear);
  rig.quantum = 128;
  rig.source.ppm = 0;
  rig.run(240, hear);
  EXPECT_TRUE(rig.resampler.copying());
  EXPECT_EQ(rig.resampler.correction_ppm(), 0);
  rig.source.ppm = -100;
  rig.run(120, hear);
  EXPECT_FALSE(rig.resampler.copying());
  EXPECT_LT(clicks.worst_db(), -80);
  EXPECT_EQ(rig.resampler.counts().underruns, 0U);
}

TEST(AdaptiveResampler, CopiesEveryBitWhileTheClocksAgree) {
  std::vector<float> noise = test::noise(48000, 1);
  noise[100] = -0.0F;
  noise[101] = std::numeric_limits<float>::infinity();
  noise[102] = std::numeric_limits<float>::denorm_min();
  const Settings stereo = {.channels = 2, .target_frames = kTargetFrames};
  Rig rig({48000, 0, 480, 0.004}, stereo,
          [&](uint64_t i, uint32_t channel) { return noise[(i * (channel + 1)) % noise.size()]; });
  std::vector<float> heard[2];
  rig.run(60, [&](const Rig::Call& call) {
    for (const size_t channel : {0U, 1U}) {
      heard[channel].insert(heard[channel].end(), call.out[channel],
                            call.out[channel] + call.frames);
    }
  });
  EXPECT_TRUE(rig.resampler.copying());
  const size_t delay = rig.resampler.delay_frames();
  size_t start = 0;
  while (heard[0][start] == 0) ++start;
  start -= delay + (noise[0] == 0);
  for (uint32_t channel : {0U, 1U}) {
    std::vector<float> expected(start + delay);
    for (uint64_t i = 0; expected.size() < heard[channel].size(); ++i) {
      expected.push_back(rig.signal(i, channel));
    }
    EXPECT_TRUE(test::same_bits(heard[channel], expected)) << channel;
  }
}

TEST(AdaptiveResampler, DoesNotLetLargeUnevenBurstsWobbleThePitch) {
  const Source source = {48000, 100, 4096, 0.02};
  Rig rig(source, {.channels = 1, .target_frames = 8192}, sine());
  rig.run(180);
  test::ClickDetector clicks(sine_cycles_per_context_frame(source));
  double last = rig.resampler.correction_ppm();
  rig.run(300, [&](const Rig::Call& call) {
    clicks.hear({call.out[0], call.frames});
    const double ppm = rig.resampler.correction_ppm();
    EXPECT_NEAR(ppm, source.ppm, 150);
    EXPECT_NEAR(ppm, last, 0.2) << "changes by more in one quantum";
    last = ppm;
  });
  EXPECT_LT(clicks.worst_db(), -90);
  EXPECT_EQ(rig.resampler.counts().underruns, 0U);
}

TEST(AdaptiveResampler, WorksForEveryQuantum) {
  for (const uint32_t quantum : {1U, 32U, 127U, 441U, 480U, 16384U}) {
    const Source source = {44100, -150, 441, 0.001};
    Rig rig(source, {.channels = 1, .target_frames = kTargetFrames + quantum}, sine());
    rig.quantum = quantum;
    rig.run(quantum > 1000 ? 120 : kLockSeconds);
    test::ClickDetector clicks(sine_cycles_per_context_frame(source));
    rig.run(30, [&](const Rig::Call& call) { clicks.hear({call.out[0], call.frames}); });
    EXPECT_EQ(rig.resampler.counts().underruns, 0U) << quantum;
    EXPECT_EQ(rig.resampler.counts().overruns, 0U) << quantum;
    EXPECT_NEAR(rig.resampler.fill_frames(), kTargetFrames + quantum, 64) << quantum;
    EXPECT_LT(clicks.worst_db(), -90) << quantum;
  }
}

TEST(AdaptiveResampler, DeclaresTheExactGapOfAnUnderrunAndLosesNoFrame) {
  Rig rig({48000, 0, 480, 0}, kMono, numbers());
  rig.run(5);
  ASSERT_TRUE(rig.resampler.copying());
  uint64_t silent = 0;
  float last = rig.left[127];
  const auto count = [&](const Rig::Call& call) {
    for (const float sample : std::span(call.out[0], call.frames)) {
      if (sample == 0) {
        ++silent;
      } else {
        ASSERT_EQ(sample, last + 1) << "a frame is missing";
        last = sample;
      }
    }
  };
  rig.pause(1);
  rig.run(3, count);
  EXPECT_TRUE(rig.resampler.playing());
  const AdaptiveCounts& counts = rig.resampler.counts();
  EXPECT_EQ(counts.underruns, 1U);
  EXPECT_EQ(counts.gap_frames, silent);
  EXPECT_EQ(counts.last_gap_frames, silent);
  EXPECT_NEAR(double(silent), 48000, 64);
  EXPECT_EQ(counts.overruns, 0U);
}

TEST(AdaptiveResampler, SkipsABacklogDownToItsTargetAndDeclaresIt) {
  Rig rig({48000, 0, 480, 0}, kMono, numbers());
  rig.run(5);
  ASSERT_TRUE(rig.resampler.copying());
  float last = rig.left[127];
  uint64_t missing = 0;
  rig.push(20000);
  rig.run(0.05, [&](const Rig::Call& call) {
    for (const float sample : std::span(call.out[0], call.frames)) {
      missing += uint64_t(sample - last) - 1;
      last = sample;
    }
  });
  EXPECT_EQ(rig.resampler.counts().overruns, 1U);
  EXPECT_EQ(rig.resampler.counts().skipped_frames, missing);
  EXPECT_NEAR(double(missing), 20000, 480);
  rig.run(60);
  EXPECT_NEAR(rig.resampler.fill_frames(), kTargetFrames, 64);
  EXPECT_EQ(rig.resampler.counts().overruns, 1U);
  EXPECT_EQ(rig.resampler.counts().underruns, 0U);
}

enum class Stall { kLosing, kHoldingBack };

class Stalls : public testing::TestWithParam<std::tuple<Source, Stall>> {};

INSTANTIATE_TEST_SUITE_P(AdaptiveResampler, Stalls,
                         testing::Combine(testing::Values(Source{44100, 200, 441, 0.005},
                                                          Source{48000, -200, 480, 0.005},
                                                          Source{96000, 200, 960, 0.005}),
                                          testing::Values(Stall::kLosing, Stall::kHoldingBack)));

TEST_P(Stalls, OfOneSecondAreFollowedByTheSameLock) {
  const auto [source, stall] = GetParam();
  Rig rig(source, kMono, sine());
  rig.run(kLockSeconds);
  if (stall == Stall::kLosing) rig.lose(1);
  if (stall == Stall::kHoldingBack) rig.hold_back(1);
  rig.run(1.5);
  ASSERT_TRUE(rig.resampler.playing());
  const AdaptiveCounts counts = rig.resampler.counts();
  EXPECT_EQ(counts.underruns, 1U);
  EXPECT_EQ(counts.overruns, stall == Stall::kLosing ? 0U : 1U);
  rig.run(30);
  EXPECT_NEAR(rig.resampler.correction_ppm(), source.ppm, 100);
  test::ClickDetector clicks(sine_cycles_per_context_frame(source));
  rig.run(60, [&](const Rig::Call& call) { clicks.hear({call.out[0], call.frames}); });
  EXPECT_NEAR(rig.resampler.fill_frames(), kTargetFrames, 64);
  EXPECT_EQ(rig.resampler.counts().underruns, 1U);
  EXPECT_EQ(rig.resampler.counts().overruns, counts.overruns);
  EXPECT_LT(clicks.worst_db(), -90);
}

TEST(AdaptiveResampler, LeavesTheRatioAloneWhereTheSourceFillsUpOnDemand) {
  Rig rig({48000, 0, 480, 0}, {1, kTargetFrames, Pace::kOnDemand}, numbers());
  float last = 0;
  for (int i = 0; i < 20000; ++i) {
    rig.push(rig.ring.producer.free_frames());
    rig.call([&](const Rig::Call& call) {
      for (const float sample : std::span(call.out[0], call.frames)) {
        if (sample != 0) {
          ASSERT_EQ(sample, last + 1);
        }
        last = sample;
      }
    });
  }
  EXPECT_GT(last, 2e6F);
  EXPECT_EQ(rig.resampler.counts().overruns, 0U);
  EXPECT_EQ(rig.resampler.correction_ppm(), 0);
}

class FixedRatio : public testing::TestWithParam<uint32_t> {};

INSTANTIATE_TEST_SUITE_P(AdaptiveResampler, FixedRatio,
                         testing::Values(32000, 44100, 88200, 96000, 192000, 44099));

TEST_P(FixedRatio, DistortsTonesFrom1To15KilohertzByLessThan105Decibels) {
  const uint32_t rate_hz = GetParam();
  for (const double hz : {1000.0, 3700.0, 7200.0, 11000.0, 14000.0, 15000.0}) {
    if (hz > 0.45 * rate_hz) continue;  // where the transition of the filter begins
    Rig rig({rate_hz, 0, 480, 0}, {1, kTargetFrames, Pace::kOnDemand}, [=](uint64_t i, uint32_t) {
      return float(std::sin(2 * std::numbers::pi * hz / rate_hz * double(i)));
    });
    std::vector<float> heard;
    while (heard.size() < 2 * Rig::kContextHz) {
      rig.push(std::min(rig.ring.producer.free_frames(), 4096U));
      rig.call([&](const Rig::Call& call) {
        heard.insert(heard.end(), call.out[0], call.out[0] + call.frames);
      });
    }
    const std::span steady = std::span(heard).last(Rig::kContextHz);
    const test::ToneFit fit = test::fit_tone(steady, hz / Rig::kContextHz);
    EXPECT_NEAR(test::to_db(fit.amplitude), 0, 0.001) << hz;
    EXPECT_LT(test::to_db(fit.residual * std::numbers::sqrt2), -105) << hz;
  }
}

TEST(AdaptiveResampler, IsSilentUntilItsTargetIsReachedAndCountsNoGapForThat) {
  Rig rig({48000, 0, 480, 0}, kMono, numbers());
  for (uint32_t pushed = 0; pushed < kTargetFrames; pushed += 128) {
    rig.push(128);
    if (pushed + 128 < kTargetFrames) {
      rig.call();
      EXPECT_EQ(rig.left[127], 0);
    }
  }
  EXPECT_FALSE(rig.resampler.playing());
  rig.call();
  EXPECT_TRUE(rig.resampler.playing());
  EXPECT_EQ(rig.resampler.counts().gap_frames, 0U);
  EXPECT_EQ(rig.resampler.counts().underruns, 0U);
}

// Every compiler, host and instruction set must agree on the samples and on the clock's model.
TEST(AdaptiveResampler, GivesTheBitsThatEveryHostGives) {
  const std::vector<float> noise = test::noise(44100, 3);
  Rig rig({44100, 150, 441, 0.003}, kMono,
          [&](uint64_t i, uint32_t) { return noise[i % noise.size()]; });
  std::vector<float> heard;
  rig.run(20, [&](const Rig::Call& call) {
    heard.insert(heard.end(), call.out[0], call.out[0] + call.frames);
  });
  EXPECT_EQ(test::hash_bits(heard), 2490687888344368343U);
}

TEST(AdaptiveResampler, RefusesAnArenaThatIsTooSmall) {
  test::ArenaBlock block(1 << 20);
  ResamplerKernel kernel;
  ASSERT_TRUE(kernel.configure(block.arena(), 44100, 48000, ResamplerKernel::Positions::kAny));
  test::ArenaBlock tiny(100);
  AdaptiveResampler resampler;
  EXPECT_FALSE(resampler.configure(tiny.arena(), kernel, 44100, kMono));
}

}  // namespace
}  // namespace quanta
