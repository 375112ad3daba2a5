// What the page and the listeners' threads share beside the rings: lists as in layout.h. The engine
// has no part in it, so a change here is none of its ABI.
#ifndef QUANTA_SHARED_LISTENER_LAYOUT_H_
#define QUANTA_SHARED_LISTENER_LAYOUT_H_

#include "shared/layout.h"

namespace quanta {

// X(name, value, doc)
#define QUANTA_LISTENER_CONSTANTS(X)                                                  \
  X(kListeners, 64, "Listeners of one ring that have a place in its listener table.") \
  X(kListenerNameBytes, 64, "Longest name of a listener, in bytes of UTF-8.")

// How the audio clock maps to the clock on the wall. Written by the page inside a seqlock, read by
// every thread that has a listener. X(type, name, unit, doc); types are u32 and f64.
#define QUANTA_CLOCK(X)                                                                      \
  X(u32, sequence, "", "Seqlock: odd while the mapping is being written; 0: there is none.") \
  X(u32, closed, "", "1: nothing is published any more.")                                    \
  X(f64, audio_ms, "ms", "A moment on the audio clock.")                                     \
  X(f64, wall_ms, "ms", "The same moment: performance.timeOrigin + performance.now().")      \
  X(f64, wall_per_audio, "ms/ms", "Slope of the mapping at that moment.")

// One listener, as it writes it and the page reads it, inside a seqlock. Positions and counts are
// slots of the ring. X(type, name, unit, doc); types are u32 and u64.
#define QUANTA_LISTENER(X)                                                                       \
  X(u32, claim, "", "Counts claims and releases: odd while the place is taken.")                 \
  X(u32, epoch, "", "Counts hand-overs: a listener whose epoch is over writes no more.")         \
  X(u32, sequence, "", "Seqlock: odd while the figures are being written.")                      \
  X(u32, name_bytes, "bytes", "Length of the name, which follows the words.")                    \
  X(u64, position, "slots", "Next slot to read.")                                                \
  X(u64, delivered, "slots", "Handed out.")                                                      \
  X(u64, dropped, "slots", "Lost or passed over.")                                               \
  X(u32, hand_off_us, "us", "Longest time the last slot waited to be seen, plus 1; 0: unknown.") \
  X(u32, inference_us, "us", "What the consumer reported of its last work, plus 1; 0: nothing.")

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_LISTENER_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

struct ClockWords {
#define QUANTA_FIELD(type, name, unit, doc) layout_types::type name;
  QUANTA_CLOCK(QUANTA_FIELD)
#undef QUANTA_FIELD
};

struct alignas(kCacheLineBytes) ListenerWords {
#define QUANTA_FIELD(type, name, unit, doc) layout_types::type name;
  QUANTA_LISTENER(QUANTA_FIELD)
#undef QUANTA_FIELD
  uint8_t name[kListenerNameBytes];
};

static_assert(std::is_standard_layout_v<ClockWords> && std::is_standard_layout_v<ListenerWords>,
              "offsetof must hold");

}  // namespace quanta

#endif  // QUANTA_SHARED_LISTENER_LAYOUT_H_
