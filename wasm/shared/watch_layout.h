// What the worklet's own JavaScript tells of the inputs and of what went missing: lists as in
// layout.h. It lies behind the scope's planes, needs no wasm, and the engine has no part in it.
#ifndef QUANTA_SHARED_WATCH_LAYOUT_H_
#define QUANTA_SHARED_WATCH_LAYOUT_H_

#include "shared/layout.h"

namespace quanta {

// X(name, value, doc)
#define QUANTA_WATCH_CONSTANTS(X)                                    \
  X(kAudioEvents, 64, "Events that the ring of audio events holds.") \
  X(kMaxWatchFrames, 0x3fffffff,                                     \
    "Largest count of an input's watch words: larger ones may make garbage.")

// X(name, doc)
#define QUANTA_WATCH_WORDS(X) \
  X(event_count, "Audio events since the start: unsigned and free-running.")

// Words of each input, one Int32 each, written by the audio thread. X(name, doc)
#define QUANTA_INPUT_WATCH(X)                                                          \
  X(absent_frames, "Frames since it last had a channel, plus 1; 0: it never had one.") \
  X(zero_frames, "Frames of the quanta since the last one with sound, plus 1; 0: there was none.")

// Words of an audio event, one Int32 each. X(name, doc)
#define QUANTA_AUDIO_EVENT(X)                                               \
  X(kind, "See QUANTA_AUDIO_EVENT_KINDS.")                                  \
  X(input, "The input from 0 on; 0 where the event is none of an input's.") \
  X(frame, "The context's clock at its first frame, low word.")             \
  X(frame_high, "The context's clock at its first frame, high word.")       \
  X(frames, "Its length in frames, at most 2^31 - 1.")

// X(name, value, doc)
#define QUANTA_AUDIO_EVENT_KINDS(X)                                                      \
  X(kMissed, 1, "The context's clock passed these frames without a call of process().")  \
  X(kZeroRun, 2, "An input that has sound before and after them had nothing but zeros.") \
  X(kAbsent, 3, "An input that has channels before and after them had none.")

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_WATCH_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

#define QUANTA_ENUMERATOR(name, doc) name,
enum class WatchWord : uint32_t { QUANTA_WATCH_WORDS(QUANTA_ENUMERATOR) kWords };
enum class InputWatch : uint32_t { QUANTA_INPUT_WATCH(QUANTA_ENUMERATOR) kWords };
enum class AudioEventWord : uint32_t { QUANTA_AUDIO_EVENT(QUANTA_ENUMERATOR) kWords };
#undef QUANTA_ENUMERATOR

enum class AudioEventKind : uint32_t {
#define QUANTA_ENUMERATOR(name, value, doc) name = value,
  QUANTA_AUDIO_EVENT_KINDS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

}  // namespace quanta

#endif  // QUANTA_SHARED_WATCH_LAYOUT_H_
