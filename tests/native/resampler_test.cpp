#include "dsp/resampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "resampler_support.h"

namespace quanta {
namespace {

using test::ArenaBlock;
using test::to_db;

constexpr uint32_t kVoiceHz = 16000;
constexpr size_t kArenaBytes = 1 << 20;

// Feeds the whole input in blocks of at most quantum frames and returns all that comes out.
std::vector<float> run(Resampler& resampler, std::span<const float> in, size_t quantum) {
  std::vector<float> out(resampler.due_frames(in.size()));
  size_t written = 0;
  for (size_t at = 0; at < in.size(); at += quantum) {
    const std::span<const float> block = in.subspan(at, std::min(quantum, in.size() - at));
    const auto done = resampler.process(block, std::span(out).subspan(written));
    EXPECT_EQ(done.taken, block.size());
    written += done.written;
  }
  EXPECT_EQ(written, out.size());
  return out;
}

std::vector<float> convert(std::span<const float> in, uint32_t in_hz, uint32_t out_hz,
                           size_t quantum = 128) {
  ArenaBlock block(kArenaBytes);
  Resampler resampler;
  EXPECT_TRUE(resampler.configure(block.arena(), in_hz, out_hz));
  return run(resampler, in, quantum);
}

// One second of the response to a tone, from when it is steady.
std::vector<float> steady_response(double hz, uint32_t in_hz, uint32_t out_hz) {
  const std::vector<float> out = convert(test::tone(hz, in_hz, 2 * size_t{in_hz}), in_hz, out_hz);
  return {out.end() - out_hz, out.end()};
}

class VoiceRates : public testing::TestWithParam<uint32_t> {};

class VoiceRatesWithMore : public testing::TestWithParam<uint32_t> {};

// The last ones of both lists share no large divisor with 16000, so their tables are interpolated.
INSTANTIATE_TEST_SUITE_P(Narrow, VoiceRates, testing::Values(8000, 11025, 12000, 15999, 16001));
const auto kWideRates = testing::Values(22050, 24000, 32000, 37800, 44100, 48000, 88200, 96000,
                                        176400, 192000, 44099, 191999);
INSTANTIATE_TEST_SUITE_P(Wide, VoiceRates, kWideRates);
INSTANTIATE_TEST_SUITE_P(Wide, VoiceRatesWithMore, kWideRates);

TEST_P(VoiceRates, PassSpeechFlatWithTheExactDelayAndNothingAdded) {
  const uint32_t in_hz = GetParam();
  const double edge = std::min(7200.0, 0.45 * in_hz);
  ArenaBlock block(kArenaBytes);
  Resampler resampler;
  ASSERT_TRUE(resampler.configure(block.arena(), in_hz, kVoiceHz));
  for (const double part : {0.01, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0}) {
    const double hz = std::floor(edge * part);
    const std::vector<float> out = steady_response(hz, in_hz, kVoiceHz);
    const test::ToneFit fit = test::fit_tone(out, hz / kVoiceHz);
    EXPECT_NEAR(to_db(fit.amplitude), 0, 0.0005) << hz;
    EXPECT_LT(to_db(fit.residual * std::numbers::sqrt2), -105) << hz;
    // The window starts kVoiceHz frames in, a whole number of cycles.
    const double late = -fit.phase / (2 * std::numbers::pi) * kVoiceHz / hz;
    const double period = kVoiceHz / hz;
    EXPECT_NEAR(std::remainder(late - resampler.delay_frames(), period), 0, 1e-5) << hz;
  }
}

TEST_P(VoiceRatesWithMore, LetNoAliasThroughFrom8800Hz) {
  const uint32_t in_hz = GetParam();
  const double top = in_hz / 2 - 1;
  for (int step = 0; step <= 40; ++step) {
    const double hz = std::floor(8800 + (top - 8800) * step * step / 1600);
    const std::vector<float> out = steady_response(hz, in_hz, kVoiceHz);
    EXPECT_LT(to_db(test::rms(out) * std::numbers::sqrt2), -105) << hz;
  }
}

TEST_P(VoiceRates, GiveTheSameBitsForEveryQuantum) {
  const uint32_t in_hz = GetParam();
  const std::vector<float> in = test::noise(40000, in_hz);
  const std::vector<float> expected = convert(in, in_hz, kVoiceHz, in.size());
  for (const size_t quantum : std::to_array<size_t>({1, 32, 127, 128, 441, 480, 16384})) {
    EXPECT_TRUE(test::same_bits(convert(in, in_hz, kVoiceHz, quantum), expected)) << quantum;
  }
}

TEST_P(VoiceRates, GiveTheSameBitsForMixedQuantaAndCrampedOutput) {
  const uint32_t in_hz = GetParam();
  const std::vector<float> in = test::noise(40000, in_hz);
  const std::vector<float> expected = convert(in, in_hz, kVoiceHz, in.size());
  ArenaBlock block(kArenaBytes);
  Resampler resampler;
  ASSERT_TRUE(resampler.configure(block.arena(), in_hz, kVoiceHz));
  std::vector<float> out(expected.size());
  size_t taken = 0;
  size_t written = 0;
  uint32_t state = in_hz;
  while (written < out.size()) {
    state = state * 1664525U + 1013904223U;
    const size_t offer = std::min<size_t>((state >> 16) % 700, in.size() - taken);
    const size_t room = std::min<size_t>((state >> 8) % 200, out.size() - written);
    const auto done = resampler.process(std::span(in).subspan(taken, offer),
                                        std::span(out).subspan(written, room));
    ASSERT_LE(done.taken, offer);
    ASSERT_TRUE(done.taken == offer || done.written == room) << "stopped without need";
    taken += done.taken;
    written += done.written;
  }
  EXPECT_TRUE(test::same_bits(out, expected));
}

TEST_P(VoiceRates, CentreAnImpulseOnItsExactFraction) {
  const uint32_t in_hz = GetParam();
  const RateRatio ratio = RateRatio::of(in_hz, kVoiceHz);
  for (const size_t at : std::to_array<size_t>({0, 1, 777})) {
    std::vector<float> in(20000);
    in[at] = 1;
    const std::vector<float> out = convert(in, in_hz, kVoiceHz);
    double sum = 0;
    double moment = 0;
    for (size_t k = 0; k < out.size(); ++k) {
      sum += double(out[k]);
      moment += double(k) * double(out[k]);
    }
    ArenaBlock block(kArenaBytes);
    Resampler resampler;
    ASSERT_TRUE(resampler.configure(block.arena(), in_hz, kVoiceHz));
    const double expected = resampler.delay_frames() + double(at) * ratio.out / ratio.in;
    EXPECT_NEAR(moment / sum, expected, 1e-3) << at;
  }
}

TEST_P(VoiceRates, ComeBackToTheSameStateAfterEveryPeriodOfTheRatio) {
  const uint32_t in_hz = GetParam();
  const auto [out_step, in_step] = RateRatio::of(in_hz, kVoiceHz);
  // An input with the period of the ratio gives an output with that period, bit by bit, for as long
  // as the positions are exact.
  const std::vector<float> period = test::noise(in_step, 5);
  ArenaBlock block(kArenaBytes);
  Resampler resampler;
  ASSERT_TRUE(resampler.configure(block.arena(), in_hz, kVoiceHz));
  const size_t settle = 200 * 48 / in_step + 1;
  for (size_t i = 0; i < settle; ++i) ASSERT_EQ(run(resampler, period, 128).size(), out_step);
  const std::vector<float> first = run(resampler, period, 128);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(test::same_bits(run(resampler, period, 128), first));
}

TEST_P(VoiceRates, KeepCountAndPhaseOver24Hours) {
  const uint32_t in_hz = GetParam();
  const uint64_t day = uint64_t{in_hz} * 86400;
  const RateRatio ratio = RateRatio::of(in_hz, kVoiceHz);
  EXPECT_EQ(ratio.out_frames(day), uint64_t{kVoiceHz} * 86400);

  ArenaBlock block(kArenaBytes);
  Resampler fresh;
  Resampler old;
  ASSERT_TRUE(fresh.configure(block.arena(), in_hz, kVoiceHz));
  ASSERT_TRUE(old.configure(block.arena(), in_hz, kVoiceHz));
  EXPECT_EQ(old.skip(day), uint64_t{kVoiceHz} * 86400);
  const std::vector<float> in = test::noise(5000, 9);
  EXPECT_TRUE(test::same_bits(run(old, in, 128), run(fresh, in, 128)));
}

TEST_P(VoiceRates, SkipSilenceAsIfItHadBeenProcessed) {
  const uint32_t in_hz = GetParam();
  const std::vector<float> before = test::noise(1234, 1);
  const std::vector<float> after = test::noise(5000, 2);
  for (const size_t gap : std::to_array<size_t>({0, 1, 7, 100, 1000, 12345})) {
    ArenaBlock block(kArenaBytes);
    Resampler skipping;
    Resampler feeding;
    ASSERT_TRUE(skipping.configure(block.arena(), in_hz, kVoiceHz));
    ASSERT_TRUE(feeding.configure(block.arena(), in_hz, kVoiceHz));
    run(skipping, before, 128);
    run(feeding, before, 128);
    EXPECT_EQ(skipping.skip(gap), run(feeding, std::vector<float>(gap), 128).size()) << gap;
    EXPECT_TRUE(test::same_bits(run(skipping, after, 128), run(feeding, after, 128))) << gap;
  }
}

TEST_P(VoiceRates, KeepASteadyLevelSteady) {
  const uint32_t in_hz = GetParam();
  const std::vector<float> out = convert(std::vector<float>(in_hz, 0.5F), in_hz, kVoiceHz);
  for (size_t k = kVoiceHz / 2; k < out.size(); ++k) ASSERT_NEAR(double(out[k]), 0.5, 2e-7) << k;
}

TEST(Resampler, CopiesEveryBitWithoutDelayWhenTheRatesAreEqual) {
  std::vector<float> in = test::noise(1000, 3);
  in[10] = -0.0F;
  in[11] = std::numeric_limits<float>::infinity();
  in[12] = std::numeric_limits<float>::quiet_NaN();
  in[13] = std::numeric_limits<float>::denorm_min();
  ArenaBlock block(kArenaBytes);
  Resampler resampler;
  ASSERT_TRUE(resampler.configure(block.arena(), kVoiceHz, kVoiceHz));
  EXPECT_EQ(resampler.delay_frames(), 0U);
  EXPECT_TRUE(test::same_bits(run(resampler, in, 127), in));
}

TEST(Resampler, ForgetsABadSampleAfterTheLengthOfItsFilter) {
  std::vector<float> in(4000);
  in[100] = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> out = convert(in, 48000, kVoiceHz);
  const auto bad = std::count_if(out.begin(), out.end(), [](float y) { return std::isnan(y); });
  EXPECT_GT(bad, 0);
  EXPECT_LE(bad, 75);
  EXPECT_EQ(out.back(), 0);
}

struct RatePair {
  uint32_t in_hz;
  uint32_t out_hz;
};

class FilePairs : public testing::TestWithParam<RatePair> {};

INSTANTIATE_TEST_SUITE_P(Resampler, FilePairs,
                         testing::Values(RatePair{44100, 48000}, RatePair{48000, 44100},
                                         RatePair{96000, 44100}, RatePair{8000, 192000},
                                         RatePair{16000, 22050}, RatePair{44101, 48000},
                                         RatePair{768000, 3000}, RatePair{3000, 768000}));

TEST_P(FilePairs, KeepTheBandTheDelayAndTheAliasLimit) {
  const auto [in_hz, out_hz] = GetParam();
  const double lower = std::min(in_hz, out_hz);
  for (const double part : {0.1, 0.3, 0.45}) {
    const double hz = std::floor(lower * part);
    const test::ToneFit fit = test::fit_tone(steady_response(hz, in_hz, out_hz), hz / out_hz);
    EXPECT_NEAR(to_db(fit.amplitude), 0, 0.0005) << hz;
    EXPECT_LT(to_db(fit.residual * std::numbers::sqrt2), -105) << hz;
  }
  const double stop_hz = std::ceil(0.55 * out_hz);
  if (stop_hz >= in_hz / 2.0) return;  // the input has no such frequency
  const std::vector<float> alias = steady_response(stop_hz, in_hz, out_hz);
  EXPECT_LT(to_db(test::rms(alias) * std::numbers::sqrt2), -105);
}

TEST(Resampler, RefusesAnArenaThatIsTooSmallAndStaysAsItWas) {
  ArenaBlock block(kArenaBytes);
  Resampler resampler;
  ASSERT_TRUE(resampler.configure(block.arena(), 48000, kVoiceHz));
  ArenaBlock tiny(100);
  EXPECT_FALSE(resampler.configure(tiny.arena(), 44100, kVoiceHz));
  EXPECT_EQ(resampler.ratio().in, 3U);
}

TEST(Resampler, HasABoundedTableForEveryRatio) {
  for (const uint32_t in_hz :
       std::to_array<uint32_t>({3000, 7999, 11025, 37800, 44099, 48000, 191999, 767999})) {
    for (const uint32_t out_hz :
         std::to_array<uint32_t>({3000, 15999, 16000, 44100, 48000, 767999})) {
      ArenaBlock block(kArenaBytes);
      Resampler resampler;
      ASSERT_TRUE(resampler.configure(block.arena(), in_hz, out_hz)) << in_hz << ' ' << out_hz;
      EXPECT_LE(block.arena().used_bytes(), 512 * 1024U) << in_hz << ' ' << out_hz;
    }
  }
}

}  // namespace
}  // namespace quanta
