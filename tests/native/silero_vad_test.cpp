#include "voice/silero_vad.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <numbers>
#include <vector>

#include "digest/vad_digest.h"
#include "support/silero_file.h"

namespace quanta {
namespace {

using Frame = std::array<float, kVadFrames>;
using Row = std::vector<double>;

constexpr uint32_t kSeed = 5;

// A detector with its weights and memory.
class Detector {
 public:
  explicit Detector(uint32_t value_bytes = sizeof(float)) : file_(vad_file_bytes(value_bytes)) {
    make_silero_file(file_, value_bytes, kSeed);
    EXPECT_EQ(weights_.configure(arena_, file_), VadStatus::kOk);
    EXPECT_TRUE(vad_.configure(arena_, weights_));
  }

  SileroVad& operator*() { return vad_; }

  SileroVad* operator->() { return &vad_; }

  const SileroWeights& weights() const { return weights_; }

 private:
  std::vector<std::byte> file_;
  std::vector<std::byte> memory_ = std::vector<std::byte>(1'000'000);
  Arena arena_{memory_};
  SileroWeights weights_;
  SileroVad vad_;
};

std::vector<Frame> noise_frames(size_t count, uint32_t seed) {
  SeededNoise noise(seed);
  std::vector<Frame> frames(count);
  for (Frame& frame : frames) {
    for (float& sample : frame) sample = noise.value();
  }
  return frames;
}

std::vector<float> probabilities(SileroVad& vad, const std::vector<Frame>& frames) {
  std::vector<float> result;
  for (const Frame& frame : frames) result.push_back(vad.push(frame));
  return result;
}

// The network by its definition, in doubles and with libm.
class Definition {
 public:
  explicit Definition(const SileroWeights& weights) : weights_(weights) {}

  double push(const Frame& frame) {
    std::vector<double> seen(context_);
    seen.insert(seen.end(), frame.begin(), frame.end());
    context_.assign(seen.end() - kVadContextFrames, seen.end());
    for (size_t i = 0, last = seen.size() - 1; i < kVadContextFrames; ++i) {
      seen.push_back(seen[last - 1 - i]);
    }
    std::vector<Row> rows = spectra(seen);
    rows = convolve(VadLayer::kEncoder0, rows, 1);
    rows = convolve(VadLayer::kEncoder1, rows, 2);
    rows = convolve(VadLayer::kEncoder2, rows, 2);
    rows = convolve(VadLayer::kEncoder3, rows, 1);
    EXPECT_EQ(rows.size(), 1U);
    remember(rows[0]);
    double sum = bias(VadLayer::kVoice, 0);
    for (uint32_t i = 0; i < kVadHidden; ++i) {
      sum += std::max(0.0, hidden_[i]) * weight(VadLayer::kVoice, 0, i, 0);
    }
    return sigmoid(sum);
  }

 private:
  static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

  double weight(VadLayer layer, uint32_t output, uint32_t input, uint32_t tap) const {
    const VadLayerShape shape = vad_shape(layer);
    if (tap < shape.first_tap || tap >= shape.first_tap + shape.taps) return 0;
    const uint32_t row =
        (output / shape.group * shape.inputs + input) * shape.taps + tap - shape.first_tap;
    return static_cast<double>(weights_.matrix(layer)[row * shape.group + output % shape.group]);
  }

  double bias(VadLayer layer, uint32_t output) const {
    return static_cast<double>(weights_.bias(layer)[output]);
  }

  static std::vector<Row> spectra(const std::vector<double>& seen) {
    constexpr uint32_t kBins = kVadWindowFrames / 2 + 1;
    std::vector<Row> rows;
    for (size_t first = 0; first + kVadWindowFrames <= seen.size(); first += kBins - 1) {
      Row row;
      for (uint32_t k = 0; k < kBins; ++k) {
        double re = 0;
        double im = 0;
        for (uint32_t n = 0; n < kVadWindowFrames; ++n) {
          const double turn = 2 * std::numbers::pi * n / kVadWindowFrames;
          const double sample = seen[first + n] * (0.5 - 0.5 * std::cos(turn));
          re += sample * std::cos(turn * k);
          im -= sample * std::sin(turn * k);
        }
        row.push_back(std::hypot(re, im));
      }
      rows.push_back(row);
    }
    return rows;
  }

  std::vector<Row> convolve(VadLayer layer, const std::vector<Row>& in, size_t stride) const {
    const VadLayerShape shape = vad_shape(layer);
    std::vector<Row> out;
    for (size_t centre = 0; centre < in.size(); centre += stride) {
      Row row;
      for (uint32_t output = 0; output < shape.outputs; ++output) {
        double sum = bias(layer, output);
        for (uint32_t tap = 0; tap < 3; ++tap) {
          const size_t frame = centre + tap - 1;
          if (frame >= in.size()) continue;
          for (uint32_t i = 0; i < shape.inputs; ++i) {
            sum += in[frame][i] * weight(layer, output, i, tap);
          }
        }
        row.push_back(std::max(0.0, sum));
      }
      out.push_back(row);
    }
    return out;
  }

  void remember(const Row& features) {
    Row next;
    for (uint32_t unit = 0; unit < kVadHidden; ++unit) {
      double gates[4];
      for (uint32_t gate = 0; gate < 4; ++gate) {
        const uint32_t output = unit / 8 * 32 + gate * 8 + unit % 8;
        gates[gate] = bias(VadLayer::kGates, output);
        for (uint32_t i = 0; i < kVadHidden; ++i) {
          gates[gate] += features[i] * weight(VadLayer::kGates, output, i, 0) +
                         hidden_[i] * weight(VadLayer::kGates, output, kVadHidden + i, 0);
        }
      }
      cells_[unit] = sigmoid(gates[1]) * cells_[unit] + sigmoid(gates[0]) * std::tanh(gates[2]);
      next.push_back(sigmoid(gates[3]) * std::tanh(cells_[unit]));
    }
    hidden_ = next;
  }

  const SileroWeights& weights_;
  std::vector<double> context_ = std::vector<double>(kVadContextFrames, 0.0);
  Row hidden_ = Row(kVadHidden, 0.0);
  Row cells_ = Row(kVadHidden, 0.0);
};

TEST(SileroVad, ComputesTheNetworkByItsDefinition) {
  Detector detector;
  Definition definition(detector.weights());
  double least = 1;
  double most = 0;
  for (Frame& frame : noise_frames(12, 9)) {
    const double wanted = definition.push(frame);
    ASSERT_NEAR(static_cast<double>(detector->push(frame)), wanted, 2e-6);
    least = std::min(least, wanted);
    most = std::max(most, wanted);
  }
  EXPECT_GT(most - least, 0.01) << "weights with which nothing happens prove nothing";
}

TEST(SileroVad, GivesTheSameBitsInAnyRhythmOfSteps) {
  const std::vector<Frame> frames = noise_frames(8, 3);
  Detector whole;
  const std::vector<float> wanted = probabilities(*whole, frames);
  Detector sliced;
  SeededNoise rhythm(11);
  for (size_t i = 0; i < frames.size(); ++i) {
    sliced->begin(frames[i]);
    uint32_t steps = 0;
    // A number of calls at a time that has nothing to do with the layers.
    while (!sliced->done()) {
      for (uint32_t burst = rhythm.bits() % 5; burst > 0; --burst, ++steps) sliced->step();
    }
    EXPECT_GE(steps, SileroVad::kSteps);
    EXPECT_EQ(sliced->probability(), wanted[i]);
  }
}

TEST(SileroVad, TakesAsManyStepsAsItSaysAndKeepsTheLastResultMeanwhile) {
  Detector detector;
  const std::vector<Frame> frames = noise_frames(2, 4);
  const float first = detector->push(frames[0]);
  detector->begin(frames[1]);
  for (uint32_t i = 1; i < SileroVad::kSteps; ++i) {
    EXPECT_FALSE(detector->step());
    EXPECT_EQ(detector->probability(), first);
  }
  EXPECT_TRUE(detector->step());
  EXPECT_NE(detector->probability(), first);
}

TEST(SileroVad, FinishesAFrameBeforeTheNext) {
  const std::vector<Frame> frames = noise_frames(3, 6);
  Detector whole;
  const std::vector<float> wanted = probabilities(*whole, frames);
  Detector hurried;
  hurried->begin(frames[0]);
  hurried->step();
  hurried->begin(frames[1]);
  EXPECT_EQ(hurried->probability(), wanted[0]);
  EXPECT_EQ(hurried->push(frames[2]), wanted[2]);
}

TEST(SileroVad, StartsAnewAfterAReset) {
  const std::vector<Frame> frames = noise_frames(4, 8);
  Detector detector;
  const std::vector<float> wanted = probabilities(*detector, frames);
  detector->begin(frames[3]);
  detector->step();
  detector->reset();
  EXPECT_TRUE(detector->done());
  EXPECT_EQ(detector->probability(), 0);
  EXPECT_EQ(probabilities(*detector, frames), wanted);
}

TEST(SileroVad, SeesTheEndOfTheFrameBefore) {
  // Two frames that are silent but for the first one's last samples.
  Frame before{};
  std::fill(before.end() - kVadContextFrames, before.end(), 0.5F);
  Detector detector;
  Definition definition(detector.weights());
  detector->push(before);
  definition.push(before);
  EXPECT_NEAR(static_cast<double>(detector->push(Frame{})), definition.push(Frame{}), 2e-6);
}

TEST(SileroVad, TakesNanAndInfiniteSamplesAsSilence) {
  std::vector<Frame> frames = noise_frames(5, 2);
  std::vector<Frame> dirty = frames;
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float bad[] = {std::numeric_limits<float>::quiet_NaN(), kInfinity, -kInfinity};
  for (size_t i = 0; i < kVadFrames; i += 17) {
    dirty[1][i] = bad[i % 3];
    frames[1][i] = 0;
  }
  Detector wanted;
  Detector detector;
  EXPECT_EQ(probabilities(*detector, dirty), probabilities(*wanted, frames));
}

TEST(SileroVad, SurvivesTheLargestSamples) {
  Detector detector;
  Frame huge;
  huge.fill(std::numeric_limits<float>::max());
  for (int i = 0; i < 3; ++i) {
    const float probability = detector->push(huge);
    EXPECT_TRUE(probability >= 0 && probability <= 1);
  }
  for (const float probability : probabilities(*detector, noise_frames(50, 1))) {
    EXPECT_TRUE(probability >= 0 && probability <= 1);
  }
}

TEST(SileroVad, SharesItsWeights) {
  const std::vector<Frame> frames = noise_frames(3, 12);
  Detector detector;
  std::vector<std::byte> memory(4096);
  Arena arena(memory);
  SileroVad second;
  ASSERT_TRUE(second.configure(arena, detector.weights()));
  detector->push(noise_frames(1, 13)[0]);
  Detector alone;
  EXPECT_EQ(probabilities(second, frames), probabilities(*alone, frames));
}

TEST(SileroVad, HasNoRoomInAFullArena) {
  Detector detector;
  std::vector<std::byte> memory(100);
  Arena arena(memory);
  SileroVad second;
  EXPECT_FALSE(second.configure(arena, detector.weights()));
}

TEST(SileroVad, GivesTheBitsOfEveryOtherBuild) {
  std::ifstream lines(QUANTA_FIXTURES "/vad.digests");
  const auto memory = std::make_unique<VadDigestMemory>();
  uint32_t count = 0;
  uint32_t digest = 0;
  for (uint32_t seed = 0; lines >> seed >> digest; ++count) {
    EXPECT_EQ(vad_digest(*memory, seed), digest) << seed;
  }
  EXPECT_GE(count, 3U);
}

}  // namespace
}  // namespace quanta
