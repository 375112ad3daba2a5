#include "voice/silero_weights.h"

#include <cstring>

#include "voice/short_float.h"

namespace quanta {
namespace {

// FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo) over words.
uint32_t digest_of(std::span<const std::byte> words) {
  uint32_t digest = 2166136261U;
  for (size_t at = 0; at < words.size(); at += sizeof(uint32_t)) {
    uint32_t word = 0;
    std::memcpy(&word, words.data() + at, sizeof word);
    digest = (digest ^ word) * 16777619U;
  }
  return digest;
}

VadStatus check(const VadHeader& header, std::span<const std::byte> file) {
  if (header.magic != kVadMagic) return VadStatus::kNotWeights;
  if (header.version != kVadVersion) return VadStatus::kOtherVersion;
  const bool is_length =
      (header.value_bytes == 2 || header.value_bytes == 4) && header.outputs == kVadOutputs &&
      header.matrix_values == kVadMatrixValues && file.size() == vad_file_bytes(header.value_bytes);
  if (!is_length) return VadStatus::kBadLength;
  const bool is_whole = digest_of(file.subspan(kVadHeaderBytes)) == header.digest;
  return is_whole ? VadStatus::kOk : VadStatus::kBadDigest;
}

const float* floats_at(std::span<const std::byte> file, size_t offset) {
  return reinterpret_cast<const float*>(file.data() + offset);
}

// One layer's matrix from its short floats; true lengths, in the order of the file.
void expand(const VadLayerShape& shape, const std::byte* shorts, const float* scales,
            float* values) {
  const uint32_t rows = shape.inputs * shape.taps;
  for (uint32_t i = 0; i < shape.matrix_values(); ++i) {
    uint16_t bits = 0;
    std::memcpy(&bits, shorts + i * sizeof bits, sizeof bits);
    const uint32_t output = i / (rows * shape.group) * shape.group + i % shape.group;
    values[i] = static_cast<float>(from_short_float(bits)) * scales[output];
  }
}

void expand_all(std::span<const std::byte> file, float* values) {
  const std::byte* const shorts = file.data() + kVadMatricesOffset;
  const float* const scales = floats_at(file, kVadScalesOffset);
  for (uint32_t i = 0; i < static_cast<uint32_t>(VadLayer::kCount); ++i) {
    const auto layer = static_cast<VadLayer>(i);
    const uint32_t first = vad_matrices_before(layer);
    expand(kVadLayers[i], shorts + first * sizeof(uint16_t), scales + vad_outputs_before(layer),
           values + first);
  }
}

}  // namespace

VadStatus SileroWeights::configure(Arena& arena, std::span<const std::byte> file) {
  *this = SileroWeights();
  if (file.size() < kVadHeaderBytes) return VadStatus::kNotWeights;
  VadHeader header;
  std::memcpy(&header, file.data(), sizeof header);
  const VadStatus status = check(header, file);
  if (status != VadStatus::kOk) return status;
  if (header.value_bytes == sizeof(float)) {
    matrices_ = {floats_at(file, kVadMatricesOffset), kVadMatrixValues};
  } else {
    const std::span<float> room = arena.take<float>(kVadMatrixValues);
    if (room.empty()) return VadStatus::kOutOfMemory;
    expand_all(file, room.data());
    matrices_ = room;
  }
  biases_ = {floats_at(file, kVadHeaderBytes), kVadOutputs};
  return VadStatus::kOk;
}

}  // namespace quanta
