// moodycamel's queue, bounded: it moves one element at a time.
#include "benchmark.h"

#if __has_include(<readerwriterqueue/readerwriterqueue.h>)
#include <readerwriterqueue/readerwriterqueue.h>

#include <array>

#include "spsc_job.h"

namespace quanta::bench {
namespace {

constexpr size_t kSamples = 128;

class Ring {
 public:
  bool push(const std::array<float, kSamples>& block) {
    bool pushed = true;
    for (const float sample : block) pushed = queue_.try_enqueue(sample) && pushed;
    return pushed;
  }

  bool pop(std::array<float, kSamples>& block) {
    bool popped = true;
    for (float& sample : block) popped = queue_.try_dequeue(sample) && popped;
    return popped;
  }

 private:
  moodycamel::ReaderWriterQueue<float> queue_{kSpscCapacity};
};

Ring& ring() {
  static Ring the_ring;
  return the_ring;
}

SpscJob<Ring, kSamples> g_job;

const char* check() { return g_job.check(ring()); }

void run(uint32_t operations) { g_job.run(ring(), operations); }

}  // namespace

const Benchmark spsc_moodycamel = {check, run};

}  // namespace quanta::bench
#endif
