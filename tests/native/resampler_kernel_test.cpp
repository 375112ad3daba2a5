#include "dsp/resampler_kernel.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "dsp/resampler.h"
#include "resampler_support.h"

namespace quanta {
namespace {

using test::ArenaBlock;
using Positions = ResamplerKernel::Positions;

ResamplerKernel make(Arena& arena, uint32_t in_hz, uint32_t out_hz, Positions positions) {
  ResamplerKernel kernel;
  EXPECT_TRUE(kernel.configure(arena, in_hz, out_hz, positions));
  return kernel;
}

// One coefficient is what one frame of 1 among zeros gives.
std::vector<float> read_row(const ResamplerKernel& kernel, uint32_t row) {
  std::vector<float> coefficients(kernel.taps());
  std::vector<float> frames(kernel.taps());
  for (size_t tap = 0; tap < frames.size(); ++tap) {
    frames[tap] = 1;
    coefficients[tap] = kernel.at(row, frames.data());
    frames[tap] = 0;
  }
  return coefficients;
}

// The stated order of additions, one float after the other.
float add_one_by_one(const std::vector<float>& row, const float* frames) {
  std::array<float, 16> sums = {};
  for (size_t tap = 0; tap < row.size(); ++tap) sums[tap % 16] += row[tap] * frames[tap];
  std::array<float, 4> lanes;
  for (size_t i = 0; i < 4; ++i) lanes[i] = (sums[i] + sums[i + 4]) + (sums[i + 8] + sums[i + 12]);
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

TEST(RateRatio, CountsWithoutOverflowPastEveryCounterWidth) {
  const RateRatio ratio = RateRatio::of(44100, 16000);
  EXPECT_EQ(ratio.out, 160U);
  EXPECT_EQ(ratio.in, 441U);
  EXPECT_EQ(ratio.out_frames(0), 0U);
  EXPECT_EQ(ratio.out_frames(1), 1U);
  EXPECT_EQ(ratio.out_frames(3), 2U);
  for (const uint64_t periods : {uint64_t{1} << 31, uint64_t{1} << 32, uint64_t{1} << 50}) {
    EXPECT_EQ(ratio.out_frames(periods * 441), periods * 160);
    EXPECT_EQ(ratio.out_frames(periods * 441 + 1), periods * 160 + 1);
  }
}

TEST(ResamplerKernel, GivesTheBitsOfScalarAdditionInTheStatedOrder) {
  for (const uint32_t in_hz : std::to_array<uint32_t>({8000, 44100, 48000, 192000})) {
    ArenaBlock block(1 << 20);
    const ResamplerKernel kernel = make(block.arena(), in_hz, 16000, Positions::kGrid);
    const std::vector<float> frames = test::noise(kernel.taps() + 100, in_hz);
    for (uint32_t row = 0; row < kernel.rows(); ++row) {
      const std::vector<float> coefficients = read_row(kernel, row);
      const float* oldest = frames.data() + row % 100;  // any alignment
      const float expected = add_one_by_one(coefficients, oldest);
      ASSERT_TRUE(test::same_bits(std::array{kernel.at(row, oldest)}, std::array{expected})) << row;
    }
  }
}

TEST(ResamplerKernel, IsSymmetricToTheLastBitOnTheGrid) {
  ArenaBlock block(1 << 20);
  const ResamplerKernel kernel = make(block.arena(), 48000, 16000, Positions::kGrid);
  const std::vector<float> row = read_row(kernel, 0);
  // The centre lies 35 output frames before the newest frame, 105 input frames.
  const size_t centre = row.size() - 1 - 105;
  for (size_t i = 1; i <= 105; ++i) EXPECT_EQ(row[centre - i], row[centre + i]) << i;
  EXPECT_EQ(row[centre + 105], 0);
}

TEST(ResamplerKernel, WithEqualRatesHasARowThatOnlyDelays) {
  ArenaBlock block(1 << 20);
  const ResamplerKernel kernel = make(block.arena(), 48000, 48000, Positions::kAny);
  const std::vector<float> row = read_row(kernel, 0);
  for (size_t tap = 0; tap < row.size(); ++tap) {
    EXPECT_EQ(row[tap], tap == row.size() - 1 - kernel.delay_frames() ? 1.0F : 0.0F) << tap;
  }
}

TEST(ResamplerKernel, MeetsItsOwnRowsBetweenTheirNeighbours) {
  ArenaBlock block(1 << 20);
  const ResamplerKernel kernel = make(block.arena(), 44100, 48000, Positions::kAny);
  const std::vector<float> frames = test::noise(kernel.taps(), 4);
  for (uint32_t row = 0; row + 1 < kernel.rows(); ++row) {
    EXPECT_EQ(kernel.between(row, 0, frames.data()), kernel.at(row, frames.data()));
    EXPECT_NEAR(kernel.between(row, 1, frames.data()), kernel.at(row + 1, frames.data()), 1e-6F);
  }
}

TEST(ResamplerKernel, KeepsTheStandardRatesOnTheGrid) {
  for (const uint32_t in_hz :
       std::to_array<uint32_t>({8000, 11025, 16000, 22050, 24000, 32000, 37800, 44100, 48000, 88200,
                                96000, 176400, 192000})) {
    for (const uint32_t out_hz : std::to_array<uint32_t>({16000, 44100, 48000})) {
      ArenaBlock block(1 << 20);
      EXPECT_TRUE(make(block.arena(), in_hz, out_hz, Positions::kGrid).on_grid())
          << in_hz << " to " << out_hz;
    }
  }
}

TEST(ResamplerKernel, InterpolatesATonePlayed200PpmTooFastWithoutDistortion) {
  ArenaBlock block(1 << 20);
  const ResamplerKernel kernel = make(block.arena(), 48000, 48000, Positions::kAny);
  const double step = 1.0002;
  for (const double hz : {1000.0, 7000.0, 15000.0, 20000.0}) {
    // One second of output, in which the tone has a whole number of cycles.
    const std::vector<float> in = test::tone(hz, 48000 * step, 48200);
    std::vector<float> out(48000);
    for (size_t k = 0; k < out.size(); ++k) {
      const double place = double(k) * step;
      const auto whole = static_cast<size_t>(place);
      const double row = (place - double(whole)) * kernel.rows();
      const auto part = static_cast<float>(row - std::floor(row));
      out[k] = kernel.between(static_cast<uint32_t>(row), part, in.data() + whole);
    }
    const test::ToneFit fit = test::fit_tone(out, hz / 48000);
    EXPECT_LT(test::to_db(fit.residual * std::numbers::sqrt2), -105) << hz;
  }
}

struct Golden {
  uint32_t in_hz;
  uint64_t hash;
};

// Every compiler, host and instruction set must agree on the samples.
TEST(ResamplerKernel, GivesTheBitsThatEveryHostGives) {
  for (const Golden& golden :
       {Golden{48000, 8748022980700590549U}, Golden{44100, 4455477759011935057U},
        Golden{11025, 15222507133100050210U}, Golden{44099, 9641022651482413132U}}) {
    ArenaBlock block(1 << 20);
    Resampler resampler;
    ASSERT_TRUE(resampler.configure(block.arena(), golden.in_hz, 16000));
    const std::vector<float> in = test::noise(50000, 1);
    std::vector<float> out(resampler.due_frames(in.size()));
    resampler.process(in, out);
    EXPECT_EQ(test::hash_bits(out), golden.hash) << golden.in_hz;
  }
}

}  // namespace
}  // namespace quanta
