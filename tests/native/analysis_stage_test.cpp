// What the engine publishes of its analysis, read as the page reads it.
#include "engine/analysis_stage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>
#include <vector>

#include "resampler_support.h"

namespace quanta {
namespace {

constexpr double kRate = 48000;

template <typename T>
double number(const T& words) {
  double value;
  std::memcpy(&value, &words, sizeof value);
  return value;
}

// The controls, the stage and what it is fed with.
class Host {
 public:
  Host() : block_(size_t{32} << 20) {
    EXPECT_TRUE(controls.configure(block_.arena(), false));
    EXPECT_TRUE(mixer_->configure(block_.arena(), float(kRate)));
    EXPECT_TRUE(stage.configure(block_.arena(), kRate, false));
    set(AnalysisParameter::on, 1);
  }

  void set(AnalysisParameter parameter, float value) {
    EXPECT_EQ(controls.set(*mixer_, kAnalysis, static_cast<uint32_t>(parameter), value),
              CommandStatus::kApplied);
  }

  void feed(const std::vector<float>& quantum) {
    stage.follow(controls);
    if (stage.on()) stage.append(quantum, quantum);
    frame += quantum.size();
    stage.advance(static_cast<uint32_t>(quantum.size()), frame);
  }

  // Partials at multiples of hz, each a half of the one before.
  void play(double hz, uint32_t partials, size_t frames, size_t quantum = 128) {
    std::vector<float> samples(quantum);
    for (size_t done = 0; done < frames; done += quantum) {
      for (size_t i = 0; i < quantum; ++i) {
        double sum = 0;
        for (uint32_t p = 1; p <= partials; ++p) {
          const double turns = std::fmod(hz * p * double(frame + i) / kRate, 1.0);
          sum += std::pow(0.5, p) * std::cos(2 * std::numbers::pi * turns);
        }
        samples[i] = float(sum);
      }
      feed(samples);
    }
  }

  const AnalysisWords& newest() const {
    const std::byte* block = stage.block().data();
    const uint32_t index = reinterpret_cast<const AnalysisHead*>(block)->newest.load();
    return *reinterpret_cast<const AnalysisWords*>(block + kAnalysisSlotsOffset +
                                                   index * kAnalysisSlotBytes);
  }

  bool published() const { return newest().sequence.load() != 0; }

  float level_db(size_t bin) const {
    return reinterpret_cast<const FrameAnalyzer::Level*>(&newest() + 1)[bin].load();
  }

  Controls controls;
  AnalysisStage stage;
  uint64_t frame = 0;

 private:
  test::ArenaBlock block_;
  std::unique_ptr<Mixer> mixer_ = std::make_unique<Mixer>();
};

double cents(double hz, double of_hz) { return 1200 * std::log2(hz / of_hz); }

TEST(AnalysisStageTest, FindsAToneToATenThousandthOfACent) {
  Host host;
  host.play(441.37, 1, 40000);
  const AnalysisWords& result = host.newest();
  ASSERT_EQ(result.partial_count.load(), 1U);
  EXPECT_NEAR(cents(number(result.partials[0].frequency_hz), 441.37), 0, 1e-4);
  EXPECT_NEAR(result.partials[0].level_dbfs.load(), 20 * std::log10(0.5), 1e-4);
  EXPECT_EQ(result.partials[0].harmonic.load(), 1U);
  EXPECT_NEAR(cents(number(result.fundamental_hz), 441.37), 0, 1e-4);
}

TEST(AnalysisStageTest, StatesThePhaseAtTheWindowsCentre) {
  Host host;
  host.play(1000.5, 1, 40000);
  const AnalysisWords& result = host.newest();
  const double turns = 1000.5 * double(result.centre_frame.load()) / kRate;
  const double expected = 2 * std::numbers::pi * (turns - std::round(turns));
  EXPECT_NEAR(result.partials[0].phase.load(), expected, 1e-4);
}

TEST(AnalysisStageTest, PublishesTheLevelsOfABinInTheMiddleOfATone) {
  Host host;
  const double hz = 1024 * kRate / kAnalysisFrames;
  host.play(hz, 1, 40000);
  EXPECT_NEAR(host.level_db(1024), 20 * std::log10(0.5), 0.01);
  EXPECT_LT(host.level_db(4096), -110);
}

TEST(AnalysisStageTest, ShowsNothingBeforeItsFirstWindowIsFull) {
  Host host;
  host.play(440, 1, kAnalysisFrames - 128);
  EXPECT_FALSE(host.published());
  host.play(440, 1, 4096);
  EXPECT_TRUE(host.published());
}

TEST(AnalysisStageTest, BeginsAWindowEveryHopWhateverTheQuantum) {
  for (const size_t quantum : {32U, 127U, 128U, 480U, 2048U}) {
    Host host;
    host.play(440, 1, kAnalysisFrames + 40 * 2048, quantum);
    EXPECT_NEAR(double(host.newest().number.load()), 39, 1) << quantum;
    EXPECT_EQ(host.newest().window_frames.load(), kAnalysisFrames);
  }
}

TEST(AnalysisStageTest, AQuantumLongerThanTheHopHasAWindowOfItsOwn) {
  Host host;
  host.set(AnalysisParameter::hop_frames, 256);
  host.play(440, 1, kAnalysisFrames, 4096);
  const uint64_t before = host.newest().number.load();
  host.play(440, 1, 8 * 4096, 4096);
  EXPECT_EQ(host.newest().number.load(), before + 8);
}

TEST(AnalysisStageTest, FindsTheSameInAnyQuanta) {
  std::vector<double> found;
  for (const size_t quantum : {128U, 1024U}) {
    Host host;
    host.play(220.5, 8, kAnalysisFrames + 8 * 2048, quantum);
    const AnalysisWords& result = host.newest();
    found.push_back(double(result.partial_count.load()));
    found.push_back(number(result.fundamental_hz));
    found.push_back(double(host.level_db(300)));
  }
  EXPECT_EQ(found[0], found[3]);
  EXPECT_NEAR(cents(found[1], found[4]), 0, 1e-4);
}

// Count of executed work, in the units in which the steps state theirs.
TEST(AnalysisStageTest, SpreadsItsWorkEvenlyOverTheQuanta) {
  for (const uint32_t partials : {0U, 1U, 8U, 20U}) {
    Host host;
    host.play(110.3, partials, 2 * kAnalysisFrames);
    std::vector<uint32_t> work;
    for (int quantum = 0; quantum < 20 * 16; ++quantum) {
      const uint64_t before = host.stage.work_done();
      host.play(110.3, partials, 128);
      work.push_back(static_cast<uint32_t>(host.stage.work_done() - before));
    }
    std::ranges::sort(work);
    EXPECT_GT(work[work.size() / 2], 0U);
    EXPECT_LE(work.back(), 2 * work[work.size() / 2]) << partials;
  }
}

TEST(AnalysisStageTest, AChangeOfInputBeginsWithNewFramesOnly) {
  Host host;
  host.play(440, 1, 2 * kAnalysisFrames);
  const uint64_t before = host.newest().number.load();
  host.set(AnalysisParameter::input, 0);
  host.play(880, 1, kAnalysisFrames - 256);
  EXPECT_EQ(host.newest().number.load(), before);
  host.play(880, 1, 4096);
  EXPECT_EQ(host.newest().input.load(), 0U);
  EXPECT_NEAR(cents(number(host.newest().fundamental_hz), 880), 0, 1e-4);
}

TEST(AnalysisStageTest, TheShortWindowFollowsQuickly) {
  Host host;
  host.set(AnalysisParameter::short_window, 1);
  host.play(440, 4, 4096 + 2 * 2048);
  EXPECT_EQ(host.newest().window_frames.load(), kShortAnalysisFrames);
  EXPECT_NEAR(cents(number(host.newest().fundamental_hz), 440), 0, 0.01);
}

TEST(AnalysisStageTest, OffItPublishesNothing) {
  Host host;
  host.set(AnalysisParameter::on, 0);
  host.play(440, 1, 2 * kAnalysisFrames);
  EXPECT_FALSE(host.published());
}

TEST(AnalysisStageTest, SilenceHasNoPartials) {
  Host host;
  std::vector<float> silence(128);
  for (int i = 0; i < 300; ++i) host.feed(silence);
  ASSERT_TRUE(host.published());
  EXPECT_EQ(host.newest().partial_count.load(), 0U);
  EXPECT_EQ(number(host.newest().fundamental_hz), 0);
  EXPECT_LE(host.level_db(100), FrameAnalyzer::kFloorDb);
}

}  // namespace
}  // namespace quanta
