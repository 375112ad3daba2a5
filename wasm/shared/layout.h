// The one description of everything that crosses the border between C++ and TypeScript.
//
// Each list is an X-macro. The C++ enums, structs and declarations below come from the lists, and
// abi/emit_layout_ts.cpp prints the TypeScript side of them (web/shared/layout.gen.ts and
// worklet/exports.gen.ts). No offset, size or index is written by hand on either side.
#ifndef QUANTA_SHARED_LAYOUT_H_
#define QUANTA_SHARED_LAYOUT_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "shared/realtime.h"

namespace quanta {

// X(name, value, doc)
#define QUANTA_CONSTANTS(X)                                                                      \
  X(kAbiVersion, 1, "Changes whenever this file changes the meaning of the shared memory.")      \
  X(kMemoryPages, 320, "Size of the engine's memory in 64 KiB pages: fixed, never grown.")       \
  X(kArenaBase, 65536, "First byte of the arena. Below it lie the module's own data and stack.") \
  X(kMaxQuantumFrames, 16384, "Largest quantum that process_quantum accepts, in frames.")        \
  X(kDefaultQuantumFrames, 128, "Quantum of a host that offers no choice, in frames.")           \
  X(kMinRateHz, 3000, "Lowest sample rate of a context, in hertz.")                              \
  X(kMaxRateHz, 768000, "Highest sample rate of a context, in hertz.")                           \
  X(kInputs, 8, "Inputs of the mixer.")                                                          \
  X(kInputChannels, 2, "Channels of an input; a mono source fills both.")                        \
  X(kInputCapacityFrames, 32768, "Input ring that a session asks for, in frames.")               \
  X(kMixRingFrames, 1 << 20, "Mix ring, in frames: 5 s at 192 kHz.")                             \
  X(kVoiceRingChunks, 1024, "Voice ring, in chunks: 32 s.")                                      \
  X(kScopeFrames, 128 * 256, "Length of the scope ring, in frames.")                             \
  X(kScopeChannels, 2, "Planes of the scope ring: left, right.")                                 \
  X(kCacheLineBytes, 64, "Words that different threads write lie at least this far apart.")      \
  X(kChunkFrames, 512, "Frames of a chunk of the voice ring.")                                   \
  X(kChunkRateHz, 16000, "Sample rate of the voice ring, in hertz.")                             \
  X(kListeners, 64, "Listeners of one ring that have a place in its listener table.")            \
  X(kListenerNameBytes, 64, "Longest name of a listener, in bytes of UTF-8.")

// Status codes of the ABI. X(name, value, doc)
#define QUANTA_ENGINE_STATUS(X)                                                              \
  X(kOk, 0, "Done.")                                                                         \
  X(kNotInitialized, 1, "init has not succeeded yet.")                                       \
  X(kBadCapacity, 2, "The capacity is 0 or not a power of two.")                             \
  X(kOutOfMemory, 3, "The arena cannot hold rings of this capacity.")                        \
  X(kBadFrameCount, 4, "n is 0, above kMaxQuantumFrames or larger than the input ring.")     \
  X(kUnderrun, 5, "Fewer than n unread frames lie between the read and the write position.") \
  X(kBadRate, 6, "The sample rate is not a number from 3000 to 768000.")

// Control words of the scope's SharedArrayBuffer, one Int32 each, written by the audio thread with
// Atomics. They need no wasm, so they go on in every fallback. Counters are unsigned and
// free-running; a 64-bit counter is a low and a high word. X(name, doc)
#define QUANTA_SCOPE_WORDS(X)                                                                  \
  X(write_pos, "Frames written, low word: the scope's write position, masked on use.")         \
  X(quantum_count, "Calls of process(), low word.")                                            \
  X(write_pos_high, "Frames written, high word.")                                              \
  X(quantum_count_high, "Calls of process(), high word.")                                      \
  X(quantum_frames, "Frames of the last quantum.")                                             \
  X(channel_count, "Channels that input 0 had in the last quantum; 0: nothing connected.")     \
  X(missed_frames, "Frames the context's clock passed without a call of process(), low word.") \
  X(missed_frames_high, "Frames the context's clock passed without a call, high word.")        \
  X(first_frame, "The context's clock at the first call of process(), low word.")              \
  X(first_frame_high, "The context's clock at the first call of process(), high word.")

// Where the engine's blocks lie in its memory, as byte offsets. The directory itself is the first
// thing in the arena, so a page finds everything from kArenaBase. X(name, doc)
#define QUANTA_DIRECTORY(X)                                                                     \
  X(telemetry, "Telemetry, see QUANTA_TELEMETRY.")                                              \
  X(input_channels, "kInputs words: channels of each input in this quantum; 0: not connected.") \
  X(output, "What is to be heard: kInputChannels planes of kMaxQuantumFrames frames.")          \
  X(mix_ring, "Broadcast ring of the mix, at the context's rate.")                              \
  X(voice_ring, "Broadcast ring of chunks at kChunkRateHz.")

// Telemetry: written by the engine once per quantum inside a seqlock, read by the page.
// X(type, name, unit, doc); types are u32, u64 and f32.
#define QUANTA_TELEMETRY(X)                                                                    \
  X(u32, sequence, "", "Seqlock: odd while a quantum is being published.")                     \
  X(u32, quantum_frames, "frames", "Length of the last quantum.")                              \
  X(u64, quantum_count, "quanta", "Quanta processed since init.")                              \
  X(u64, frame_count, "frames", "Frames consumed from the input ring since init.")             \
  X(u64, dropped_frames, "frames", "Frames overwritten in the input ring before being read.")  \
  X(u64, gap_frames, "frames", "Frames that the clock passed over: silence on the bus.")       \
  X(u64, bad_samples, "samples", "NaN and infinite samples met and taken as 0 by the meters.") \
  X(f32, quantum_peak_left, "linear", "Largest magnitude in the last quantum, left.")          \
  X(f32, quantum_peak_right, "linear", "Largest magnitude in the last quantum, right.")        \
  X(f32, quantum_rms_left, "linear", "Root mean square of the last quantum, left.")            \
  X(f32, quantum_rms_right, "linear", "Root mean square of the last quantum, right.")          \
  X(f32, peak_left, "linear", "Peak meter: instant attack, falls 20 dB in 1.7 s, left.")       \
  X(f32, peak_right, "linear", "Peak meter: instant attack, falls 20 dB in 1.7 s, right.")     \
  X(f32, rms_left, "linear", "RMS meter: mean square smoothed with 300 ms, left.")             \
  X(f32, rms_right, "linear", "RMS meter: mean square smoothed with 300 ms, right.")

// Headers of the rings: u32 words, the data follows without a gap. Positions are free-running and
// masked on use. X(place, name, unit, doc); place is line (begins a cache line) or word (follows
// on).
#define QUANTA_SAMPLE_RING(X)                                                  \
  X(line, capacity, "frames", "Frames of one plane, a power of two.")          \
  X(word, channels, "planes", "Planes behind the header, one per channel.")    \
  X(line, write_pos, "frames", "Frames pushed. Written by the producer only.") \
  X(line, read_pos, "frames", "Frames popped. Written by the consumer only.")

// A slot is one frame in a frame ring and one chunk in a chunk ring. The meta words of all slots
// come first, then the planes. Readers write no word but reserve_pos, and never change it.
#define QUANTA_BROADCAST_RING(X)                                                           \
  X(line, capacity, "slots", "Slots, a power of two.")                                     \
  X(word, slot_frames, "frames", "Frames of one slot: 1 in a frame ring.")                 \
  X(word, channels, "planes", "Planes behind the meta words, one per channel.")            \
  X(word, meta_words, "words", "Words of a slot that are not samples: 0 in a frame ring.") \
  X(word, rate_hz, "Hz", "Sample rate.")                                                   \
  X(line, reserve_pos, "slots", "End of the slots whose writing has begun, low word.")     \
  X(word, commit_pos, "slots", "Slots published, low word.")                               \
  X(word, commit_half, "2^31 slots", "Slots published divided by 2^31: bit 0 is bit 31 above.")

// Meta words of a chunk. X(type, name, unit, doc); f64 takes two words, low word first.
#define QUANTA_CHUNK_META(X) \
  X(f64, timestamp_ms, "ms", "Time of the first sample on the audio clock.")

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

// The exports of the module. X(name, function type, parameter names, doc)
#define QUANTA_EXPORTS(X)                                                                        \
  X(get_abi_version, uint32_t(), "", "kAbiVersion of this build.")                               \
  X(set_sample_rate, uint32_t(float), "rateHz",                                                  \
    "Sets the rate that the next init or resume uses (48000 by default); an EngineStatus.")      \
  X(init, float*(uint32_t), "capacity",                                                          \
    "Takes all memory, clears it and returns the input ring, or null: see get_status.")          \
  X(resume, float*(uint32_t), "capacity",                                                        \
    "As init, but goes on from the counters that an earlier engine left in this memory.")        \
  X(get_status, uint32_t(), "", "EngineStatus of the last init, resume or process_quantum.")     \
  X(get_input_ptr, float*(), "",                                                                 \
    "Input ring: planes of get_input_capacity frames, one per input channel; null before init.") \
  X(get_input_capacity, uint32_t(), "", "Frames of one plane of the input ring; 0 before init.") \
  X(get_write_pos, uint32_t(), "", "Free-running count of frames written to the input ring.")    \
  X(set_write_pos, void(uint32_t), "pos", "Publishes the frames written before pos.")            \
  X(get_telemetry_ptr, quanta::Telemetry*(), "", "The telemetry block; null before init.")       \
  X(set_frame, void(uint32_t, uint32_t), "low, high",                                            \
    "The context's clock at the next quantum. Frames that it passed over become silence.")       \
  X(process_quantum, uint32_t(uint32_t), "n",                                                    \
    "Audio thread. Consumes n frames, publishes telemetry; returns an EngineStatus.")

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

enum class EngineStatus : uint32_t {
#define QUANTA_ENUMERATOR(name, value, doc) name = value,
  QUANTA_ENGINE_STATUS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

enum class ScopeWord : uint32_t {
#define QUANTA_ENUMERATOR(name, doc) name,
  QUANTA_SCOPE_WORDS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

// A word that other threads read while the audio thread writes it. Relaxed by itself: a seqlock or
// a release store beside it gives the order.
template <typename T>
class SharedWord {
  static_assert(std::atomic<T>::is_always_lock_free);

 public:
  void store(T value) noexcept REALTIME { word_.store(value, std::memory_order_relaxed); }

  T load() const noexcept REALTIME { return word_.load(std::memory_order_relaxed); }

 private:
  std::atomic<T> word_{0};
};

// A 64-bit counter as two 32-bit words, low word first: JavaScript reads it without BigInt, and
// wasm2js has no 64-bit atomics.
class SharedU64 {
 public:
  void add(uint32_t amount) noexcept REALTIME {
    const uint32_t low = low_.load() + amount;
    low_.store(low);
    if (low < amount) high_.store(high_.load() + 1);
  }

  uint64_t load() const noexcept REALTIME { return uint64_t{high_.load()} << 32 | low_.load(); }

 private:
  SharedWord<uint32_t> low_;
  SharedWord<uint32_t> high_;
};

namespace layout_types {
using u32 = SharedWord<uint32_t>;
using u64 = SharedU64;
using f32 = SharedWord<float>;
using f64 = SharedU64;  // its bits

inline constexpr size_t word = sizeof(uint32_t);
inline constexpr size_t line = kCacheLineBytes;

template <typename T>
using Function = T;
}  // namespace layout_types

struct Directory {
#define QUANTA_OFFSET(name, doc) layout_types::u32 name;
  QUANTA_DIRECTORY(QUANTA_OFFSET)
#undef QUANTA_OFFSET
};

struct Telemetry {
#define QUANTA_FIELD(type, name, unit, doc) layout_types::type name;
  QUANTA_TELEMETRY(QUANTA_FIELD)
#undef QUANTA_FIELD
};

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

static_assert(std::is_standard_layout_v<Telemetry> && std::is_standard_layout_v<ClockWords> &&
                  std::is_standard_layout_v<ListenerWords>,
              "offsetof must hold");

// Word is std::atomic<uint32_t>, or in tests a word that watches how it is used.
#define QUANTA_WORD(place, name, unit, doc) alignas(layout_types::place) alignas(Word) Word name{0};

template <typename Word>
struct SampleRingHeader {
  QUANTA_SAMPLE_RING(QUANTA_WORD)
};

template <typename Word>
struct BroadcastRingHeader {
  QUANTA_BROADCAST_RING(QUANTA_WORD)
};

#undef QUANTA_WORD

enum class ChunkMeta : uint32_t {
#define QUANTA_ENUMERATOR(type, name, unit, doc) name, name##_high,
  QUANTA_CHUNK_META(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
      kWords
};

}  // namespace quanta

// The one door of the module. Defined in abi/exports.cpp; every function is for the audio thread.
extern "C" {
#define QUANTA_DECLARE(name, type, params, doc) quanta::layout_types::Function<type> name;
QUANTA_EXPORTS(QUANTA_DECLARE)
#undef QUANTA_DECLARE
}

#endif  // QUANTA_SHARED_LAYOUT_H_
