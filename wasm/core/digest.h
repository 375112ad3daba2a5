// A number that tells two streams of words apart.
#ifndef QUANTA_CORE_DIGEST_H_
#define QUANTA_CORE_DIGEST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "shared/realtime.h"

namespace quanta {

// FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo) on words, in four lanes that are joined at the end: one
// changed bit always changes it. Against chance, not against an adversary. Any thread. Wait-free.
class Digest {
 public:
  void add(uint32_t word) noexcept REALTIME { tail_ = (tail_ ^ word) * kPrime; }

  void add(float value) noexcept REALTIME {
    uint32_t word;
    std::memcpy(&word, &value, sizeof word);
    add(word);
  }

  void add(std::span<const float> samples) noexcept REALTIME {
    const size_t whole = samples.size() / kLanes * kLanes;
    Words lanes;
    std::memcpy(&lanes, lanes_.data(), sizeof lanes);
    for (size_t i = 0; i < whole; i += kLanes) {
      Words words;
      std::memcpy(&words, samples.data() + i, sizeof words);
      lanes = (lanes ^ words) * kPrime;
    }
    std::memcpy(lanes_.data(), &lanes, sizeof lanes);
    for (const float sample : samples.subspan(whole)) add(sample);
  }

  uint32_t value() const noexcept REALTIME {
    uint32_t joined = tail_;
    for (const uint32_t lane : lanes_) joined = (joined ^ lane) * kPrime;
    return joined;
  }

 private:
  static constexpr size_t kLanes = 4;
  static constexpr uint32_t kPrime = 16777619;
  static constexpr uint32_t kStart = 2166136261;

  using Words = uint32_t __attribute__((vector_size(16)));

  std::array<uint32_t, kLanes> lanes_ = {kStart, kStart, kStart, kStart};
  uint32_t tail_ = kStart;
};

}  // namespace quanta

#endif  // QUANTA_CORE_DIGEST_H_
