#include "dsp/fill_loop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "dsp/burst_watch.h"

namespace quanta {
namespace {

constexpr double kRateHz = 48000;
constexpr double kStepSeconds = 128 / kRateHz;

// A FIFO without bursts: its fill moves by what the drift and the correction leave over.
struct Tank {
  Tank() { loop.configure(kRateHz); }

  void run(double seconds, double drift_ppm) {
    for (double t = 0; t < seconds; t += kStepSeconds) {
      error_frames += (drift_ppm * 1e-6 - loop.correction()) * 128;
      loop.observe(error_frames, kStepSeconds);
      loop.correct(kStepSeconds);
      worst_frames = std::max(worst_frames, std::abs(error_frames));
      least_frames = std::min(least_frames, error_frames);
    }
  }

  FillLoop loop;
  double error_frames = 0;
  double worst_frames = 0;
  double least_frames = 0;
};

TEST(FillLoop, FindsTheDriftAndBringsTheFillBackToItsTarget) {
  for (const double ppm : {-450.0, -200.0, -1.0, 30.0, 200.0, 450.0}) {
    Tank tank;
    tank.run(60, ppm);
    EXPECT_NEAR(tank.loop.correction() * 1e6, ppm, 0.05 * std::abs(ppm));
    EXPECT_LT(tank.worst_frames, 0.15 * std::abs(ppm)) << "seconds of drift, in frames";
    tank.run(540, ppm);
    EXPECT_NEAR(tank.loop.correction() * 1e6, ppm, 0.001 * std::abs(ppm));
    EXPECT_NEAR(tank.loop.drift() * 1e6, ppm, 0.001 * std::abs(ppm));
    EXPECT_NEAR(tank.error_frames, 0, 0.01);
  }
}

TEST(FillLoop, NeverCorrectsByMoreThanItsLimit) {
  Tank tank;
  tank.run(300, 2000);
  EXPECT_EQ(tank.loop.correction(), FillLoop::kMaxCorrection);
  EXPECT_LE(tank.loop.drift(), FillLoop::kMaxCorrection);
}

TEST(FillLoop, DoesNotWindUpWhileItIsAtItsLimit) {
  // A backlog that takes 100 s to work off at the limit, and no drift at all: a wound-up integral
  // would then empty the FIFO by far.
  Tank tank;
  tank.error_frames = 2400;
  tank.run(80, 0);
  EXPECT_EQ(tank.loop.correction(), FillLoop::kMaxCorrection);
  EXPECT_LT(tank.loop.drift(), 10e-6);
  tank.run(300, 0);
  EXPECT_GT(tank.least_frames, -70);
  EXPECT_NEAR(tank.error_frames, 0, 1);
}

TEST(FillLoop, GrowsSlowerWithAgeAndFastAgainWhenToldToHurry) {
  Tank tank;
  tank.run(10, 0);
  EXPECT_FALSE(tank.loop.settled());
  tank.run(300, 0);
  EXPECT_TRUE(tank.loop.settled());
  Tank hurried = tank;
  hurried.loop.hurry();
  EXPECT_FALSE(hurried.loop.settled());
  tank.error_frames = hurried.error_frames = 100;
  tank.run(5, 0);
  hurried.run(5, 0);
  EXPECT_GT(hurried.loop.correction(), 3 * tank.loop.correction());
}

TEST(FillLoop, KeepsTheDriftOverARestartAndDropsItOnRelease) {
  Tank tank;
  tank.run(60, 200);
  const double drift = tank.loop.drift();
  tank.loop.restart();
  EXPECT_EQ(tank.loop.drift(), drift);
  EXPECT_EQ(tank.loop.correction(), drift);
  EXPECT_EQ(tank.loop.error_frames(), 0);
  tank.loop.release();
  EXPECT_EQ(tank.loop.correction(), 0);
}

TEST(BurstWatch, TellsTheMeanOfTheSawtoothFromEveryPointOfIt) {
  BurstWatch watch;
  uint32_t pushed = 0;
  double fill = 1000;
  for (int call = 0; call < 40; ++call) {
    if (call % 4 == 0) {
      pushed += 512;
      fill += 512;
    }
    watch.see(pushed, 128, 2048);
    EXPECT_NEAR(fill - watch.above_mean(), 1000 + 512 / 2 + 64, 1e-9) << call;
    fill -= 128;
  }
}

TEST(BurstWatch, FindsThePhaseOfBurstsThatKeepNoStepWithTheCalls) {
  // 480 frames a burst, 128 a call: a burst is noticed up to one call late.
  BurstWatch watch;
  uint32_t pushed = 0;
  double fill = 1000;
  double worst = 0;
  for (int call = 0; call < 400; ++call) {
    const auto due = static_cast<uint32_t>(call * 128 / 480 + 1) * 480;
    fill += due - pushed;
    pushed = due;
    watch.see(pushed, 128, 2048);
    const double mean = 1000 + 480 - 480.0 / 2;
    if (call > 100) worst = std::max(worst, std::abs(fill - watch.above_mean() - mean));
    fill -= 128;
  }
  EXPECT_LT(worst, 32);
}

TEST(BurstWatch, DoesNotTakeABacklogForTheHabitOfTheSource) {
  BurstWatch watch;
  uint32_t pushed = 0;
  for (int call = 0; call < 40; ++call) watch.see(pushed += call % 4 == 0 ? 512 : 0, 128, 2048);
  watch.see(pushed += 512, 128, 2048);
  const double habit = watch.above_mean();
  watch.see(pushed += 48000, 128, 2048);
  EXPECT_NEAR(watch.above_mean(), habit, 32);
}

}  // namespace
}  // namespace quanta
