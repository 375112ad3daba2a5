// What the engine, the page and a producer's thread share of push inputs beside their rings: lists
// as in layout.h.
#ifndef QUANTA_SHARED_PUSH_LAYOUT_H_
#define QUANTA_SHARED_PUSH_LAYOUT_H_

#include "shared/layout.h"

namespace quanta {

// X(name, value, doc)
#define QUANTA_PUSH_CONSTANTS(X)                                                                   \
  X(kPushRingFrames, 8192, "Ring of a push input, in frames: 170 ms at 48 kHz.")                   \
  X(kMaxPushTargetFrames, kPushRingFrames / 3, "Largest target of a ring's fill, in frames.")      \
  X(kMaxPushRateRatio, 8, "A source's rate is at most this many times the context's.")             \
  X(kPushTableFloats, 43136, "Room for the largest table that such a ratio has: 43104, in lines.") \
  X(kPushLineFrames, 1600, "Room for one channel of a resampler's longest line, in frames.")

// Who decides how much is in a ring. X(name, value, doc)
#define QUANTA_PUSH_PACES(X)                                                                  \
  X(kSourceClock, 0, "The source pushes in real time by a clock of its own: it is followed.") \
  X(kOnDemand, 1, "The source fills up what was read, as a decoder does: the ratio is exact.")

// A push input as the engine writes it, inside a seqlock, in every quantum while it is open, and as
// a successor engine finds it. Counts begin at 0 when it is opened. X(type, name, unit, doc); types
// are u32, u64 and f32.
#define QUANTA_PUSH_STATUS(X)                                                                  \
  X(u32, sequence, "", "Seqlock: odd while the words are being written.")                      \
  X(u32, epoch, "", "Counts openings and closings: odd while it is open.")                     \
  X(u32, rate_hz, "Hz", "The source's nominal rate.")                                          \
  X(u32, channels, "planes", "1 or 2.")                                                        \
  X(u32, target_frames, "frames", "Mean of the ring's fill that is aimed at.")                 \
  X(u32, pace, "", "See QUANTA_PUSH_PACES.")                                                   \
  X(u32, playing, "", "1: sound; 0: silence until enough has come.")                           \
  X(u32, copying, "", "1: the mixer gets the source's bits.")                                  \
  X(u64, taken_frames, "frames", "Frames taken from the ring, those that were skipped too.")   \
  X(u64, skipped_frames, "frames", "Frames left out because the source had run far ahead.")    \
  X(u32, overruns, "", "Times that frames were skipped.")                                      \
  X(u32, underruns, "", "Times that the ring was empty when a frame was due.")                 \
  X(u64, gap_frames, "frames", "Frames of silence at the context's rate that underruns cost.") \
  X(f32, fill_frames, "frames", "Mean of the ring's fill just before a quantum.")              \
  X(f32, correction_ppm, "ppm", "How much faster than nominal the source is read.")

// The same input as its producer writes it. X(type, name, unit, doc)
#define QUANTA_PUSH_PRODUCER(X)                                                          \
  X(u64, pushed_frames, "frames", "Frames put into the ring.")                           \
  X(u64, dropped_frames, "frames", "Frames that the producer dropped for want of room.") \
  X(u32, refusals, "", "Times that it dropped some.")

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_PUSH_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

enum class PushPace : uint32_t {
#define QUANTA_ENUMERATOR(name, value, doc) name = value,
  QUANTA_PUSH_PACES(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

struct alignas(kCacheLineBytes) PushProducerWords {
#define QUANTA_FIELD(type, name, unit, doc) layout_types::type name;
  QUANTA_PUSH_PRODUCER(QUANTA_FIELD)
#undef QUANTA_FIELD
};

struct alignas(kCacheLineBytes) PushWords {
#define QUANTA_FIELD(type, name, unit, doc) layout_types::type name;
  QUANTA_PUSH_STATUS(QUANTA_FIELD)
#undef QUANTA_FIELD
  PushProducerWords producer;
};

static_assert(std::is_standard_layout_v<PushWords>, "offsetof must hold");

}  // namespace quanta

#endif  // QUANTA_SHARED_PUSH_LAYOUT_H_
