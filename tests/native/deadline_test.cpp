// The deadline meter: what is recorded, what the page finds.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>

#include "core/cost_histogram.h"
#include "engine_host.h"

namespace quanta {
namespace {

using test::EngineHost;

constexpr DeadlineSource kSource = {DeadlineClock::kTemporal, 5000, true, 1};

TEST(CostHistogram, EveryDurationLiesInItsBucketAndNoBucketIsWiderThanThreePercent) {
  std::mt19937 random(1);
  for (int i = 0; i < 1'000'000; ++i) {
    const auto ns = static_cast<uint32_t>(random() >> (random() % 32));
    const uint32_t bucket = CostHistogram::bucket_of(ns);
    ASSERT_LT(bucket, kDeadlineBuckets);
    const uint64_t begin = CostHistogram::begin_of(bucket);
    const uint64_t end = CostHistogram::begin_of(bucket + 1);
    ASSERT_LE(begin, ns);
    ASSERT_LT(ns, end);
    if (ns >= kDeadlineLinearNs) {
      ASSERT_LE(static_cast<double>(end - begin), 0.03 * static_cast<double>(begin));
    }
  }
}

TEST(CostHistogram, BucketsReachFromBelowAMicrosecondToSecondsWithoutAGap) {
  for (uint32_t bucket = 0; bucket < kDeadlineBuckets; ++bucket) {
    const uint64_t begin = CostHistogram::begin_of(bucket);
    ASSERT_LT(begin, CostHistogram::begin_of(bucket + 1));
    ASSERT_EQ(CostHistogram::bucket_of(static_cast<uint32_t>(begin)), bucket);
  }
  EXPECT_EQ(CostHistogram::begin_of(0), 0U);
  EXPECT_LT(CostHistogram::begin_of(1), 1000U);
  EXPECT_EQ(CostHistogram::begin_of(kDeadlineBuckets), uint64_t{1} << 32);
}

// What a host measured of one quantum.
void process(EngineHost& host, uint32_t ns) {
  host.feed(0.1F, 0.1F, 128);
  host.engine.deadline().record(ns);
}

TEST(Deadline, EveryCostIsInTheCountsAndInABucket) {
  EngineHost host;
  host.engine.deadline().follow(kSource);
  uint64_t sum = 0;
  for (uint32_t ns = 1000; ns <= 100'000; ns += 1000) {
    process(host, ns);
    sum += ns;
  }
  const DeadlineWords& words = *host.engine.deadline().words();
  EXPECT_EQ(words.quanta.load(), 100U);
  EXPECT_EQ(words.measured.load(), 100U);
  EXPECT_EQ(words.sum_ns.load(), sum);
  EXPECT_EQ(words.max_ns.load(), 100'000U);
  EXPECT_EQ(words.over_budget.load(), 0U);
  uint64_t counted = 0;
  for (const auto& bucket : words.buckets) counted += bucket.load();
  EXPECT_EQ(counted, 100U);
}

TEST(Deadline, AQuantumOverItsDurationIsCountedWithItsFrame) {
  EngineHost host;
  process(host, 2'666'666);
  process(host, 2'666'667);
  process(host, 1000);
  const DeadlineWords& words = *host.engine.deadline().words();
  EXPECT_EQ(words.budget_ns.load(), 2'666'666U);
  EXPECT_EQ(words.over_budget.load(), 1U);
  EXPECT_EQ(words.last_over_frame.load(), 128U);
}

TEST(Deadline, TheCountsGoOnAfterATrap) {
  EngineHost host;
  host.engine.deadline().follow(kSource);
  process(host, 40'000);
  host.engine.deadline().refuse();
  host.engine.deadline().record_date(1);
  host.restart();
  process(host, 60'000);
  const DeadlineWords& words = *host.engine.deadline().words();
  EXPECT_EQ(words.clock.load(), static_cast<uint32_t>(DeadlineClock::kTemporal));
  EXPECT_EQ(words.quanta.load(), 2U);
  EXPECT_EQ(words.measured.load(), 2U);
  EXPECT_EQ(words.refused.load(), 1U);
  EXPECT_EQ(words.date_quanta.load(), 1U);
  EXPECT_EQ(words.sum_ns.load(), 100'000U);
  EXPECT_EQ(words.sequence.load() % 2, 0U);
}

TEST(Deadline, AnotherClockBeginsAllCountsAnewAndAnotherShareOfQuantaDoesNot) {
  EngineHost host;
  DeadlineStage& stage = host.engine.deadline();
  stage.follow(kSource);
  process(host, 3'000'000);
  stage.record_date(3);
  stage.follow({DeadlineClock::kTemporal, 5000, true, 16});
  EXPECT_EQ(stage.words()->measured.load(), 1U);
  EXPECT_EQ(stage.words()->every.load(), 16U);
  stage.follow({DeadlineClock::kWorker, 5000, true, 1});
  EXPECT_EQ(stage.words()->measured.load(), 0U);
  EXPECT_EQ(stage.words()->over_budget.load(), 0U);
  EXPECT_EQ(stage.words()->sum_ns.load(), 0U);
  EXPECT_EQ(stage.words()->max_ns.load(), 0U);
  EXPECT_EQ(stage.words()->buckets[CostHistogram::bucket_of(3'000'000)].load(), 0U);
  EXPECT_EQ(stage.words()->quanta.load(), 0U);
  EXPECT_EQ(stage.words()->date_quanta.load(), 0U);
}

TEST(Deadline, DatesAreSummedWithTheirSquaresAndBounded) {
  EngineHost host;
  DeadlineStage& stage = host.engine.deadline();
  for (const uint32_t ms : {0U, 1U, 3U}) stage.record_date(ms);
  EXPECT_EQ(stage.words()->date_quanta.load(), 3U);
  EXPECT_EQ(stage.words()->date_sum_ms.load(), 4U);
  EXPECT_EQ(stage.words()->date_square_ms.load(), 10U);
  stage.record_date(UINT32_MAX);
  EXPECT_EQ(stage.words()->date_sum_ms.load(), 65539U);
}

TEST(Deadline, AnEngineThatHasNotStartedTakesNothing) {
  DeadlineStage stage;
  stage.follow(kSource);
  stage.record(1);
  stage.refuse();
  stage.record_date(1);
  EXPECT_EQ(stage.words(), nullptr);
}

}  // namespace
}  // namespace quanta
