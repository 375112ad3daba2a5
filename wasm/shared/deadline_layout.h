// What the deadline meter publishes: lists as in layout.h.
//
// The block is its words, then a counter per bucket. Counters are free-running: what happened in a
// window is the difference of two readings.
#ifndef QUANTA_SHARED_DEADLINE_LAYOUT_H_
#define QUANTA_SHARED_DEADLINE_LAYOUT_H_

#include "shared/layout.h"

namespace quanta {

// The buckets are those of an HDR histogram: of one width below kDeadlineLinearNs, then as many in
// every octave. X(name, value, doc)
#define QUANTA_DEADLINE_CONSTANTS(X)                                                       \
  X(kDeadlineLinearNs, 512, "Below it the buckets have one width, in nanoseconds.")        \
  X(kDeadlineOctaveBuckets, 64, "Buckets of an octave: each is at most 1.6 percent wide.") \
  X(kDeadlineBuckets, 1536, "Buckets: up to 2^32 ns.")                                     \
  X(kDeadlineEvery, 120, "One quantum in so many is measured unless more are asked for.")

// What reads the time round a quantum. X(name, value, doc)
#define QUANTA_DEADLINE_CLOCKS(X)                                       \
  X(kNone, 0, "Nothing does.")                                          \
  X(kTemporal, 1, "Temporal.Now, in steps of some microseconds.")       \
  X(kWorker, 2, "A Worker that writes performance.now() all the time.") \
  X(kDate, 3, "Date.now() alone: good for a mean.")

// Written by the engine inside a seqlock, read by the page. X(type, name, unit, doc); types are u32
// and u64.
#define QUANTA_DEADLINE(X)                                                                    \
  X(u32, sequence, "", "Seqlock: odd while the words are being written.")                     \
  X(u32, clock, "", "See QUANTA_DEADLINE_CLOCKS.")                                            \
  X(u32, step_ns, "ns", "From one reading of the clock to the next larger one.")              \
  X(u32, jittered, "", "1: the browser moves each step of the clock at random.")              \
  X(u32, every, "quanta", "One quantum in so many is measured, on average.")                  \
  X(u32, budget_ns, "ns", "Duration of the last quantum: what it may cost.")                  \
  X(u64, quanta, "quanta", "Quanta processed, measured or not.")                              \
  X(u64, measured, "quanta", "Quanta whose cost is in the buckets.")                          \
  X(u64, refused, "quanta", "Quanta that were to be measured and whose clock was not sound.") \
  X(u64, over_budget, "quanta", "Measured quanta that cost more than their duration.")        \
  X(u64, last_over_frame, "frames", "The audio clock at the last one of these.")              \
  X(u64, sum_ns, "ns", "Sum of the costs in the buckets.")                                    \
  X(u32, max_ns, "ns", "Largest of them.")                                                    \
  X(u32, reserved, "", "0.")                                                                  \
  X(u64, date_quanta, "quanta", "Quanta that Date.now() was read round.")                     \
  X(u64, date_sum_ms, "ms", "Sum of what it advanced by.")                                    \
  X(u64, date_square_ms, "ms2", "Sum of the squares of that.")

// What a clock Worker and the audio thread share, one Int32 each. X(name, doc)
#define QUANTA_CLOCK_WORKER_WORDS(X)                                          \
  X(micros, "performance.now() in microseconds, modulo 2^32.")                \
  X(beats, "Counts what was written to it: a clock that stands still shows.") \
  X(stop, "Written by the page. 1: the Worker is to end.")

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_DEADLINE_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

enum class DeadlineClock : uint32_t {
#define QUANTA_ENUMERATOR(name, value, doc) name = value,
  QUANTA_DEADLINE_CLOCKS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

enum class ClockWorkerWord : uint32_t {
#define QUANTA_ENUMERATOR(name, doc) name,
  QUANTA_CLOCK_WORKER_WORDS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
      kWords
};

struct DeadlineWords {
#define QUANTA_FIELD(type, name, unit, doc) layout_types::type name;
  QUANTA_DEADLINE(QUANTA_FIELD)
#undef QUANTA_FIELD
  layout_types::u32 buckets[kDeadlineBuckets];
};

static_assert(std::is_standard_layout_v<DeadlineWords>, "offsetof must hold");

}  // namespace quanta

#endif  // QUANTA_SHARED_DEADLINE_LAYOUT_H_
