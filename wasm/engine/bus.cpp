#include "engine/bus.h"

#include <algorithm>
#include <array>
#include <bit>

namespace quanta {
namespace {

constexpr std::array<float, 1024> kSilence{};

}  // namespace

bool Bus::configure(Arena& arena, uint32_t rate_hz, bool inherited) {
  const uint32_t mix_frames = std::bit_ceil(kMixRingSec * rate_hz);
  const BroadcastShape shape = FrameRing::shape(mix_frames, kInputChannels, rate_hz);
  mix_block_ = arena.take<std::byte>(FrameRing::Memory::bytes(shape));
  if (mix_block_.empty()) return false;
  mix_ = FrameRing::Writer(inherited ? FrameRing::Memory::attach(mix_block_)
                                     : FrameRing::Memory::create(mix_block_, shape, 0));
  return voice_.configure(arena, kVoiceRingChunks, rate_hz, inherited);
}

void Bus::publish(std::span<const float> left, std::span<const float> right,
                  uint64_t frame) noexcept REALTIME {
  const std::array<const float*, kInputChannels> planes = {left.data(), right.data()};
  mix_.write(planes, static_cast<uint32_t>(left.size()));
  voice_.process(left, right, frame);
}

void Bus::skip(uint64_t frames) noexcept REALTIME {
  const std::array<const float*, kInputChannels> planes = {kSilence.data(), kSilence.data()};
  for (uint64_t rest = frames; rest > 0;) {
    const auto count = static_cast<uint32_t>(std::min<uint64_t>(rest, kSilence.size()));
    mix_.write(planes, count);
    rest -= count;
  }
  voice_.skip(frames);
}

}  // namespace quanta
