// Every schedule of small cases of the real rings, and proof that the explorer finds seeded bugs.
#include <gtest/gtest.h>

#include "ring_cases.h"

namespace quanta::model {
namespace {

constexpr uint64_t kLimit = 20'000'000;
constexpr uint64_t kSchedulesWanted = 1'000'000;

Exploration explore(Case& the_case, Interleaving interleaving = Interleaving::kStoresAtOnce) {
  const Exploration result = Explorer(interleaving).explore(the_case, kLimit);
  testing::Test::RecordProperty("schedules", std::to_string(result.schedules));
  return result;
}

void expect_correct(Case& the_case) {
  const Exploration result = explore(the_case);
  EXPECT_EQ(result.fault, "");
  EXPECT_TRUE(result.complete) << "more than " << kLimit << " schedules";
}

const SampleRingCase::Plan kSamplePlan = {
    .capacity = 2, .pushes = 4, .frames_per_push = 2, .pops = 4, .frames_per_pop = 2};

const FrameRingCase::Plan kFramePlan = {
    .capacity = 2, .writes = 3, .frames_per_write = 1, .readers = 1, .reads = "vv"};

TEST(SampleRingModel, EveryFrameArrivesOnceAndInOrderUnderEverySchedule) {
  for (const uint32_t capacity : {1U, 2U, 4U}) {
    SampleRingCase the_case(
        {.capacity = capacity, .pushes = 5, .frames_per_push = 2, .pops = 5, .frames_per_pop = 3});
    expect_correct(the_case);
    EXPECT_GT(the_case.outcomes().size(), 5U);
  }
}

TEST(SlotQueueModel, EveryRecordArrivesOnceWholeAndInOrderUnderEverySchedule) {
  for (const uint32_t capacity : {1U, 2U, 4U}) {
    SlotQueueCase the_case({.capacity = capacity, .pushes = 5, .pops = 5});
    expect_correct(the_case);
    EXPECT_GT(the_case.outcomes().size(), 5U);
  }
}

TEST(FrameRingModel, OneReaderUnderMoreThanAMillionSchedules) {
  FrameRingCase::Plan plan = kFramePlan;
  plan.reads = "vvv";
  FrameRingCase the_case(plan);
  const Exploration result = explore(the_case);
  EXPECT_EQ(result.fault, "");
  EXPECT_TRUE(result.complete);
  EXPECT_GE(result.schedules, kSchedulesWanted);
  EXPECT_GT(the_case.outcomes().size(), 30U);
}

TEST(FrameRingModel, TwoReadersConfirmWhileTheirFrameIsOverwritten) {
  FrameRingCase::Plan plan = kFramePlan;
  plan.writes_before = 2;
  plan.writes = 1;
  plan.readers = 2;
  plan.reads = "c";
  FrameRingCase the_case(plan);
  expect_correct(the_case);
}

TEST(FrameRingModel, BlocksOfTwoFramesInARingOfFour) {
  FrameRingCase::Plan plan = kFramePlan;
  plan.capacity = 4;
  plan.frames_per_write = 2;
  FrameRingCase the_case(plan);
  expect_correct(the_case);
}

TEST(FrameRingModel, ThePositionCrossesTwoToTheThirtyOneWhileItIsRead) {
  FrameRingCase::Plan plan = kFramePlan;
  plan.start = 0x7fffffff;
  FrameRingCase the_case(plan);
  expect_correct(the_case);
}

TEST(FrameRingModel, DrainingAndSkippingCountExactlyUnderEverySchedule) {
  for (const char* reads : {"d", "vd", "sv"}) {
    FrameRingCase::Plan plan = kFramePlan;
    plan.reads = reads;
    FrameRingCase the_case(plan);
    expect_correct(the_case);
  }
}

// Taking stores together with the access before them must not lose an outcome.
TEST(Explorer, FindsTheSameOutcomesWhenEveryStoreIsScheduledByItself) {
  FrameRingCase::Plan plan = kFramePlan;
  plan.writes_before = 2;
  plan.writes = 1;
  FrameRingCase fast(plan);
  FrameRingCase slow(plan);
  const Exploration few = explore(fast);
  const Exploration many = explore(slow, Interleaving::kEveryAccess);
  EXPECT_TRUE(few.complete && many.complete);
  EXPECT_EQ(many.fault, "");
  EXPECT_GT(many.schedules, 2 * few.schedules);
  EXPECT_EQ(fast.outcomes(), slow.outcomes());
}

std::string name_of(const testing::TestParamInfo<Bug>& info) {
  switch (info.param) {
    case Bug::kNone:
      return "None";
    case Bug::kProducerReleaseRelaxed:
      return "ProducerReleaseRelaxed";
    case Bug::kConsumerReleaseRelaxed:
      return "ConsumerReleaseRelaxed";
    case Bug::kCommitReleaseRelaxed:
      return "CommitReleaseRelaxed";
    case Bug::kConfirmReleaseRelaxed:
      return "ConfirmReleaseRelaxed";
    case Bug::kReserveAcquireRelaxed:
      return "ReserveAcquireRelaxed";
    case Bug::kNoConfirm:
      return "NoConfirm";
  }
  return "";
}

class SeededSampleRingBug : public testing::TestWithParam<Bug> {};

TEST_P(SeededSampleRingBug, IsFound) {
  SampleRingCase::Plan plan = kSamplePlan;
  plan.bug = GetParam();
  SampleRingCase the_case(plan);
  EXPECT_NE(explore(the_case).fault, "");
}

class SeededSlotQueueBug : public testing::TestWithParam<Bug> {};

TEST_P(SeededSlotQueueBug, IsFound) {
  SlotQueueCase the_case({.capacity = 2, .pushes = 4, .pops = 4, .bug = GetParam()});
  EXPECT_NE(explore(the_case).fault, "");
}

class SeededFrameRingBug : public testing::TestWithParam<Bug> {};

TEST_P(SeededFrameRingBug, IsFound) {
  FrameRingCase::Plan plan = kFramePlan;
  plan.bug = GetParam();
  FrameRingCase the_case(plan);
  EXPECT_EQ(explore(the_case).fault, "A torn or stale frame was delivered.");
}

INSTANTIATE_TEST_SUITE_P(Model, SeededSampleRingBug,
                         testing::Values(Bug::kProducerReleaseRelaxed,
                                         Bug::kConsumerReleaseRelaxed),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Model, SeededSlotQueueBug,
                         testing::Values(Bug::kProducerReleaseRelaxed,
                                         Bug::kConsumerReleaseRelaxed),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Model, SeededFrameRingBug,
                         testing::Values(Bug::kCommitReleaseRelaxed, Bug::kConfirmReleaseRelaxed,
                                         Bug::kReserveAcquireRelaxed, Bug::kNoConfirm),
                         name_of);

}  // namespace
}  // namespace quanta::model
