#include "engine/voice_stage.h"

#include <algorithm>

namespace quanta {
namespace {

constexpr size_t kBlock = 256;
constexpr std::array<float, kBlock> kSilence{};
constexpr double kVoiceMsPerSample = 1000.0 / kChunkRateHz;

}  // namespace

bool VoiceStage::configure(Arena& arena, uint32_t chunks, uint32_t rate_hz, bool inherited) {
  filled_ = 0;
  written_ = 0;
  first_frame_ms_ = -1;
  rate_hz_ = rate_hz;
  digest_ = Digest();
  const BroadcastShape shape = ring_shape(chunks);
  block_ = arena.take<std::byte>(ChunkRing::Memory::bytes(shape));
  if (block_.empty()) return false;
  const auto memory =
      inherited ? ChunkRing::Memory::attach(block_) : ChunkRing::Memory::create(block_, shape, 0);
  ring_ = ChunkRing::Writer(memory);
  if (!resampler_.configure(arena, rate_hz, kChunkRateHz)) return false;
  const auto [out, in] = resampler_.ratio();
  // The filter reaches its delay back and as far ahead.
  tail_frames_ = 2 * resampler_.delay_frames() * in / out + 1;
  return true;
}

void VoiceStage::align(const VoiceStage& other) noexcept REALTIME {
  resampler_.align(other.resampler_);
  chunk_.fill(0);
  filled_ = other.filled_;
  written_ = other.written_;
  first_frame_ms_ = other.first_frame_ms_;
}

void VoiceStage::process(std::span<const float> left, std::span<const float> right,
                         uint64_t frame) noexcept REALTIME {
  if (first_frame_ms_ < 0) first_frame_ms_ = static_cast<double>(frame) * 1000.0 / rate_hz_;
  std::array<float, kBlock> mono;
  for (size_t done = 0; done < left.size(); done += kBlock) {
    const size_t count = std::min(kBlock, left.size() - done);
    for (size_t i = 0; i < count; ++i) mono[i] = 0.5F * (left[done + i] + right[done + i]);
    resample({mono.data(), count});
  }
}

void VoiceStage::skip(uint64_t frames) noexcept REALTIME {
  // What came before the gap is still in the filter: silence drives it out.
  const uint64_t tail = std::min<uint64_t>(frames, tail_frames_);
  for (uint64_t rest = tail; rest > 0;) {
    const auto count = static_cast<size_t>(std::min<uint64_t>(rest, kBlock));
    resample({kSilence.data(), count});
    rest -= count;
  }
  uint64_t due = resampler_.skip(frames - tail);
  while (due > 0) {
    const uint64_t count = std::min<uint64_t>(due, kBlock);
    append({kSilence.data(), static_cast<size_t>(count)});
    due -= count;
  }
}

void VoiceStage::archive(Archive& a) noexcept REALTIME {
  resampler_.archive(a);
  a.values(chunk_, written_, first_frame_ms_, digest_);
  a.index(filled_, kChunkFrames);
}

void VoiceStage::resample(std::span<const float> mono) noexcept REALTIME {
  std::array<float, kBlock> voice;
  while (!mono.empty()) {
    const Resampler::Progress progress = resampler_.process(mono, voice);
    append({voice.data(), progress.written});
    mono = mono.subspan(progress.taken);
  }
}

void VoiceStage::append(std::span<const float> samples) noexcept REALTIME {
  for (const float sample : samples) {
    chunk_[filled_++] = sample;
    if (filled_ == kChunkFrames) publish();
  }
}

void VoiceStage::publish() noexcept REALTIME {
  const double samples = static_cast<double>(written_) - resampler_.delay_frames();
  const double time_ms = first_frame_ms_ + samples * kVoiceMsPerSample;
  ring_.write(time_ms, chunk_);
  digest_.add(static_cast<float>(time_ms));
  digest_.add(std::span<const float>(chunk_));
  written_ += kChunkFrames;
  filled_ = 0;
}

}  // namespace quanta
