// SampleRing: blocks of 128 frames of one channel and of two, and of 1024 frames.
#include <array>
#include <cstddef>

#include "benchmark.h"
#include "core/sample_ring.h"
#include "spsc_job.h"

namespace quanta::bench {
namespace {

template <uint32_t kFrames, uint32_t kChannels>
class Ring {
 public:
  using Block = std::array<float, size_t{kFrames} * kChannels>;

  void create() { halves_ = SampleRing::create(block_, kSpscCapacity, kChannels); }

  bool push(const Block& block) {
    std::array<const float*, kChannels> planes;
    for (uint32_t i = 0; i < kChannels; ++i) planes[i] = block.data() + size_t{i} * kFrames;
    return halves_.producer.push_all(planes, kFrames);
  }

  bool pop(Block& block) {
    std::array<float*, kChannels> planes;
    for (uint32_t i = 0; i < kChannels; ++i) planes[i] = block.data() + size_t{i} * kFrames;
    return halves_.consumer.pop_some(planes, kFrames) == kFrames;
  }

 private:
  alignas(
      kCacheLineBytes) std::array<std::byte, SampleRing::bytes(kSpscCapacity, kChannels)> block_;
  SampleRing::Halves halves_;
};

template <uint32_t kFrames, uint32_t kChannels>
struct Job {
  using RingType = Ring<kFrames, kChannels>;

  static const char* check() {
    ring.create();
    return job.check(ring);
  }

  static void run(uint32_t operations) { job.run(ring, operations); }

  static inline RingType ring;
  static inline SpscJob<RingType, size_t{kFrames} * kChannels> job;
};

}  // namespace

const Benchmark spsc = {Job<128, 1>::check, Job<128, 1>::run};
const Benchmark spsc_stereo = {Job<128, 2>::check, Job<128, 2>::run};
const Benchmark spsc_long = {Job<1024, 1>::check, Job<1024, 1>::run};

}  // namespace quanta::bench
