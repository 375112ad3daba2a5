// Push inputs through the whole engine: sources with clocks of their own, for ten minutes.
#include <gtest/gtest.h>

#include "push_support.h"
#include "shared/push_layout.h"

namespace quanta {
namespace {

using test::PushRig;
using test::Source;

constexpr double kLockSeconds = 60;
constexpr uint32_t kPeriod = 50;  // of the sine, in frames of the source

test::Signal sine() {
  return [table = test::tone(1, kPeriod, kPeriod)](uint64_t i, uint32_t) {
    return table[i % kPeriod];
  };
}

class PushDrift : public testing::TestWithParam<Source> {};

INSTANTIATE_TEST_SUITE_P(
    PushInput, PushDrift,
    testing::Values(Source{44100, 200, 441, 0.005}, Source{44100, -200, 441, 0.005},
                    Source{48000, 200, 480, 0.005}, Source{48000, -200, 480, 0.005},
                    Source{96000, 200, 960, 0.005}, Source{96000, -200, 960, 0.005}));

TEST_P(PushDrift, IsFollowedFor10MinutesWithoutLossOrClickInTheMix) {
  const Source source = GetParam();
  PushRig rig(source, sine());
  rig.run(kLockSeconds);
  const PushWords& words = rig.words();
  ASSERT_EQ(words.playing.load(), 1U);
  const double hz = source.rate_hz * (1 + source.ppm * 1e-6) / kPeriod;
  test::ClickDetector clicks(hz / PushRig::kContextHz);
  for (int second = 0; second < 600; ++second) {
    rig.run(1, [&](std::span<const float> mix) { clicks.hear(mix); });
    ASSERT_NEAR(words.fill_frames.load(), PushRig::kTargetFrames, 64) << second;
    ASSERT_NEAR(words.correction_ppm.load(), source.ppm, 100) << second;
  }
  EXPECT_EQ(words.underruns.load(), 0U);
  EXPECT_EQ(words.gap_frames.load(), 0U);
  EXPECT_EQ(words.overruns.load(), 0U);
  EXPECT_GT(clicks.windows(), 50000U);
  EXPECT_LT(clicks.worst_db(), -90);
  EXPECT_EQ(words.taken_frames.load() + rig.unread_frames(), rig.position);
}

}  // namespace
}  // namespace quanta
