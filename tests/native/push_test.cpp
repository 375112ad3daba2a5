// Push inputs of an engine: opening and closing, exact bits, and where every frame went.
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <vector>

#include "engine/push_stage.h"
#include "push_support.h"

namespace quanta {
namespace {

using test::EngineHost;
using test::PushRig;
using test::same_bits;
using test::Source;

constexpr PushSettings kStereo = {48000, 2, 2048, PushPace::kSourceClock};

// Frame i of a channel, in [-1, 1): another number for every frame that a test meets.
float noise_at(uint64_t i, uint32_t channel) {
  const auto hash = static_cast<uint32_t>((2 * i + channel + 1) * 2654435761U);
  return static_cast<float>(static_cast<int32_t>(hash) >> 8) / 8388608.0F;
}

EngineStatus open(EngineHost& host, uint32_t input, const PushSettings& settings) {
  return host.engine.push().open(input, settings);
}

TEST(PushInput, ARefusedOpeningChangesNothing) {
  EngineHost host;
  ASSERT_EQ(open(host, 1, kStereo), EngineStatus::kOk);
  const uint32_t max = std::numeric_limits<uint32_t>::max();
  for (const uint32_t rate_hz : {0U, 2999U, 384001U, max}) {
    EXPECT_EQ(open(host, 1, {rate_hz, 2, 2048, {}}), EngineStatus::kBadRate) << rate_hz;
  }
  for (const auto& [input, settings] : std::vector<std::pair<uint32_t, PushSettings>>{
           {8, kStereo},
           {max, kStereo},
           {1, {48000, 0, 2048, {}}},
           {1, {48000, 3, 2048, {}}},
           {1, {48000, 2, 0, {}}},
           {1, {48000, 2, kMaxPushTargetFrames + 1, {}}},
           {1, {48000, 2, 2048, static_cast<PushPace>(2)}}}) {
    EXPECT_EQ(open(host, input, settings), EngineStatus::kBadArgument);
  }
  EXPECT_EQ(host.engine.push().close(8), EngineStatus::kBadArgument);
  EXPECT_EQ(host.push_words(1).epoch.load(), 1U);
  EXPECT_EQ(host.engine.push().channels(1), 2U);
}

TEST(PushInput, AnEngineWithoutMemoryHasNone) {
  Engine engine;
  EXPECT_EQ(engine.push().open(0, kStereo), EngineStatus::kNotInitialized);
  EXPECT_EQ(engine.push().close(0), EngineStatus::kNotInitialized);
}

TEST(PushInput, EveryInputMayHaveARateOfItsOwn) {
  EngineHost host;
  for (int round = 0; round < 3; ++round) {
    for (uint32_t input = 0; input < kInputs; ++input) {
      const PushSettings settings = {44100 + input + 100 * static_cast<uint32_t>(round), 1, 2048,
                                     PushPace::kOnDemand};
      ASSERT_EQ(open(host, input, settings), EngineStatus::kOk);
      ASSERT_EQ(host.push_words(input).rate_hz.load(), settings.rate_hz);
    }
  }
  host.restart();
  EXPECT_EQ(host.engine.push().channels(7), 1U);
}

TEST(PushInput, TheTablesOfAllRatesFit) {
  for (const float context_hz : {3000.0F, 44100.0F, 48000.0F, 768000.0F}) {
    EngineHost host(16384, context_hz);
    const auto rate = static_cast<uint32_t>(context_hz);
    for (const uint32_t source_hz :
         {3000U, 3429U, 4115U, rate, rate + 1, rate * 8 / 7 + 1, rate * 48 / 35 + 1, 2 * rate - 1,
          4 * rate + 1, 8 * rate - 1, 8 * rate}) {
      if (source_hz > std::min(8 * rate, uint32_t{kMaxRateHz})) continue;
      EXPECT_EQ(open(host, 0, {source_hz, 2, 2048, {}}), EngineStatus::kOk)
          << source_hz << " to " << rate;
    }
  }
}

// A ring that was filled before the first quantum, and is filled up between quanta.
std::vector<float> play_on_demand(uint32_t quantum, uint32_t rate_hz, uint32_t capacity = 2048) {
  PushRig rig({rate_hz, 0, 1, 0}, noise_at, 2, PushPace::kOnDemand, capacity);
  rig.quantum = quantum;
  std::vector<float> heard;
  while (heard.size() < 20000) {
    rig.push(rig.producer, rig.producer.free_frames());
    rig.feed(
        [&](std::span<const float> mix) { heard.insert(heard.end(), mix.begin(), mix.end()); });
  }
  EXPECT_EQ(rig.words().underruns.load(), 0U);
  heard.resize(20000);
  return heard;
}

TEST(PushInput, GivesTheSameBitsForEveryQuantumAtAFixedRatio) {
  for (const uint32_t rate_hz : {44100U, 48000U, 96000U}) {
    const std::vector<float> expected = play_on_demand(128, rate_hz);
    for (const uint32_t quantum : {1U, 32U, 127U, 480U, 2048U}) {
      EXPECT_TRUE(same_bits(play_on_demand(quantum, rate_hz), expected)) << rate_hz << quantum;
    }
  }
}

TEST(PushInput, CopiesEveryBitAtTheContextsRate) {
  const std::vector<float> heard = play_on_demand(128, 48000);
  constexpr size_t kDelay = 35;
  std::vector<float> expected(kDelay);
  for (uint64_t i = 0; expected.size() < heard.size(); ++i) expected.push_back(noise_at(i, 0));
  EXPECT_TRUE(same_bits(heard, expected));
}

TEST(PushInput, GivesTheSameBitsHoweverTheMixerCutsItsQuanta) {
  const auto play = [](uint32_t capacity, uint32_t command_every) {
    PushRig rig({44100, 200, 441, 0.002}, noise_at, 1, PushPace::kSourceClock, capacity);
    rig.quantum = 127;
    std::vector<float> heard;
    for (uint64_t due = 1; rig.now() < 5;) {
      while (command_every > 0 && due < rig.frame + rig.quantum) {
        if (!rig.host.send(CommandKind::kQueryMeters, kMaster, 0, 0, due)) break;
        due += command_every;
      }
      rig.run(0.002, [&](std::span<const float> mix) {
        heard.insert(heard.end(), mix.begin(), mix.end());
      });
      while (rig.host.receive()) continue;
    }
    EXPECT_EQ(rig.words().playing.load(), 1U);
    return heard;
  };
  const std::vector<float> expected = play(2048, 0);
  EXPECT_TRUE(same_bits(play(2048, 50), expected)) << "cut by commands";
  EXPECT_TRUE(same_bits(play(128, 0), expected)) << "cut where the input ring wraps";
}

TEST(PushInput, AccountsForEveryFrameThroughStallsAndBacklogs) {
  PushRig rig({48000, -150, 480, 0.005}, noise_at);
  const PushWords& words = rig.words();
  const auto all_are_accounted_for = [&] {
    return words.taken_frames.load() + rig.unread_frames() == rig.position;
  };
  rig.run(3);
  EXPECT_TRUE(all_are_accounted_for());
  EXPECT_EQ(words.underruns.load(), 0U);
  rig.pause(1);
  rig.run(2);
  EXPECT_EQ(words.underruns.load(), 1U);
  EXPECT_NEAR(double(words.gap_frames.load()), 48000, 64);
  EXPECT_EQ(words.skipped_frames.load(), 0U);
  EXPECT_TRUE(all_are_accounted_for());
  rig.push(rig.producer, 5000);
  rig.run(1);
  EXPECT_EQ(words.overruns.load(), 1U);
  EXPECT_NEAR(double(words.skipped_frames.load()), 5000, 600);
  EXPECT_TRUE(all_are_accounted_for());
  EXPECT_EQ(words.underruns.load(), 1U);
}

TEST(PushInput, GoesOnInTheEngineThatTakesOverAfterATrap) {
  PushRig rig({44100, 100, 441, 0.002}, noise_at);
  const PushWords& words = rig.words();
  rig.run(2);
  rig.pause(0.5);
  rig.run(2);
  ASSERT_EQ(words.underruns.load(), 1U);
  rig.host.restart();
  rig.run(2);
  EXPECT_EQ(words.epoch.load(), 1U);
  EXPECT_EQ(words.playing.load(), 1U);
  EXPECT_EQ(words.underruns.load(), 1U);
  EXPECT_EQ(words.overruns.load(), 0U);
  EXPECT_EQ(words.taken_frames.load() + rig.unread_frames(), rig.position);
}

TEST(PushInput, StartsAnewWhenItIsOpenedAgain) {
  PushRig rig({48000, 0, 480, 0}, noise_at);
  rig.run(1);
  rig.pause(1);
  rig.run(1.5);
  const PushWords& words = rig.words();
  ASSERT_EQ(words.underruns.load(), 1U);
  ASSERT_EQ(open(rig.host, 0, kStereo), EngineStatus::kOk);
  EXPECT_EQ(words.epoch.load(), 3U) << "closed and opened";
  EXPECT_EQ(words.underruns.load(), 0U);
  EXPECT_EQ(words.taken_frames.load(), 0U);
  EXPECT_EQ(rig.host.producer(0).free_frames(), kPushRingFrames);
}

TEST(PushInput, GivesTheInputBackToTheGraphWhenItIsClosed) {
  EngineHost host;
  ASSERT_EQ(open(host, 0, kStereo), EngineStatus::kOk);
  host.feed(0.5F, -0.5F, 128);
  EXPECT_EQ(host.mix(0), std::vector<float>(128)) << "nothing was pushed";
  EXPECT_EQ(host.push_words(0).playing.load(), 0U);
  ASSERT_EQ(host.engine.push().close(0), EngineStatus::kOk);
  ASSERT_EQ(host.engine.push().close(0), EngineStatus::kOk);
  EXPECT_EQ(host.push_words(0).epoch.load(), 2U);
  host.feed(0.5F, -0.5F, 128);
  EXPECT_EQ(host.mix(0), std::vector<float>(128, 0.5F));
  EXPECT_EQ(host.mix(1), std::vector<float>(128, -0.5F));
}

}  // namespace
}  // namespace quanta
