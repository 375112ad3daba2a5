// Boost.Lockfree's ring, the peer that moves whole blocks. Its stereo frames are interleaved.
#include "benchmark.h"

#if __has_include(<boost/lockfree/spsc_queue.hpp>)
#include <array>
#include <boost/lockfree/spsc_queue.hpp>

#include "spsc_job.h"

namespace quanta::bench {
namespace {

template <size_t kSamples>
class Ring {
 public:
  bool push(const std::array<float, kSamples>& block) {
    return queue_.push(block.data(), kSamples) == kSamples;
  }

  bool pop(std::array<float, kSamples>& block) {
    return queue_.pop(block.data(), kSamples) == kSamples;
  }

 private:
  boost::lockfree::spsc_queue<float, boost::lockfree::capacity<kSpscCapacity>> queue_;
};

template <size_t kSamples>
struct Job {
  static const char* check() { return job.check(ring); }

  static void run(uint32_t operations) { job.run(ring, operations); }

  static inline Ring<kSamples> ring;
  static inline SpscJob<Ring<kSamples>, kSamples> job;
};

}  // namespace

const Benchmark spsc_boost = {Job<128>::check, Job<128>::run};
const Benchmark spsc_stereo_boost = {Job<256>::check, Job<256>::run};
const Benchmark spsc_long_boost = {Job<1024>::check, Job<1024>::run};

}  // namespace quanta::bench
#endif
