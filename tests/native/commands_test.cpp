// Commands as the page sends them: words in a queue, effects in the mix, words back.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "core/frame_ring.h"
#include "engine_host.h"

namespace quanta {
namespace {

using test::EngineHost;

constexpr auto kGain = static_cast<uint32_t>(StripParameter::gain_db);
constexpr auto kMute = static_cast<uint32_t>(StripParameter::mute);
constexpr auto kPan = static_cast<uint32_t>(StripParameter::pan);

void append(std::vector<float>& to, const std::vector<float>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

TEST(Commands, ACommandTakesEffectAtItsFrameInsideAQuantum) {
  // A mute glides: the first sample that differs lies just behind the frame of the command.
  for (const uint64_t frame : {uint64_t{300}, uint64_t{513}, uint64_t{1000}}) {
    EngineHost fresh;
    fresh.send(CommandKind::kSetParameter, 0, kMute, 1, frame);
    std::vector<float> mix;
    for (int quantum = 0; quantum < 10; ++quantum) {
      fresh.feed(0.5F, 0.5F, 128);
      append(mix, fresh.mix(0));
    }
    size_t first = 0;
    while (first < mix.size() && mix[first] == 0.5F) ++first;
    EXPECT_GT(first, frame);
    EXPECT_LT(first, frame + 200);
    const auto response = fresh.receive();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, CommandStatus::kApplied);
    EXPECT_EQ(response->frame, frame);
  }
}

TEST(Commands, TheMixIsTheSameHoweverQuantaCutTheTime) {
  std::vector<std::vector<float>> mixes;
  for (const uint32_t n : {1U, 127U, 128U, 500U}) {
    EngineHost host;
    host.send(CommandKind::kSetParameter, 0, kGain, -12, 777);
    host.send(CommandKind::kSetParameter, 0, kPan, 0.5F, 1234);
    std::vector<float> mix;
    while (mix.size() < 4000) {
      host.feed(0.5F, -0.25F, n);
      append(mix, host.mix(0));
    }
    mix.resize(4000);
    mixes.push_back(mix);
  }
  for (const auto& mix : mixes) EXPECT_EQ(mix, mixes.front());
}

TEST(Commands, EveryCommandIsAnsweredInOrder) {
  EngineHost host;
  for (uint32_t i = 0; i < 100; ++i) {
    host.send(CommandKind::kSetParameter, i % kInputs, kGain, -static_cast<float>(i) / 10, 0);
  }
  host.feed(0, 0, 128);
  for (uint32_t tag = 1; tag <= 100; ++tag) {
    const auto response = host.receive();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->tag, tag);
  }
  EXPECT_FALSE(host.receive().has_value());
}

TEST(Commands, WithoutRoomForAnAnswerACommandWaits) {
  EngineHost host;
  uint32_t sent = 0;
  for (int round = 0; round < 3; ++round) {
    while (host.send(CommandKind::kQueryMeters, kMaster, 0, 0, 0)) ++sent;
    host.feed(0, 0, 128);
  }
  uint32_t answered = 0;
  for (int round = 0; round < 5; ++round) {
    while (host.receive().has_value()) ++answered;
    host.feed(0, 0, 128);
  }
  EXPECT_GT(sent, kQueueSlots);
  EXPECT_EQ(answered, sent);
}

TEST(Commands, AWrongCommandIsRefusedWithItsReasonAndChangesNothing) {
  const float nan = std::numeric_limits<float>::quiet_NaN();

  struct Case {
    uint32_t kind;
    uint32_t input;
    uint32_t parameter;
    float value;
    CommandStatus status;
  };

  const auto set = static_cast<uint32_t>(CommandKind::kSetParameter);
  const Case cases[] = {
      {99, 0, 0, 0, CommandStatus::kUnknownCommand},
      {set, kInputs, kGain, 0, CommandStatus::kBadInput},
      {set, 0, 1000, 0, CommandStatus::kBadParameter},
      {set, kMaster, 1000, 0, CommandStatus::kBadParameter},
      {set, 0, kGain, 24.5F, CommandStatus::kBadValue},
      {set, 0, kGain, nan, CommandStatus::kBadValue},
      {static_cast<uint32_t>(CommandKind::kStopInput), 77, 0, 0, CommandStatus::kBadInput},
  };
  EngineHost host;
  for (const Case& wrong : cases) {
    host.send(static_cast<CommandKind>(wrong.kind), wrong.input, wrong.parameter, wrong.value, 0);
    host.feed(0.5F, 0.5F, 4096);
    const auto response = host.receive();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, wrong.status);
    EXPECT_EQ(host.mix(0)[4095], 0.5F);
  }
}

TEST(Commands, AStoppedInputIsSilentAndKeepsItsParameters) {
  EngineHost host;
  host.send(CommandKind::kSetParameter, 0, kGain, -6, 0);
  host.feed(0.5F, 0.5F, 8192);
  const float level = host.mix(0)[8191];
  EXPECT_NEAR(level, 0.5F * 0.501187F, 1e-5F);
  host.send(CommandKind::kStopInput, 0, 0, 0, 0);
  host.feed(0.5F, 0.5F, 8192);
  EXPECT_EQ(host.mix(0)[8191], 0.0F);
  host.send(CommandKind::kStartInput, 0, 0, 0, 0);
  host.feed(0.5F, 0.5F, 8192);
  EXPECT_EQ(host.mix(0)[8191], level);
  host.send(CommandKind::kAddInput, 0, 0, 0, 0);
  host.feed(0.5F, 0.5F, 8192);
  EXPECT_EQ(host.mix(0)[8191], 0.5F);
}

TEST(Commands, TheOutputIsSilentUntilTheMonitorIsOnAndThenTheMix) {
  EngineHost host;
  host.feed(0.5F, 0.25F, 8192);
  EXPECT_EQ(host.output(0)[8191], 0.0F);
  EXPECT_EQ(host.mix(0)[8191], 0.5F);
  host.send(CommandKind::kSetParameter, kMaster, static_cast<uint32_t>(MasterParameter::monitor), 1,
            0);
  host.feed(0.5F, 0.25F, 8192);
  EXPECT_EQ(host.output(0)[8191], 0.5F);
  EXPECT_EQ(host.output(1)[8191], 0.25F);
}

TEST(Commands, ASuccessorKeepsTheParameters) {
  EngineHost host;
  host.send(CommandKind::kSetParameter, 0, kGain, -20, 0);
  host.feed(0.5F, 0.5F, 8192);
  host.restart();
  host.feed(0.5F, 0.5F, 8192);
  EXPECT_NEAR(host.mix(0)[8191], 0.05F, 1e-6F);
}

}  // namespace
}  // namespace quanta
