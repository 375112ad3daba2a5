#include "dsp/sanitize.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

namespace quanta {
namespace {

using Limits = std::numeric_limits<float>;

constexpr float kNormal[] = {
    0, -0.0F, 1, -1, 1e-30F, Limits::min(), -Limits::min(), Limits::max(), Limits::lowest()};
constexpr float kNotFinite[] = {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN(),
                                -Limits::quiet_NaN(), Limits::signaling_NaN()};
const float kDenormal[] = {Limits::denorm_min(), -Limits::denorm_min(),
                           std::bit_cast<float>(0x007fffffU), std::bit_cast<float>(0x80400000U)};

TEST(Sanitize, EveryNormalSampleKeepsItsBits) {
  std::mt19937 random(5);
  std::vector<float> in(100003);
  for (float& sample : in) {
    // A sign, an exponent of 1 to 254 and any mantissa.
    const uint32_t exponent = static_cast<uint32_t>(1 + random() % 254) << 23;
    sample = std::bit_cast<float>((static_cast<uint32_t>(random()) & 0x807fffffU) | exponent);
  }
  in.insert(in.end(), std::begin(kNormal), std::end(kNormal));
  std::vector<float> out(in.size());
  const SanitizeCounts counts = sanitize(in, out);
  EXPECT_EQ(counts.not_finite, 0U);
  EXPECT_EQ(counts.denormal, 0U);
  EXPECT_EQ(std::memcmp(in.data(), out.data(), in.size() * sizeof(float)), 0);
}

TEST(Sanitize, HostileSamplesBecomeZeroAndAreCountedAtEveryPosition) {
  for (size_t length = 1; length <= 9; ++length) {
    for (size_t position = 0; position < length; ++position) {
      const auto expect_zeroed = [&](float sample, SanitizeCounts want) {
        std::vector<float> samples(length, 0.25F);
        samples[position] = sample;
        const SanitizeCounts counts = sanitize(samples, samples);
        EXPECT_EQ(counts.not_finite, want.not_finite);
        EXPECT_EQ(counts.denormal, want.denormal);
        for (size_t i = 0; i < length; ++i) {
          EXPECT_EQ(std::bit_cast<uint32_t>(samples[i]),
                    std::bit_cast<uint32_t>(i == position ? 0.0F : 0.25F));
        }
      };
      for (const float sample : kNotFinite) expect_zeroed(sample, {1, 0});
      for (const float sample : kDenormal) expect_zeroed(sample, {0, 1});
    }
  }
}

TEST(Sanitize, NothingBeyondTheEndIsTouched) {
  std::vector<float> out(16, 7);
  const std::vector<float> in(5, 1);
  sanitize(in, std::span(out).first(5));
  EXPECT_EQ(out[4], 1);
  EXPECT_EQ(out[5], 7);
}

}  // namespace
}  // namespace quanta
