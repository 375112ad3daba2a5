#include "dsp/mls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <numeric>
#include <vector>

namespace quanta {
namespace {

std::vector<float> one_period(uint32_t order) {
  MaximumLengthSequence sequence(order);
  std::vector<float> samples(sequence.period());
  sequence.fill(samples);
  return samples;
}

TEST(MaximumLengthSequence, EveryOrderShowsEveryPatternOfItsLengthButOne) {
  for (uint32_t order = MaximumLengthSequence::kMinOrder; order <= MaximumLengthSequence::kMaxOrder;
       ++order) {
    const std::vector<float> samples = one_period(order);
    ASSERT_EQ(samples.size(), (size_t{1} << order) - 1);
    std::vector<bool> seen(samples.size() + 1);
    size_t patterns = 0;
    size_t pattern = 0;
    for (size_t i = 0; i < samples.size() + order - 1; ++i) {
      const float sample = samples[i % samples.size()];
      ASSERT_TRUE(sample == 1 || sample == -1);
      pattern = (2 * pattern + (sample > 0 ? 1 : 0)) & samples.size();
      if (i + 1 < order) continue;
      patterns += seen[pattern] ? 0 : 1;
      seen[pattern] = true;
    }
    ASSERT_EQ(patterns, samples.size()) << order;
    EXPECT_FALSE(seen[0]) << order;
  }
}

TEST(MaximumLengthSequence, CorrelatesWithItselfAtNoLagButZero) {
  for (uint32_t order = 2; order <= 11; ++order) {
    const std::vector<float> samples = one_period(order);
    for (size_t lag = 0; lag < samples.size(); ++lag) {
      double sum = 0;
      for (size_t i = 0; i < samples.size(); ++i) {
        sum += static_cast<double>(samples[i] * samples[(i + lag) % samples.size()]);
      }
      ASSERT_EQ(sum, lag == 0 ? static_cast<double>(samples.size()) : -1) << order << ", " << lag;
    }
  }
}

TEST(MaximumLengthSequence, RepeatsAndRestarts) {
  MaximumLengthSequence sequence(10);
  std::vector<float> first(sequence.period());
  std::vector<float> second(sequence.period());
  sequence.fill(first);
  sequence.fill(second);
  EXPECT_EQ(first, second);
  sequence.next();
  sequence.restart();
  sequence.fill(second);
  EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace quanta
