#include <gtest/gtest.h>

#include "flight_support.h"

namespace quanta::test {
namespace {

// Every effect on, at different settings for each input.
void busy(Field& field) {
  for (uint32_t input = 0; input < kInputs; ++input) {
    const auto step = static_cast<float>(input);
    field.set(input, StripParameter::gain_db, -12 + step);
    field.set(input, StripParameter::pan, -0.8F + 0.2F * step);
    field.set(input, StripParameter::high_pass_on, 1);
    field.set(input, StripParameter::low_shelf_db, 3 - step);
    field.set(input, StripParameter::low_mid_db, 6);
    field.set(input, StripParameter::high_mid_db, -6);
    field.set(input, StripParameter::high_shelf_db, step);
    field.set(input, StripParameter::gate_on, 1);
    field.set(input, StripParameter::compressor_on, 1);
    field.set(input, StripParameter::compressor_key, static_cast<float>((input + 5) % kInputs));
  }
  field.set(MasterParameter::limiter_on, 1);
}

// The quanta of the newest segments are the last ones of the field.
void expect_same(const std::vector<FlightOutcome>& outcomes,
                 const std::vector<FlightResult>& results, size_t first = 0) {
  ASSERT_GT(outcomes.size(), 0U);
  ASSERT_LE(first + outcomes.size(), results.size());
  for (size_t i = 0; i < outcomes.size(); ++i) {
    ASSERT_EQ(outcomes[i].status, EngineStatus::kOk);
    const FlightResult& now = outcomes[i].result;
    const FlightResult& then = results[first + i];
    ASSERT_EQ(now.mix_digest, then.mix_digest) << "quantum " << i;
    ASSERT_EQ(now.voice_digest, then.voice_digest) << "quantum " << i;
    ASSERT_EQ(now.meters_digest, then.meters_digest) << "quantum " << i;
  }
}

// Runs until another segment has begun, and tells how many quanta lie before it.
size_t run_until_next_segment(Field& field, uint32_t frames = kDefaultQuantumFrames) {
  const size_t before = segments_of(field.host).size();
  while (segments_of(field.host).size() == before) {
    EXPECT_EQ(field.quantum(frames), EngineStatus::kOk);
  }
  return field.results.size() - 1;
}

TEST(Flight, ASessionIsRepeatedFromItsBeginning) {
  Field field(4);
  field.connect(0, 2);
  field.connect(3, 1);
  field.quanta(500);
  Desk desk;
  ASSERT_TRUE(desk.run(segments_of(field.host).at(0), true));
  expect_same(desk.outcomes, field.results);
  EXPECT_EQ(desk.outcomes.size(), 500U);
}

TEST(Flight, ACheckpointInTheMiddleOfEverythingLeadsToTheSameBits) {
  Field field(8);
  for (uint32_t input = 0; input < kInputs; ++input) field.connect(input, 2);
  busy(field);
  field.quanta(40);
  // Ramps, gates and needles are on their way when the segment begins.
  size_t first = 0;
  for (int i = 0; i < 2; ++i) {
    field.set(1, StripParameter::low_mid_hz, 300 + 100 * static_cast<float>(i), 37);
    first = run_until_next_segment(field);
  }
  field.set(2, StripParameter::gain_db, -40, 200);
  field.set(4, StripParameter::solo, 1, 5000);
  field.set(MasterParameter::gain_db, 6);
  const std::vector<Segment> before = segments_of(field.host);
  Desk desk;
  field.quanta(100);
  ASSERT_EQ(segments_of(field.host).size(), before.size());
  ASSERT_TRUE(desk.run(segments_of(field.host).back(), true));
  expect_same(desk.outcomes, field.results, first);
  EXPECT_EQ(desk.outcomes.size(), 101U);
}

TEST(Flight, TwoThousandQuantaAfterACheckpointAreTheSame) {
  Field field(8);
  field.connect(0, 2);
  busy(field);
  field.quanta(1);
  const size_t first = run_until_next_segment(field);
  field.set(0, StripParameter::compressor_ratio, 8, 12345);
  field.quanta(2000);
  Desk desk;
  const std::vector<Segment> segments = segments_of(field.host);
  ASSERT_EQ(segments[1].first_frame, first * kDefaultQuantumFrames);
  for (size_t i = 1; i < segments.size(); ++i) ASSERT_TRUE(desk.run(segments[i], i == 1));
  expect_same(desk.outcomes, field.results, first);
  EXPECT_EQ(desk.outcomes.size(), 2001U);
}

TEST(Flight, SegmentsThatContinueAreRepeatedInOneGo) {
  Field field(8);
  field.connect(0, 2);
  field.connect(1, 2);
  busy(field);
  run_until_next_segment(field);
  run_until_next_segment(field);
  Desk desk;
  for (const Segment& segment : segments_of(field.host)) {
    EXPECT_EQ(segment.continues, segment.number != 1);
    ASSERT_TRUE(desk.run(segment, !segment.continues));
  }
  expect_same(desk.outcomes, field.results);
  EXPECT_EQ(desk.outcomes.size(), field.results.size());
}

TEST(Flight, WhatTheClockPassedOverIsPassedOverAgain) {
  Field field(4);
  field.connect(0, 2);
  field.quanta(100);
  field.skip(48'000);
  field.quanta(100);
  field.skip(1);
  field.quanta(100);
  Desk desk;
  ASSERT_TRUE(desk.run(segments_of(field.host).at(0), true));
  expect_same(desk.outcomes, field.results);
}

TEST(Flight, QuantaOfAnyLengthAreRepeated) {
  Field field(6);
  field.connect(0, 2);
  for (const uint32_t frames : {1U, 127U, 480U, 2048U, 16384U, 3U, 16384U, 128U}) {
    field.quanta(3, frames);
  }
  Desk desk;
  for (const Segment& segment : segments_of(field.host)) {
    ASSERT_TRUE(desk.run(segment, !segment.continues));
  }
  expect_same(desk.outcomes, field.results);
}

TEST(Flight, EveryRateIsRepeated) {
  for (const float rate_hz : {3000.0F, 16000.0F, 44100.0F, 96000.0F, 768000.0F}) {
    Field field(4, rate_hz);
    field.connect(0, 2);
    busy(field);
    field.quanta(1, 1024);
    const size_t first = run_until_next_segment(field, 1024);
    field.quanta(50, 1024);
    Desk desk(rate_hz);
    ASSERT_TRUE(desk.run(segments_of(field.host).back(), true)) << rate_hz;
    expect_same(desk.outcomes, field.results, first);
  }
}

TEST(Flight, APushedInputIsRepeatedAsAnInputOfTheGraph) {
  Field field(4);
  EngineHost& host = field.host;
  ASSERT_EQ(host.engine.push().open(2, {44100, 1, 1024, PushPace::kOnDemand}), EngineStatus::kOk);
  SampleRing::Producer producer = host.producer(2);
  const std::vector<float> tone(256, 0.25F);
  const float* const planes[] = {tone.data()};
  for (int i = 0; i < 400; ++i) {
    producer.push_some(planes, 256);
    field.quanta(1);
  }
  ASSERT_GT(host.telemetry().peak_left.load(), 0.1F);
  Desk desk;
  ASSERT_TRUE(desk.run(segments_of(host).at(0), true));
  expect_same(desk.outcomes, field.results);
}

TEST(Flight, TheAnalysisIsTheSameFromTheFirstWindowThatLiesBehindTheCheckpoint) {
  Field field(6);
  field.connect(0, 2);
  field.connect(1, 2);
  field.connect(2, 2);
  field.set(kAnalysis, static_cast<uint32_t>(AnalysisParameter::on), 1);
  const size_t first = run_until_next_segment(field);
  const uint64_t checkpoint = segments_of(field.host).back().first_frame;
  field.quanta(600);
  Desk desk;
  ASSERT_TRUE(desk.run(segments_of(field.host).back(), true));
  size_t compared = 0;
  for (size_t i = 0; i < desk.outcomes.size(); ++i) {
    const FlightResult& now = desk.outcomes[i].result;
    const FlightResult& then = field.results[first + i];
    if (now.analysis_digest == 0) continue;
    if (now.analysis_centre < checkpoint + kAnalysisFrames / 2) continue;
    EXPECT_EQ(now, then);
    ++compared;
  }
  EXPECT_GT(compared, 200U);
}

TEST(Flight, AQuantumThatNeverEndedIsInTheRecording) {
  Field field(4);
  field.connect(0, 2);
  field.quanta(10);
  InputStage& inputs = field.host.engine.input();
  inputs.set_write_pos(inputs.write_pos() + 128);
  for (const Stage stage : {Stage::kBegin, Stage::kPush, Stage::kRecord}) {
    ASSERT_EQ(field.host.engine.process_stage(stage, 128), EngineStatus::kOk);
  }
  const std::vector<Segment> trapped = segments_of(field.host);
  Desk desk;
  ASSERT_TRUE(desk.run(trapped.back(), true));
  EXPECT_EQ(desk.outcomes.size(), 11U);
  // The engine that takes over begins a segment, and leaves the one of the trap as it is.
  field.host.restart();
  field.quanta(5);
  const std::vector<Segment> after = segments_of(field.host);
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[0].log, trapped[0].log);
  EXPECT_FALSE(after[1].continues);
}

TEST(Flight, OnlyTheSegmentsThatThirtySecondsNeedAreUsed) {
  Field field(56);
  field.connect(0, 1);
  uint64_t frames = 0;
  for (; frames < uint64_t{120} * 48000; frames += 4096) field.quanta(1, 4096);
  const std::vector<Segment> segments = segments_of(field.host);
  EXPECT_EQ(segments.size(), 4U);
  EXPECT_LE(segments.front().first_frame + uint64_t{30} * 48000, frames);
  EXPECT_GE(segments.front().first_frame + uint64_t{60} * 48000, frames);
  EXPECT_EQ(field.host.flight_state().used.load(), 4U);
}

TEST(Flight, MoreSoundTakesMoreSegmentsWheneverItComes) {
  Field field(20);
  field.connect(0, 1);
  for (int i = 0; i < 500; ++i) field.quanta(1, 4096);
  const size_t mono = segments_of(field.host).size();
  for (uint32_t input = 0; input < 4; ++input) field.connect(input, 2);
  for (uint64_t frames = 0; frames < uint64_t{40} * 48000; frames += 4096) field.quanta(1, 4096);
  const std::vector<Segment> segments = segments_of(field.host);
  EXPECT_GT(segments.size(), mono);
  EXPECT_EQ(segments.size(), 20U);
  for (size_t i = 1; i < segments.size(); ++i) {
    EXPECT_EQ(segments[i].number, segments[i - 1].number + 1);
  }
}

TEST(Flight, WithoutMemoryNothingIsRecordedAndTheSoundIsTheSame) {
  Field with(4);
  Field without(0);
  for (Field* field : {&with, &without}) {
    field->connect(0, 2);
    field->quanta(100);
  }
  EXPECT_EQ(without.host.flight_state().segments.load(), 0U);
  EXPECT_EQ(with.host.flight_state().segments.load(), 4U);
  EXPECT_EQ(with.host.mix(0), without.host.mix(0));
  EXPECT_EQ(without.results.back(), FlightResult());
}

TEST(Flight, ACostIsKeptWithTheQuantumAfterIt) {
  Field field(2);
  field.quanta(1);
  field.host.engine.record_cost(4321);
  field.quanta(2);
  const std::vector<uint32_t> log = segments_of(field.host).at(0).log;
  std::vector<uint32_t> costs;
  for (size_t at = 0; at < log.size(); at += 1 + (log[at] & 0xffffff)) {
    const auto kind = static_cast<FlightEntry>(log[at] >> kFlightKindShift);
    if (kind == FlightEntry::kQuantum) costs.push_back(log[at + 5]);
  }
  EXPECT_EQ(costs, (std::vector<uint32_t>{0, 4321, 0}));
}

TEST(Flight, AQuantumWithMoreCommandsThanAQueueHoldsEndsItsSegment) {
  Field field(4);
  field.connect(0, 2);
  field.quanta(3);
  // While a quantum is mixed, room gets free for more.
  for (uint32_t i = 0; i < kQueueSlots; ++i) field.set(0, StripParameter::gain_db, -1);
  InputStage& inputs = field.host.engine.input();
  inputs.set_write_pos(inputs.write_pos() + 128);
  Engine& engine = field.host.engine;
  for (uint32_t i = 0; i < 3; ++i) engine.process_stage(static_cast<Stage>(i), 128);
  CommandQueue::Slot slot{};
  for (uint32_t i = 0; i < kQueueSlots; ++i) engine.recorder().note(slot, 0);
  for (uint32_t i = 3; i < kStageCount; ++i) engine.process_stage(static_cast<Stage>(i), 128);
  EXPECT_EQ(segments_of(field.host).size(), 1U);
  field.skip(128);
  field.quanta(1);
  const std::vector<Segment> segments = segments_of(field.host);
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_FALSE(segments[1].continues);
}

TEST(Flight, StagesOutOfTurnAreRefused) {
  Field field(2);
  field.quanta(1);
  Engine& engine = field.host.engine;
  EXPECT_EQ(engine.process_stage(Stage::kMix, 128), EngineStatus::kBadArgument);
  EXPECT_EQ(engine.process_stage(Stage::kBegin, 128), EngineStatus::kUnderrun);
  engine.input().set_write_pos(engine.input().write_pos() + 128);
  EXPECT_EQ(engine.process_stage(Stage::kBegin, 128), EngineStatus::kOk);
  EXPECT_EQ(engine.process_stage(Stage::kPush, 256), EngineStatus::kBadArgument);
  EXPECT_EQ(engine.process_stage(static_cast<Stage>(99), 128), EngineStatus::kBadArgument);
  EXPECT_EQ(engine.process_stage(Stage::kPush, 128), EngineStatus::kOk);
}

// Whatever a checkpoint says, no memory is touched that is not the engine's: the sanitizers watch.
TEST(Flight, DamagedCheckpointsAreRefusedOrPlayedButNeverBreakOut) {
  Field field(4);
  field.connect(0, 2);
  busy(field);
  field.quanta(300);
  run_until_next_segment(field, 4096);
  field.quanta(20);
  const Segment good = segments_of(field.host).back();
  const size_t checkpoint_words = good.log[0] & 0xffffff;
  std::mt19937 random(7);
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    Segment bad = good;
    for (int change = 0; change < 20; ++change) {
      bad.log[1 + random() % checkpoint_words] =
          random() % 4 == 0 ? 0xffffffff : static_cast<uint32_t>(random());
    }
    Desk desk;
    if (!desk.run(bad, true)) ++refused;
  }
  EXPECT_GT(refused, 50);
}

TEST(Flight, ACheckpointOfAnotherLengthIsRefused) {
  Field field(4);
  field.connect(0, 2);
  field.quanta(10);
  Segment segment = segments_of(field.host).back();
  const uint32_t words = segment.log[0] & 0xffffff;
  segment.log.erase(segment.log.begin() + 100);
  segment.log[0] = segment.log[0] - words + (words - 1);
  Desk desk;
  EXPECT_FALSE(desk.run(segment, true));
}

}  // namespace
}  // namespace quanta::test
