#include "dsp/smoother.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include "spectrum.h"

namespace quanta {
namespace {

class SmootherTest : public testing::Test {
 protected:
  SmootherTest() : memory_(65536), arena_(memory_) { EXPECT_TRUE(shape_.configure(arena_, 48000)); }

  // A sine of full scale through a gain that gets a new target at each listed frame.
  struct Change {
    size_t frame;
    float gain;
  };

  std::vector<float> faded_sine(std::span<const Change> changes, float initial, size_t frames) {
    Smoother<1> gain;
    gain.configure(shape_, {initial});
    std::vector<float> out(frames);
    for (size_t i = 0; i < frames; ++i) {
      for (const Change& change : changes) {
        if (change.frame == i) gain.set({change.gain});
      }
      float value = 0;
      gain.fill({&value}, 1);
      const double phase = 2 * std::numbers::pi * kToneHz * static_cast<double>(i) / kRate;
      out[i] = value * static_cast<float>(std::sin(phase));
    }
    return out;
  }

  static constexpr double kRate = 48000;
  static constexpr double kToneHz = 1000;
  // The main lobe of the shape (100 Hz) and of the analysis window of 8192 frames (38 Hz).
  static constexpr double kBandHz = 140;
  static constexpr size_t kWindow = 8192;

  std::vector<std::byte> memory_;
  Arena arena_;
  RampShape shape_;
};

TEST_F(SmootherTest, AGainStepOfFullScaleStaysWithinTheProgrammesBand) {
  for (const auto& [from, to] : {std::pair{0.0F, 1.0F}, {1.0F, 0.0F}, {0.25F, 1.0F}}) {
    const Change change{kWindow / 2, to};
    const std::vector<float> out = faded_sine({&change, 1}, from, 2 * kWindow);
    for (size_t start = 0; start <= kWindow; start += kWindow / 8) {
      const std::span<const float> part(out.data() + start, kWindow);
      EXPECT_LT(highest_outside_db(part, kRate, kToneHz, kBandHz), -120) << from << " to " << to;
    }
  }
}

TEST_F(SmootherTest, AFaderInMotionStaysWithinTheProgrammesBand) {
  for (const uint32_t interval : {800U, 480U, 128U, 1U}) {
    std::mt19937 random(7);
    std::vector<Change> changes;
    for (size_t frame = 0; frame < 2 * kWindow; frame += interval) {
      changes.push_back({frame, static_cast<float>(random() % 1001) / 1000});
    }
    const std::vector<float> out = faded_sine(changes, 0, 2 * kWindow);
    const std::span<const float> part(out.data() + kWindow / 2, kWindow);
    EXPECT_LT(highest_outside_db(part, kRate, kToneHz, kBandHz), -120) << interval;
  }
}

TEST_F(SmootherTest, AfterTheRampTheValueIsExactlyTheTarget) {
  Smoother<2> value;
  value.configure(shape_, {0.1F, 123.456F});
  value.set({0.7F, -3e-7F});
  value.advance(shape_.frames() - 1);
  EXPECT_FALSE(value.settled());
  value.advance(1);
  EXPECT_TRUE(value.settled());
  EXPECT_EQ(value.value(), (Smoother<2>::Value{0.7F, -3e-7F}));
}

TEST_F(SmootherTest, NothingMovesBeforeTheFrameOfTheChange) {
  Smoother<1> value;
  value.configure(shape_, {0.5F});
  value.advance(1000);
  value.set({1.0F});
  EXPECT_EQ(value.value()[0], 0.5F);
  value.advance(shape_.frames() / 2);
  EXPECT_NEAR(value.value()[0], 0.75F, 1e-6);
}

TEST_F(SmootherTest, ARampNeverOvershoots) {
  Smoother<1> value;
  value.configure(shape_, {0});
  value.set({1});
  float last = 0;
  while (!value.settled()) {
    EXPECT_GE(value.value()[0], last);
    last = value.value()[0];
    value.advance(1);
  }
  EXPECT_LE(last, 1);
}

TEST_F(SmootherTest, ManyChangesEndAtTheLastTarget) {
  Smoother<1> value;
  value.configure(shape_, {0});
  for (int i = 1; i <= 1000; ++i) {
    value.set({0.001F * static_cast<float>(i * 7 % 1000)});
    value.advance(3);
  }
  value.set({0.3F});
  value.advance(3 * shape_.frames());
  EXPECT_TRUE(value.settled());
  EXPECT_EQ(value.value()[0], 0.3F);
}

TEST_F(SmootherTest, ChangesAtOneFrameAreOneChange) {
  Smoother<1> once;
  Smoother<1> often;
  once.configure(shape_, {0});
  often.configure(shape_, {0});
  once.set({0.5F});
  for (const float target : {9.0F, -3.0F, 2.0F, 7.0F, 1.0F, 0.5F}) often.set({target});
  for (uint32_t i = 0; i < shape_.frames(); ++i) {
    ASSERT_NEAR(once.value()[0], often.value()[0], 2e-6) << i;
    once.advance(1);
    often.advance(1);
  }
  EXPECT_TRUE(often.settled());
}

TEST_F(SmootherTest, TheValuesDoNotDependOnTheBlocks) {
  constexpr uint32_t kFrames = 12000;
  const auto run = [&](uint32_t block) {
    Smoother<2> value;
    value.configure(shape_, {1, 0});
    std::vector<float> first(kFrames);
    std::vector<float> second(kFrames);
    // Five changes overlap, so that one has to wait.
    constexpr uint32_t kChangeFrames[] = {50, 60, 300, 301, 1800, 5000};
    uint32_t done = 0;
    for (const uint32_t until : {50U, 60U, 300U, 301U, 1800U, 5000U, kFrames}) {
      while (done < until) {
        const uint32_t count = std::min(block, until - done);
        value.fill({first.data() + done, second.data() + done}, count);
        done += count;
      }
      for (const uint32_t frame : kChangeFrames) {
        const auto level = static_cast<float>(frame);
        if (frame == until) value.set({1 / level, std::sqrt(level)});
      }
    }
    first.insert(first.end(), second.begin(), second.end());
    return first;
  };
  const std::vector<float> whole = run(kFrames);
  for (const uint32_t block : {1U, 7U, 128U, 1000U}) EXPECT_EQ(run(block), whole) << block;
}

TEST_F(SmootherTest, AFullArenaIsReported) {
  std::vector<std::byte> small(1000);
  Arena arena(small);
  RampShape shape;
  EXPECT_FALSE(shape.configure(arena, 48000));
}

}  // namespace
}  // namespace quanta
