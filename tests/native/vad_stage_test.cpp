// Voice detection in the engine, read as another thread reads it.
#include "engine/vad_stage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "engine_host.h"
#include "support/silero_file.h"

namespace quanta {
namespace {

using test::EngineHost;

constexpr uint32_t kFileBytes = vad_file_bytes(sizeof(uint16_t));
constexpr uint32_t kMix = kInputs;

constexpr uint32_t bit(uint32_t source) { return 1U << source; }

struct Heard {
  uint64_t start_sample;
  float probability;

  bool operator==(const Heard&) const = default;
};

class ProbabilityReader : public BroadcastReader<RealAtomics> {
 public:
  using BroadcastReader<RealAtomics>::BroadcastReader;

  std::vector<Heard> drain() {
    std::vector<Heard> all;
    while (view(1).status == ReadStatus::kOk) {
      const auto meta = memory().meta(position());
      all.push_back({uint64_t{meta[1].load()} << 32 | meta[0].load(),
                     memory().samples(0, position(), 1).first[0].load()});
      EXPECT_EQ(confirm().status, ReadStatus::kOk);
    }
    return all;
  }
};

// The detector as any other thread has it, under the rule for silence.
class Offline {
 public:
  Offline() : file_(kFileBytes) {
    make_silero_file(file_, 2, 7);
    EXPECT_EQ(weights_.configure(arena_, file_), VadStatus::kOk);
    EXPECT_TRUE(detector_.configure(arena_, weights_));
  }

  float push(std::span<const float, kVadFrames> chunk) {
    const bool silent = std::ranges::all_of(chunk, [](float sample) { return sample == 0; });
    silent_frames_ = silent ? silent_frames_ + 1 : 0;
    return silent_frames_ > kVadSilentFrames ? detector_.probability() : detector_.push(chunk);
  }

 private:
  std::vector<std::byte> file_;
  std::vector<std::byte> memory_ = std::vector<std::byte>(1'000'000);
  Arena arena_{memory_};
  SileroWeights weights_;
  SileroVad detector_;
  uint32_t silent_frames_ = 0;
};

// An engine that is fed with noise, with readers of the voice and of the probabilities.
class Host {
 public:
  explicit Host(float rate_hz = 48000) : engine(16384, rate_hz) {
    make_silero_file(vad().file(), 2, 7);
    follow(kMix);
    voice_ = ChunkRing::Reader(ChunkRing::Memory::attach(engine.voice_ring()), 1);
  }

  VadStage& vad() { return engine.engine.vad(); }

  // Reads what is said of this source from now on.
  void follow(uint32_t source) {
    probabilities_ = ProbabilityReader(BroadcastMemory<RealAtomics>::attach(vad().ring(source)), 1);
  }

  // Detects voice in one source and follows it.
  EngineStatus start(uint32_t source = kMix) {
    follow(source);
    return engine.engine.start_vad(kFileBytes, bit(source));
  }

  // One quantum of the inputs, the second one louder and at another place than the first.
  void quantum(uint32_t frames) {
    InputStage& inputs = engine.engine.input();
    inputs.channel_counts()[0].store(2);
    inputs.channel_counts()[1].store(1);
    for (uint32_t plane : {0U, 1U, 2U}) {
      for (uint32_t i = 0; i < frames; ++i) {
        const uint32_t to = (inputs.write_pos() + i) & (inputs.capacity() - 1);
        inputs.planes()[size_t{plane} * inputs.capacity() + to] = 0.3F * noise_.value();
      }
    }
    inputs.set_write_pos(inputs.write_pos() + frames);
    engine.engine.set_frame(frame);
    ASSERT_EQ(engine.engine.process_quantum(frames), EngineStatus::kOk);
    frame += frames;
    for (const Heard& heard : probabilities_.drain()) heard_.push_back(heard);
    listen();
  }

  void run(uint32_t chunks, uint32_t frames) {
    while (wanted_.size() < chunks) quantum(frames);
  }

  // What was published, and what should have been, as far as that goes.
  void expect_the_same(size_t at_least) {
    ASSERT_GE(heard_.size(), at_least);
    ASSERT_LE(heard_.size(), wanted_.size());
    wanted_.resize(heard_.size());
    EXPECT_EQ(heard_, wanted_);
  }

  std::vector<Heard>& heard() { return heard_; }

  std::vector<Heard>& wanted() { return wanted_; }

  EngineHost engine;
  uint64_t frame = 0;

 private:
  void listen() {
    while (voice_.view().status == ReadStatus::kOk) {
      std::array<float, kVadFrames> chunk;
      voice_.copy_to(chunk.data());
      wanted_.push_back({voice_.seq() * kVadFrames, offline_.push(chunk)});
      ASSERT_EQ(voice_.confirm().status, ReadStatus::kOk);
    }
  }

  SeededNoise noise_{3};
  ProbabilityReader probabilities_;
  ChunkRing::Reader voice_;
  Offline offline_;
  std::vector<Heard> heard_;
  std::vector<Heard> wanted_;
};

bool differ(const std::vector<Heard>& all) {
  const auto least = std::ranges::min_element(all, {}, &Heard::probability);
  const auto most = std::ranges::max_element(all, {}, &Heard::probability);
  return most->probability > least->probability;
}

TEST(VadStage, GivesTheBitsOfTheDetectorAloneAtEveryRateAndQuantum) {
  for (const float rate_hz : {8000.0F, 16000.0F, 44100.0F, 48000.0F, 192000.0F}) {
    for (const uint32_t frames : {32U, 128U, 1000U, 2048U}) {
      Host host(rate_hz);
      ASSERT_EQ(host.start(), EngineStatus::kOk);
      host.run(12, frames);
      SCOPED_TRACE(testing::Message() << rate_hz << " Hz, " << frames << " frames");
      host.expect_the_same(11);
      EXPECT_TRUE(differ(host.heard()));
    }
  }
}

TEST(VadStage, SpreadsAFrameOverFourQuanta) {
  Host host;
  ASSERT_EQ(host.start(), EngineStatus::kOk);
  for (uint32_t chunk = 1; chunk <= 5; ++chunk) {
    host.run(chunk, 128);
    for (uint32_t quantum = 1; quantum < 4; ++quantum) {
      EXPECT_EQ(host.heard().size(), chunk - 1);
      host.quantum(128);
    }
    EXPECT_EQ(host.heard().size(), chunk);
  }
}

TEST(VadStage, IsNeverMoreThanAFrameLateWhateverTheQuantum) {
  for (const uint32_t frames : {384U, 500U, 700U, 1536U, 4096U, 16384U}) {
    Host host;
    ASSERT_EQ(host.start(), EngineStatus::kOk);
    while (host.wanted().size() < 30) {
      host.quantum(frames);
      EXPECT_GE(host.heard().size() + 1, host.wanted().size()) << frames;
    }
    host.expect_the_same(29);
  }
}

TEST(VadStage, SpreadsAGapOverManyQuantaToo) {
  Host host;
  ASSERT_EQ(host.start(), EngineStatus::kOk);
  host.run(10, 128);
  host.frame += 48000 * 10;
  size_t most = 0;
  for (int quantum = 0; quantum < 240; ++quantum) {
    const size_t before = host.heard().size();
    host.quantum(128);
    most = std::max(most, host.heard().size() - before);
  }
  EXPECT_LE(most, 15U) << "a step for each chunk of silence";
  host.expect_the_same(340);
  const float silence = host.heard()[100].probability;
  EXPECT_GE(std::ranges::count(host.heard(), silence, &Heard::probability), 310 - kVadSilentFrames);
}

TEST(VadStage, RestartsBehindAGapLongerThanItsRing) {
  Host host;
  ASSERT_EQ(host.start(0), EngineStatus::kOk);
  host.run(10, 128);
  host.frame += 48000 * 30;
  host.run(1000, 128);
  const auto& heard = host.heard();
  const auto jump = std::ranges::adjacent_find(heard, [](const Heard& a, const Heard& b) {
    return b.start_sample != a.start_sample + kVadFrames;
  });
  ASSERT_NE(jump, heard.end());
  EXPECT_EQ((jump + 1)->start_sample % kVadFrames, 0U);
  EXPECT_EQ(heard.back().start_sample, host.wanted().back().start_sample - kVadFrames);
}

TEST(VadStage, HearsAnInputAsItArrivesInStepWithTheVoice) {
  Host host(44100);
  host.run(5, 128);
  for (int i = 0; i < 3; ++i) host.quantum(128);
  ASSERT_EQ(host.start(1), EngineStatus::kOk);
  host.run(25, 128);
  ASSERT_GE(host.heard().size(), 18U);
  for (size_t i = 0; i < host.heard().size(); ++i) {
    EXPECT_EQ(host.heard()[i].start_sample, (5 + i) * kVadFrames);
    EXPECT_NE(host.heard()[i].probability, host.wanted()[5 + i].probability);
  }
}

TEST(VadStage, HearsTheOnlyInputAsItHearsTheMix) {
  // The input is the mix as long as nothing is done to it: panned to the middle, it is not.
  Host mix;
  Host input;
  for (Host* host : {&mix, &input}) {
    const auto pan = static_cast<uint32_t>(StripParameter::gain_db);
    ASSERT_TRUE(host->engine.send(CommandKind::kSetParameter, 1, pan, -100, 0));
    host->run(4, 128);
  }
  ASSERT_EQ(mix.start(kMix), EngineStatus::kOk);
  ASSERT_EQ(input.start(0), EngineStatus::kOk);
  mix.run(24, 128);
  input.run(24, 128);
  ASSERT_EQ(mix.heard().size(), input.heard().size());
  for (size_t i = 1; i < mix.heard().size(); ++i) {
    EXPECT_EQ(mix.heard()[i].start_sample, input.heard()[i].start_sample);
    EXPECT_NEAR(mix.heard()[i].probability, input.heard()[i].probability, 0.02);
  }
}

TEST(VadStage, HearsManySourcesAsItHearsEachAlone) {
  Host alone;
  ASSERT_EQ(alone.start(1), EngineStatus::kOk);
  Host together;
  const uint32_t all = bit(kMix) | bit(0) | bit(1) | bit(7);
  ASSERT_EQ(together.engine.engine.start_vad(kFileBytes, all), EngineStatus::kOk);
  together.follow(1);
  ProbabilityReader silent(BroadcastMemory<RealAtomics>::attach(together.vad().ring(7)), 1);
  ProbabilityReader mix(BroadcastMemory<RealAtomics>::attach(together.vad().ring(kMix)), 1);
  alone.run(24, 128);
  together.run(24, 128);
  ASSERT_GE(together.heard().size(), 22U);
  ASSERT_LE(together.heard().size(), alone.heard().size());
  alone.heard().resize(together.heard().size());
  EXPECT_EQ(together.heard(), alone.heard());
  const std::vector<Heard> of_mix = mix.drain();
  ASSERT_EQ(of_mix.size(), 23U);
  EXPECT_EQ(of_mix, std::vector(together.wanted().begin(), together.wanted().begin() + 23));
  // Input 7 has nothing connected to it.
  EXPECT_GE(silent.drain().size(), 22U);
}

TEST(VadStage, EverySourceIsAtMostAFrameLate) {
  Host host;
  ASSERT_EQ(host.engine.engine.start_vad(kFileBytes, (bit(kMix) << 1) - 1), EngineStatus::kOk);
  for (uint32_t source = 0; source <= kMix; ++source) {
    host.follow(source);
    host.heard().clear();
    const size_t before = host.wanted().size();
    host.run(static_cast<uint32_t>(before) + 12, 128);
    EXPECT_GE(host.heard().size() + 1, host.wanted().size() - before) << source;
  }
}

TEST(VadStage, PublishesNothingWhileItIsOff) {
  Host host;
  host.run(5, 128);
  EXPECT_TRUE(host.heard().empty());
  ASSERT_EQ(host.start(), EngineStatus::kOk);
  host.run(10, 128);
  host.vad().stop();
  const size_t heard = host.heard().size();
  EXPECT_GE(heard, 4U);
  host.run(15, 128);
  EXPECT_EQ(host.heard().size(), heard);
  EXPECT_EQ(host.heard()[0].start_sample, 5U * kVadFrames);
}

TEST(VadStage, RefusesWhatIsWrongAndGoesOnAsItWas) {
  Host host;
  std::vector<std::byte> whole(host.vad().file().begin(), host.vad().file().end());
  ASSERT_EQ(host.start(), EngineStatus::kOk);
  host.run(5, 128);
  for (const uint32_t sources : {0U, bit(kInputs + 1), bit(0) | bit(31)}) {
    EXPECT_EQ(host.engine.engine.start_vad(kFileBytes, sources), EngineStatus::kBadArgument);
  }
  host.vad().file()[kFileBytes - 1] ^= std::byte{1};
  EXPECT_EQ(host.engine.engine.start_vad(kFileBytes, bit(kMix)), EngineStatus::kBadWeights);
  EXPECT_EQ(host.engine.engine.start_vad(kFileBytes + 4, bit(kMix)), EngineStatus::kBadWeights);
  EXPECT_EQ(host.engine.engine.start_vad(0, bit(kMix)), EngineStatus::kBadWeights);
  host.run(10, 128);
  host.expect_the_same(9);
}

TEST(VadStage, RefusesToStartInNoEngine) {
  const auto engine = std::make_unique<Engine>();
  EXPECT_EQ(engine->start_vad(kFileBytes, bit(kMix)), EngineStatus::kNotInitialized);
}

TEST(VadStage, ASuccessorHearsOn) {
  Host host;
  ASSERT_EQ(host.start(), EngineStatus::kOk);
  host.run(6, 128);
  host.engine.restart();
  EXPECT_EQ(host.vad().sources(), bit(kMix));
  host.run(12, 128);
  EXPECT_GE(host.heard().size(), 10U);
  EXPECT_EQ(host.heard().back().start_sample % kVadFrames, 0U);
  host.vad().stop();
  host.engine.restart();
  EXPECT_EQ(host.vad().sources(), 0U);
}

}  // namespace
}  // namespace quanta
