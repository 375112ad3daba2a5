// One operation of the ring benchmarks: a block pushed into a ring and popped again, in one thread,
// so that the ring's own cost is seen and not the scheduler's. Blocks in the ring move on and wrap.
#ifndef QUANTA_TESTS_NATIVE_BENCH_SPSC_JOB_H_
#define QUANTA_TESTS_NATIVE_BENCH_SPSC_JOB_H_

#include <array>
#include <cstdint>

#include "test_signal.h"

namespace quanta::bench {

inline constexpr uint32_t kSpscCapacity = 4096;

// Ring is a queue with push(block) and pop(block), each false where the whole block did not fit.
template <typename Ring, size_t kSamples>
class SpscJob {
 public:
  const char* check(Ring& ring) {
    // Enough for several wraps.
    for (uint32_t round = 0; round < 3 * kSpscCapacity / kSamples + 3; ++round) {
      fill_with_noise(in_, round + 1, 1);
      out_.fill(0);
      if (!ring.push(in_)) return "a block did not fit into an empty ring";
      if (!ring.pop(out_)) return "a block that was pushed could not be popped";
      if (out_ != in_) return "samples differ from what was pushed";
    }
    return nullptr;
  }

  void run(Ring& ring, uint32_t operations) {
    for (uint32_t i = 0; i < operations; ++i) {
      ring.push(in_);
      ring.pop(out_);
    }
  }

 private:
  std::array<float, kSamples> in_{};
  std::array<float, kSamples> out_{};
};

}  // namespace quanta::bench

#endif  // QUANTA_TESTS_NATIVE_BENCH_SPSC_JOB_H_
