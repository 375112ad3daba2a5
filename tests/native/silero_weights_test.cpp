#include "voice/silero_weights.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/silero_file.h"
#include "voice/short_float.h"

namespace quanta {
namespace {

class SileroWeightsTest : public testing::Test {
 protected:
  static std::vector<std::byte> file_of(uint32_t value_bytes) {
    std::vector<std::byte> file(vad_file_bytes(value_bytes));
    make_silero_file(file, value_bytes, 7);
    return file;
  }

  VadStatus read(std::span<const std::byte> file) {
    Arena arena(memory_);
    return weights_.configure(arena, file);
  }

  std::vector<std::byte> memory_ = std::vector<std::byte>(900'000);
  SileroWeights weights_;
};

TEST(ShortFloat, CountsItsUnits) {
  EXPECT_EQ(from_short_float(0), 0);
  EXPECT_EQ(from_short_float(0x0001), 1);
  EXPECT_EQ(from_short_float(0x0fff), 4095);
  EXPECT_EQ(from_short_float(0x1000), 4096);
  EXPECT_EQ(from_short_float(0x1fff), 8191);
  EXPECT_EQ(from_short_float(0x2000), 8192);
  EXPECT_EQ(from_short_float(0x2001), 8194);
  EXPECT_EQ(from_short_float(0x7fff), 8191 << 6);
  EXPECT_EQ(from_short_float(0xffff), -(8191 << 6));
}

TEST_F(SileroWeightsTest, AreTheSameFromShortFloatsAndFromFloats) {
  const std::vector<std::byte> shorts = file_of(2);
  const std::vector<std::byte> floats = file_of(4);
  SileroWeights wanted;
  Arena none({});
  ASSERT_EQ(wanted.configure(none, floats), VadStatus::kOk);
  ASSERT_EQ(read(shorts), VadStatus::kOk);
  for (uint32_t i = 0; i < kVadMatrixValues; ++i) {
    ASSERT_EQ(weights_.matrix(VadLayer{0})[i], wanted.matrix(VadLayer{0})[i]) << i;
  }
  for (uint32_t i = 0; i < kVadOutputs; ++i) {
    ASSERT_EQ(weights_.bias(VadLayer{0})[i], wanted.bias(VadLayer{0})[i]) << i;
  }
}

TEST_F(SileroWeightsTest, ScaleEveryOutputByItsOwn) {
  std::vector<std::byte> file = file_of(2);
  ASSERT_EQ(read(file), VadStatus::kOk);
  const VadLayerShape shape = vad_shape(VadLayer::kGates);
  const uint32_t output = 3 * shape.group + 5;
  const uint32_t at = (3 * shape.inputs + 9) * shape.group + 5;
  const float before = weights_.matrix(VadLayer::kGates)[at];
  const float neighbour = weights_.matrix(VadLayer::kGates)[at + 1];
  put(file, kVadScalesOffset + (vad_outputs_before(VadLayer::kGates) + output) * sizeof(float),
      0x1p-13F);
  seal_silero_file(file);
  ASSERT_EQ(read(file), VadStatus::kOk);
  EXPECT_NE(before, 0);
  EXPECT_EQ(weights_.matrix(VadLayer::kGates)[at], 4 * before);
  EXPECT_EQ(weights_.matrix(VadLayer::kGates)[at + 1], neighbour);
}

TEST_F(SileroWeightsTest, AreNotReadFromAnythingElse) {
  std::vector<std::byte> file = file_of(2);
  EXPECT_EQ(read(std::span(file).first(10)), VadStatus::kNotWeights);
  EXPECT_EQ(read(std::vector<std::byte>(1000)), VadStatus::kNotWeights);
  put(file, offsetof(VadHeader, version), kVadVersion + 1);
  EXPECT_EQ(read(file), VadStatus::kOtherVersion);
  EXPECT_TRUE(weights_.empty());
}

TEST_F(SileroWeightsTest, AreNotReadFromPartOfAFile) {
  std::vector<std::byte> file = file_of(2);
  EXPECT_EQ(read(std::span(file).first(file.size() - 1)), VadStatus::kBadLength);
  EXPECT_EQ(read(std::span(file).first(kVadHeaderBytes)), VadStatus::kBadLength);
  for (const uint32_t value_bytes : {0U, 1U, 3U, 4U, 0xffffffffU}) {
    put(file, offsetof(VadHeader, value_bytes), value_bytes);
    EXPECT_EQ(read(file), VadStatus::kBadLength) << value_bytes;
  }
}

TEST_F(SileroWeightsTest, AreNotReadFromADamagedFile) {
  std::vector<std::byte> file = file_of(2);
  for (const size_t at : {size_t{kVadHeaderBytes}, file.size() / 2, file.size() - 1}) {
    file[at] ^= std::byte{4};
    EXPECT_EQ(read(file), VadStatus::kBadDigest) << at;
    file[at] ^= std::byte{4};
  }
  EXPECT_EQ(read(file), VadStatus::kOk);
  file[file.size() - 1] ^= std::byte{4};
  EXPECT_EQ(read(file), VadStatus::kBadDigest);
  EXPECT_TRUE(weights_.empty());
}

TEST_F(SileroWeightsTest, NeedRoom) {
  memory_.resize(800'000);
  EXPECT_EQ(read(file_of(2)), VadStatus::kOutOfMemory);
  EXPECT_TRUE(weights_.empty());
}

}  // namespace
}  // namespace quanta
