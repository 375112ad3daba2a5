#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <span>
#include <vector>

#include "dsp/loudness.h"
#include "offline/aligned_resampler.h"
#include "offline/channel_weights.h"
#include "offline/file_meter.h"
#include "offline/file_resampler.h"
#include "resampler_support.h"

namespace quanta {
namespace {

using test::ArenaBlock;

constexpr size_t kArenaBytes = 1 << 24;
constexpr double kSilent = -std::numeric_limits<double>::infinity();

using Planes = std::vector<std::vector<float>>;

// Gives the block the frames from first on, as many as it holds; returns how many that were.
size_t fill(const FileBlock& block, const Planes& planes, size_t first, size_t limit) {
  const size_t n = std::min({planes[0].size() - first, size_t{block.frames()}, limit});
  for (size_t channel = 0; channel < planes.size(); ++channel) {
    const auto from = planes[channel].begin() + static_cast<std::ptrdiff_t>(first);
    std::copy_n(from, n, block.plane(channel, n).begin());
  }
  return n;
}

struct Measured {
  MeterReadings readings;
  std::vector<ChannelReadings> channels;
};

Measured measure(const Planes& planes, uint32_t rate_hz, uint32_t mask, size_t limit = 16384) {
  ArenaBlock memory(kArenaBytes);
  FileBlock block;
  FileMeter meter;
  EXPECT_TRUE(block.configure(memory.arena(), static_cast<uint32_t>(planes.size())));
  EXPECT_TRUE(meter.configure(memory.arena(), block, rate_hz, mask));
  for (size_t at = 0; at < planes[0].size();) {
    const size_t n = fill(block, planes, at, limit);
    meter.add(n);
    at += n;
  }
  meter.finish();
  const auto channels = meter.channel_readings();
  return {meter.readings(), {channels.begin(), channels.end()}};
}

std::vector<float> resample(std::span<const float> in, uint32_t in_hz, uint32_t out_hz,
                            size_t in_room, size_t out_room) {
  ArenaBlock memory(kArenaBytes);
  ResamplerKernel kernel;
  AlignedResampler resampler;
  EXPECT_TRUE(kernel.configure(memory.arena(), in_hz, out_hz, ResamplerKernel::Positions::kGrid));
  EXPECT_TRUE(resampler.configure(memory.arena(), kernel));
  std::vector<float> out;
  std::vector<float> room(out_room);
  while (!in.empty()) {
    const auto done = resampler.process(in.first(std::min(in_room, in.size())), room);
    out.insert(out.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(done.written));
    in = in.subspan(done.taken);
  }
  for (size_t written = out_room; written == out_room;) {
    written = resampler.finish(room);
    out.insert(out.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(written));
  }
  return out;
}

struct Layout {
  const char* name;
  uint32_t mask;
  std::vector<double> weights;
};

TEST(ChannelWeights, FollowThePlacesOfTheChannels) {
  constexpr double kSide = LoudnessMeter::kSurroundWeight;
  for (const Layout& layout :
       {Layout{"mono", 0x4, {1}}, Layout{"stereo", 0x3, {1, 1}},
        Layout{"5.1 with the back pair", 0x3f, {1, 1, 1, 0, kSide, kSide}},
        Layout{"5.1 with the side pair", 0x60f, {1, 1, 1, 0, kSide, kSide}},
        Layout{"5.0", 0x37, {1, 1, 1, kSide, kSide}},
        Layout{"quadraphonic", 0x33, {1, 1, kSide, kSide}},
        Layout{"7.1, where the back pair is far back", 0x63f, {1, 1, 1, 0, 1, 1, kSide, kSide}},
        Layout{"6.1", 0x70f, {1, 1, 1, 0, 1, kSide, kSide}}, Layout{"no place", 0, {1, 1, 1}},
        Layout{"fewer places than channels", 0x8, {0, 1, 1}}}) {
    std::vector<double> weights(layout.weights.size());
    channel_weights(layout.mask, weights);
    EXPECT_EQ(weights, layout.weights) << layout.name;
  }
}

TEST(AlignedResampler, GivesTheInputAtTheInstantOfEveryOutputFrame) {
  constexpr std::array<std::array<uint32_t, 2>, 5> kPairs = {
      {{48000, 16000}, {44100, 16000}, {8000, 48000}, {44100, 48000}, {44101, 16000}}};
  for (const auto& [in_hz, out_hz] : kPairs) {
    const double hz = 0.1 * std::min(in_hz, out_hz);
    const std::vector<float> in = test::tone(hz, in_hz, in_hz / 2);
    const std::vector<float> out = resample(in, in_hz, out_hz, 100, 100);
    for (size_t k = out.size() / 4; k < out.size() * 3 / 4; ++k) {
      const double phase = std::fmod(hz * static_cast<double>(k) / out_hz, 1);
      ASSERT_NEAR(double(out[k]), std::sin(2 * std::numbers::pi * phase), 2e-5)
          << in_hz << " " << k;
    }
  }
}

TEST(AlignedResampler, IsAsLongAsTheInputToTheNearestFrame) {
  for (size_t frames = 0; frames < 40; ++frames) {
    const std::vector<float> in(frames, 1);
    EXPECT_EQ(resample(in, 48000, 16000, 7, 3).size(), (2 * frames + 3) / 6) << frames;
    EXPECT_EQ(resample(in, 16000, 48000, 7, 3).size(), 3 * frames) << frames;
    EXPECT_EQ(resample(in, 16000, 16000, 7, 3).size(), frames) << frames;
  }
  EXPECT_EQ(AlignedResampler::out_frames(RateRatio::of(3000, 768000), uint64_t{1} << 45),
            uint64_t{1} << 53);
  EXPECT_EQ(AlignedResampler::out_frames(RateRatio::of(2, 1), 1), 1U) << "a half goes up";
}

TEST(AlignedResampler, DoesNotDependOnTheBlocks) {
  const std::vector<float> in = test::noise(5000, 1);
  const std::vector<float> whole = resample(in, 44100, 16000, 5000, 5000);
  EXPECT_TRUE(test::same_bits(resample(in, 44100, 16000, 1, 1), whole));
  EXPECT_TRUE(test::same_bits(resample(in, 44100, 16000, 997, 10), whole));
}

TEST(FileResampler, InterleavesTheChannelsThatWereResampled) {
  Planes planes;
  for (uint32_t channel = 0; channel < 3; ++channel)
    planes.push_back(test::noise(40000, channel + 1));
  ArenaBlock memory(kArenaBytes);
  FileBlock block;
  FileResampler resampler;
  ASSERT_TRUE(block.configure(memory.arena(), 3));
  ASSERT_TRUE(resampler.configure(memory.arena(), block, 44100, 48000));
  std::vector<float> out;
  const auto read_all = [&] {
    for (size_t n = resampler.read(); n > 0; n = resampler.read()) {
      out.insert(out.end(), resampler.output(), resampler.output() + 3 * n);
    }
  };
  for (size_t at = 0; at < planes[0].size();) {
    const size_t n = fill(block, planes, at, 10000);
    resampler.add(n);
    read_all();
    at += n;
  }
  resampler.end();
  read_all();
  for (size_t channel = 0; channel < 3; ++channel) {
    const std::vector<float> expected = resample(planes[channel], 44100, 48000, 40000, 50000);
    ASSERT_EQ(out.size(), 3 * expected.size());
    std::vector<float> plane(expected.size());
    for (size_t i = 0; i < plane.size(); ++i) plane[i] = out[3 * i + channel];
    EXPECT_TRUE(test::same_bits(plane, expected)) << channel;
  }
}

TEST(FileMeter, ReadsASineAtEveryRate) {
  for (const uint32_t rate_hz : {3000U, 3400U, 8000U, 11025U, 16000U, 44100U, 48000U, 768000U}) {
    const std::vector<float> sine = test::tone(1000, rate_hz, 2 * size_t{rate_hz});
    const Measured measured = measure({sine}, rate_hz, 0x4);
    // BS.1770-4: 997 Hz in one channel at full scale reads -3.01 LUFS.
    EXPECT_NEAR(measured.readings.integrated_lufs, -3.01, 0.03) << rate_hz;
    EXPECT_NEAR(measured.readings.max_momentary_lufs, -3.01, 0.03) << rate_hz;
    EXPECT_NEAR(measured.readings.rms_dbfs, -3.01, 0.01) << rate_hz;
  }
}

TEST(FileMeter, DoesNotDependOnTheBlocks) {
  for (const uint32_t rate_hz : {8000U, 48000U}) {
    const Planes planes = {test::noise(100000, 1), test::noise(100000, 2)};
    const Measured whole = measure(planes, rate_hz, 0x3);
    const Measured parts = measure(planes, rate_hz, 0x3, 1000);
    EXPECT_EQ(parts.readings.integrated_lufs, whole.readings.integrated_lufs);
    EXPECT_EQ(parts.readings.max_momentary_lufs, whole.readings.max_momentary_lufs);
    EXPECT_EQ(parts.readings.true_peak_dbtp, whole.readings.true_peak_dbtp);
    EXPECT_NEAR(parts.readings.rms_dbfs, whole.readings.rms_dbfs, 1e-9);
  }
}

TEST(FileMeter, KeepsTheChannelsApart) {
  std::vector<float> loud(48000, 0.5F);
  loud[100] = -0.75F;
  const Measured measured = measure({loud, std::vector<float>(48000)}, 48000, 0x3);
  EXPECT_NEAR(measured.readings.peak_dbfs, 20 * std::log10(0.75), 1e-6);
  EXPECT_NEAR(measured.channels[0].rms_dbfs, 20 * std::log10(0.5), 1e-3);
  EXPECT_NEAR(measured.readings.rms_dbfs, measured.channels[0].rms_dbfs - 3.0103, 1e-4);
  EXPECT_EQ(measured.channels[1].peak_dbfs, kSilent);
  EXPECT_EQ(measured.channels[1].true_peak_dbtp, kSilent);
  EXPECT_EQ(measured.channels[1].rms_dbfs, kSilent);
}

TEST(FileMeter, CountsWhatIsNoNumberAndTakesItAsSilence) {
  std::vector<float> samples(48000, 0.25F);
  samples[10] = std::numeric_limits<float>::quiet_NaN();
  samples[11] = -std::numeric_limits<float>::infinity();
  const Measured measured = measure({samples}, 48000, 0x4);
  EXPECT_EQ(measured.readings.bad_samples, 2);
  EXPECT_NEAR(measured.readings.peak_dbfs, 20 * std::log10(0.25), 1e-6);
  EXPECT_TRUE(std::isfinite(measured.readings.integrated_lufs));
}

TEST(FileMeter, OfNothingReadsSilence) {
  const Measured measured = measure({{}}, 48000, 0x4);
  EXPECT_EQ(measured.readings.peak_dbfs, kSilent);
  EXPECT_EQ(measured.readings.rms_dbfs, kSilent);
  EXPECT_EQ(measured.readings.integrated_lufs, kSilent);
  EXPECT_EQ(measured.readings.range_lu, 0);
}

TEST(FileMeter, RefusesAnArenaThatIsTooSmall) {
  ArenaBlock memory(kArenaBytes);
  FileBlock block;
  ASSERT_TRUE(block.configure(memory.arena(), 2));
  for (const size_t bytes : {0U, 100U, 5000U, 20000U}) {
    ArenaBlock tiny(bytes);
    FileMeter meter;
    EXPECT_FALSE(meter.configure(tiny.arena(), block, 8000, 0x3)) << bytes;
    FileResampler resampler;
    EXPECT_FALSE(resampler.configure(tiny.arena(), block, 44100, 16000)) << bytes;
  }
}

}  // namespace
}  // namespace quanta
