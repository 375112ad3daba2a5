// Stress of the rings under ThreadSanitizer: `ring_stress short | full | BUG`.
#include <cinttypes>
#include <cstring>

#include "stress.h"

namespace quanta::stress {
namespace {

struct Amount {
  const char* name;
  uint64_t items;  // per capacity and kind of ring
  uint64_t rounds;
};

// Twelve jobs of `items` each: the full run has 1.2e8 items, not counting that each of a broadcast
// ring's items goes to 16 readers.
constexpr Amount kAmounts[] = {{"short", 300'000, 20}, {"full", 10'000'000, 500}};

struct NamedBug {
  const char* name;
  Bug bug;
};

constexpr NamedBug kBugs[] = {{"producer-release-relaxed", Bug::kProducerRelease},
                              {"consumer-release-relaxed", Bug::kConsumerRelease},
                              {"commit-release-relaxed", Bug::kCommitRelease},
                              {"no-confirm", Bug::kNoConfirm}};

uint64_t report(const char* what, uint32_t capacity, const Tally& tally) {
  std::printf("%-12s capacity %4" PRIu32 ": %" PRIu64 " written, %" PRIu64 " delivered\n", what,
              capacity, tally.written, tally.delivered);
  std::fflush(stdout);
  // A run in which the readers got nothing proves nothing.
  if (tally.delivered == 0) fail("nothing was delivered", tally.written);
  return tally.written;
}

int run(const Amount& amount) {
  uint64_t total = 0;
  for (const uint32_t capacity : kCapacities) {
    total += report("SampleRing", capacity, stress_sample_ring(capacity, amount.items, Bug::kNone));
    total += report("FrameRing", capacity, stress_frame_ring(capacity, amount.items, Bug::kNone));
    total += report("ChunkRing", capacity, stress_chunk_ring(capacity, amount.items, Bug::kNone));
  }
  total += report("publishing", 1024, stress_publishing(amount.rounds, Bug::kNone));
  std::printf("%" PRIu64 " items, each where it belongs\n", total);
  return 0;
}

// Runs what must fail: ThreadSanitizer's report or a FAULT line is the wanted result.
int run_with(Bug bug) {
  constexpr uint64_t kItems = 3'000'000;
  switch (bug) {
    case Bug::kProducerRelease:
    case Bug::kConsumerRelease:
      stress_sample_ring(8, kItems, bug);
      break;
    case Bug::kCommitRelease:
      stress_publishing(kAmounts[0].rounds, bug);
      break;
    case Bug::kNoConfirm:
      stress_frame_ring(2, kItems, bug);
      break;
    case Bug::kNone:
      break;
  }
  std::printf("The bug was not found.\n");
  return 0;
}

int run_named(const char* name) {
  for (const Amount& amount : kAmounts) {
    if (std::strcmp(name, amount.name) == 0) return run(amount);
  }
  for (const NamedBug& bug : kBugs) {
    if (std::strcmp(name, bug.name) == 0) return run_with(bug.bug);
  }
  std::fprintf(stderr, "no such job: %s\n", name);
  return 2;
}

}  // namespace
}  // namespace quanta::stress

int main(int argc, char** argv) {
  if (argc == 2) return quanta::stress::run_named(argv[1]);
  std::fprintf(stderr, "usage: ring_stress short | full | BUG\n");
  return 2;
}
