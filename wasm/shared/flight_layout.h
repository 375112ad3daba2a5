// What the flight recorder keeps, and where: lists as in layout.h.
//
// Its memory lies behind the engine's, in segments. A segment is a header, a checkpoint of the
// engine's state, and the log of what happened since: entries of 32-bit words, each after a word
// with its kind (from bit 24 on) and the number of words that follow. A segment stands by itself:
// whoever loads its checkpoint and repeats its log gets the same sound.
#ifndef QUANTA_SHARED_FLIGHT_LAYOUT_H_
#define QUANTA_SHARED_FLIGHT_LAYOUT_H_

#include "shared/layout.h"

namespace quanta {

// X(name, value, doc)
#define QUANTA_FLIGHT_CONSTANTS(X)                                                               \
  X(kFlightSchema, 1, "Changes whenever this file changes the meaning of a recording.")          \
  X(kFlightSegmentBytes, 2097152, "Size of a segment.")                                          \
  X(kFlightSegments, 56, "Segments of a full recorder: 30 s of all inputs in stereo at 48 kHz.") \
  X(kFlightPages, kFlightSegments*(kFlightSegmentBytes / 65536), "Its memory, in 64 KiB pages.") \
  X(kFlightHoldSec, 30, "What is older is given up, in seconds.")                                \
  X(kFlightKindShift, 24, "Bit of an entry's first word at which its kind begins.")

// Header of a segment: u32 words. X(name, unit, doc)
#define QUANTA_FLIGHT_SEGMENT(X)                                                                \
  X(number, "", "Segments begun before it, and 1; 0: never used. Changes when it is given up.") \
  X(committed, "words", "Words of the log that are whole.")                                     \
  X(continues, "", "1: nothing is missing between the segment before and this one.")            \
  X(first_frame, "frames", "The audio clock at the checkpoint, low word.")                      \
  X(first_frame_high, "frames", "The audio clock at the checkpoint, high word.")

// Kinds of entries. X(name, value, doc)
#define QUANTA_FLIGHT_ENTRIES(X)                                                          \
  X(kCheckpoint, 1, "The engine's state before the first quantum of the segment.")        \
  X(kQuantum, 2, "See QUANTA_FLIGHT_QUANTUM; then the samples of each channel, f32.")     \
  X(kCommand, 3, "The words of a command; its frame is the one at which it took effect.") \
  X(kDone, 4, "The quantum has ended: see QUANTA_FLIGHT_RESULT. Missing, if it never did.")

// Words of a quantum. X(name, unit, doc)
#define QUANTA_FLIGHT_QUANTUM(X)                                            \
  X(frame, "frames", "The audio clock at its first frame, low word.")       \
  X(frame_high, "frames", "The audio clock at its first frame, high word.") \
  X(frames, "frames", "Its length.")                                        \
  X(channels, "", "Two bits for each input, from bit 0 on: its channels.")  \
  X(last_cost_ns, "ns", "What the quantum before it cost, if the host said so; 0: it did not.")

// What a quantum left. X(name, unit, doc)
#define QUANTA_FLIGHT_RESULT(X)                                              \
  X(mix_digest, "", "Digest of the mix, left then right.")                   \
  X(voice_digest, "", "Digest of all chunks of the voice since the start.")  \
  X(meters_digest, "", "Digest of what the telemetry and the meters show.")  \
  X(analysis_digest, "", "Digest of the newest analysis; 0: there is none.") \
  X(analysis_centre, "frames", "The centre of its window, low word.")        \
  X(analysis_centre_high, "frames", "The centre of its window, high word.")

// The recorder's block in the engine's memory: u32 words, the results of the last quantum behind
// them. X(name, unit, doc)
#define QUANTA_FLIGHT_STATE(X)                                               \
  X(segments, "segments", "That there is room for; 0: nothing is recorded.") \
  X(used, "segments", "That were ever begun.")                               \
  X(current, "", "Index of the one that is being written.")                  \
  X(base, "bytes", "Where the first segment begins.")

// What a quantum goes through, in this order. X(name, value, doc)
#define QUANTA_STAGES(X)                                          \
  X(kBegin, 0, "Takes over what the host and the page have set.") \
  X(kPush, 1, "Renders the push inputs.")                         \
  X(kRecord, 2, "The flight recorder: what comes in.")            \
  X(kMix, 3, "Commands, effects, mixer, meters of the strips.")   \
  X(kPublish, 4, "Mix ring, resampler, voice ring.")              \
  X(kMeter, 5, "Telemetry and the meters that are shown.")        \
  X(kAnalyze, 6, "This quantum's part of the analysis.")          \
  X(kDetect, 7, "This quantum's part of the voice detection.")    \
  X(kEnd, 8, "The flight recorder: what came out.")

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_FLIGHT_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

#define QUANTA_ENUMERATOR(name, value, doc) name = value,
enum class FlightEntry : uint32_t { QUANTA_FLIGHT_ENTRIES(QUANTA_ENUMERATOR) };
enum class Stage : uint32_t { QUANTA_STAGES(QUANTA_ENUMERATOR) };
#undef QUANTA_ENUMERATOR

#define QUANTA_ONE(name, value, doc) +1
inline constexpr uint32_t kStageCount = 0 QUANTA_STAGES(QUANTA_ONE);
#undef QUANTA_ONE

#define QUANTA_PLAIN(name, unit, doc) uint32_t name = 0;

struct FlightQuantum {
  QUANTA_FLIGHT_QUANTUM(QUANTA_PLAIN)
};

struct FlightResult {
  QUANTA_FLIGHT_RESULT(QUANTA_PLAIN)

  bool operator==(const FlightResult&) const = default;
};

#undef QUANTA_PLAIN

#define QUANTA_FIELD(name, unit, doc) layout_types::u32 name;

struct FlightState {
  QUANTA_FLIGHT_STATE(QUANTA_FIELD)
  QUANTA_FLIGHT_RESULT(QUANTA_FIELD)
};

#undef QUANTA_FIELD

struct alignas(kCacheLineBytes) FlightSegment {
#define QUANTA_WORD(name, unit, doc) std::atomic<uint32_t> name{0};
  QUANTA_FLIGHT_SEGMENT(QUANTA_WORD)
#undef QUANTA_WORD
};

static_assert(kFlightSegmentBytes % 65536 == 0 && sizeof(FlightSegment) == kCacheLineBytes);

}  // namespace quanta

#endif  // QUANTA_SHARED_FLIGHT_LAYOUT_H_
