// What the engine publishes as audio, read as a listener reads it.
#include "engine/bus.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <vector>

#include "resampler_support.h"

namespace quanta {
namespace {

constexpr uint32_t kRate = 48000;
constexpr size_t kBlockBytes = size_t{16} << 20;

struct Published {
  std::vector<float> voice;
  std::vector<double> times_ms;
};

// A bus with a reader on each ring.
class Host {
 public:
  explicit Host(uint32_t rate_hz = kRate) : block_(kBlockBytes) {
    EXPECT_TRUE(bus.configure(block_.arena(), rate_hz, false));
    mix = FrameRing::Reader(FrameRing::Memory::attach(bus.mix_ring()), 1);
    voice_ = ChunkRing::Reader(ChunkRing::Memory::attach(bus.voice_ring()), 1);
  }

  void publish(std::span<const float> left, std::span<const float> right) {
    bus.publish(left, right, frame);
    frame += left.size();
  }

  // Publishes one signal on both channels in quanta of n frames, draining the voice ring as it
  // goes.
  void publish_mono(std::span<const float> signal, size_t n) {
    for (size_t at = 0; at < signal.size(); at += n) {
      const auto part = signal.subspan(at, std::min(n, signal.size() - at));
      publish(part, part);
      drain();
    }
  }

  void drain() {
    std::vector<float> chunk(kChunkFrames);
    while (voice_.view().status == ReadStatus::kOk) {
      voice_.copy_to(chunk.data());
      const double time_ms = voice_.timestamp_ms();
      ASSERT_EQ(voice_.confirm().status, ReadStatus::kOk);
      published.times_ms.push_back(time_ms);
      published.voice.insert(published.voice.end(), chunk.begin(), chunk.end());
    }
  }

  Bus bus;
  FrameRing::Reader mix;
  Published published;
  uint64_t frame = 0;

 private:
  test::ArenaBlock block_;
  ChunkRing::Reader voice_;
};

TEST(BusTest, HoldsFiveSecondsOfTheMixAndHalfAMinuteOfTheVoiceAtEveryRate) {
  for (const uint32_t rate_hz : {kMinRateHz, 44100U, kRate, 96000U, 192000U, kMaxRateHz}) {
    test::ArenaBlock block(size_t{kMemoryPages} * 65536);
    Bus bus;
    ASSERT_TRUE(bus.configure(block.arena(), rate_hz, false)) << rate_hz;
    EXPECT_GE(FrameRing::Memory::attach(bus.mix_ring()).shape().capacity, 5 * rate_hz);
    const BroadcastShape voice = ChunkRing::Memory::attach(bus.voice_ring()).shape();
    EXPECT_GE(voice.capacity * voice.slot_frames, 30 * kChunkRateHz);
  }
}

TEST(Bus, TheMixRingHoldsTheMixBitByBit) {
  Host host;
  const std::vector<float> left = test::noise(10000, 1);
  const std::vector<float> right = test::noise(10000, 2);
  for (size_t at = 0; at < left.size(); at += 127) {
    const size_t n = std::min<size_t>(127, left.size() - at);
    host.publish(std::span(left).subspan(at, n), std::span(right).subspan(at, n));
  }
  ASSERT_EQ(host.mix.view(10000).status, ReadStatus::kOk);
  std::vector<float> got(10000);
  host.mix.copy_to(0, got.data());
  EXPECT_EQ(got, left);
  host.mix.copy_to(1, got.data());
  EXPECT_EQ(got, right);
  EXPECT_EQ(host.mix.confirm().status, ReadStatus::kOk);
}

TEST(Bus, TheVoiceRingIsTheSameForEveryQuantum) {
  const std::vector<float> signal = test::noise(60000, 3);
  Host reference;
  reference.publish_mono(signal, 128);
  EXPECT_EQ(reference.published.voice.size(), 60000 / 3 / kChunkFrames * kChunkFrames);
  for (const size_t n : {size_t{1}, size_t{127}, size_t{480}, size_t{2048}, size_t{16384}}) {
    Host host;
    host.publish_mono(signal, n);
    EXPECT_EQ(host.published.voice, reference.published.voice) << n;
    EXPECT_EQ(host.published.times_ms, reference.published.times_ms) << n;
  }
}

TEST(Bus, ASampleOfTheVoiceRingBelongsToTheTimeThatItsChunkStates) {
  for (const uint32_t rate : {8000U, 44100U, 48000U, 96000U, 192000U}) {
    constexpr double kHz = 200;
    Host host(rate);
    host.frame = 12345;  // the clock ran before the first quantum
    std::vector<float> signal(rate);
    for (size_t i = 0; i < signal.size(); ++i) {
      const double seconds = static_cast<double>(host.frame + i) / rate;
      signal[i] = static_cast<float>(std::sin(2 * std::numbers::pi * kHz * seconds));
    }
    host.publish_mono(signal, 128);
    const Published& got = host.published;
    // The filter needs some input before its output is whole.
    for (size_t i = 4000; i < 12000; ++i) {
      const double ms = got.times_ms[i / kChunkFrames] + double(i % kChunkFrames) / 16;
      const double expected = std::sin(2 * std::numbers::pi * kHz * ms / 1000);
      ASSERT_NEAR(double{got.voice[i]}, expected, 1e-4) << rate << " at " << i;
    }
  }
}

TEST(Bus, AGapOfTheClockIsSilenceOfItsLength) {
  Host host;
  const std::vector<float> tone = test::tone(1000, kRate, 24000);
  host.publish_mono(tone, 128);
  constexpr uint64_t kGap = 48000;
  host.bus.skip(kGap);
  host.frame += kGap;
  host.publish_mono(tone, 128);
  EXPECT_EQ(host.mix.pending(), 24000 + kGap + 24000);
  const double last_ms = host.published.times_ms.back();
  const double samples = static_cast<double>(host.published.voice.size() - kChunkFrames);
  // Every chunk is 32 ms after the one before it, the gap included.
  EXPECT_NEAR(last_ms - host.published.times_ms.front(), samples / 16, 1e-6);
  EXPECT_EQ(host.published.voice[16000], 0.0F);
}

TEST(Bus, AGapOfTheClockSoundsInTheVoiceAsSilenceOfItsLengthDoes) {
  for (const uint32_t rate : {8000U, 16000U, 44100U, 48000U, 192000U}) {
    for (const size_t gap : {size_t{1}, size_t{50}, size_t{128}, size_t{300}, size_t{50000}}) {
      const std::vector<float> signal = test::noise(rate / 4 + 77, 6);
      Host skipping(rate);
      skipping.publish_mono(signal, 128);
      skipping.bus.skip(gap);
      skipping.frame += gap;
      skipping.publish_mono(signal, 128);
      Host silent(rate);
      silent.publish_mono(signal, 128);
      silent.publish_mono(std::vector<float>(gap), 128);
      silent.publish_mono(signal, 128);
      EXPECT_EQ(skipping.published.voice, silent.published.voice) << rate << " Hz, gap " << gap;
      EXPECT_EQ(skipping.published.times_ms, silent.published.times_ms);
    }
  }
}

TEST(Bus, ASuccessorGoesOnWhereTheRingsStopped) {
  std::vector<std::byte> memory(kBlockBytes);
  Arena first_arena(memory);
  Bus first;
  ASSERT_TRUE(first.configure(first_arena, kRate, false));
  FrameRing::Reader reader(FrameRing::Memory::attach(first.mix_ring()), 1);
  const std::vector<float> signal = test::noise(1000, 5);
  first.publish(signal, signal, 0);
  Arena second_arena(memory);
  Bus second;
  ASSERT_TRUE(second.configure(second_arena, kRate, true));
  second.publish(signal, signal, 1000);
  EXPECT_EQ(reader.pending(), 2000U);
  ASSERT_EQ(reader.view(2000).status, ReadStatus::kOk);
  EXPECT_EQ(reader.frames(1)[1999].load(), signal[999]);
}

}  // namespace
}  // namespace quanta
