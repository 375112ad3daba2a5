// The one description of everything that crosses the border between C++ and TypeScript. What the
// offline module adds for files is in shared/offline_layout.h.
//
// Each list is an X-macro. The C++ enums, structs and declarations below come from the lists, and
// abi/emit_layout_ts.cpp prints the TypeScript side of them (web/shared/layout.gen.ts and
// worklet/exports.gen.ts). No offset, size or index is written by hand on either side.
#ifndef QUANTA_SHARED_LAYOUT_H_
#define QUANTA_SHARED_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "shared/realtime.h"
#include "shared/shared_words.h"

namespace quanta {

// X(name, value, doc)
#define QUANTA_CONSTANTS(X)                                                                      \
  X(kAbiVersion, 1, "Changes whenever this file changes the meaning of the shared memory.")      \
  X(kMemoryPages, 768, "Size of the engine's own memory in 64 KiB pages, before init.")          \
  X(kArenaBase, 65536, "First byte of the arena. Below it lie the module's own data and stack.") \
  X(kMaxQuantumFrames, 16384, "Largest quantum that process_quantum accepts, in frames.")        \
  X(kDefaultQuantumFrames, 128, "Quantum of a host that offers no choice, in frames.")           \
  X(kMinRateHz, 3000, "Lowest sample rate of a context, in hertz.")                              \
  X(kMaxRateHz, 768000, "Highest sample rate of a context, in hertz.")                           \
  X(kInputs, 8, "Inputs of the mixer.")                                                          \
  X(kInputChannels, 2, "Channels of an input; a mono source fills both.")                        \
  X(kInputCapacityFrames, 16384, "Input ring that a session asks for, in frames.")               \
  X(kMixRingSec, 5, "The mix ring holds at least this much, in seconds, at every rate.")         \
  X(kVoiceRingChunks, 1024, "Voice ring, in chunks: 32.8 s.")                                    \
  X(kScopeFrames, 128 * 256, "Length of the scope ring, in frames.")                             \
  X(kScopeChannels, 2, "Planes of the scope ring: left, right.")                                 \
  X(kMaster, 255, "Stands for the master where an input is named.")                              \
  X(kAnalysis, 254, "Stands for the analysis where an input is named.")                          \
  X(kQueueSlots, 256, "Slots of the command queue and of the response queue.")                   \
  X(kCacheLineBytes, 64, "Words that different threads write lie at least this far apart.")      \
  X(kChunkFrames, 512, "Frames of a chunk of the voice ring.")                                   \
  X(kChunkRateHz, 16000, "Sample rate of the voice ring, in hertz.")

// Status codes of the ABI. X(name, value, doc)
#define QUANTA_ENGINE_STATUS(X)                                                              \
  X(kOk, 0, "Done.")                                                                         \
  X(kNotInitialized, 1, "init has not succeeded yet.")                                       \
  X(kBadCapacity, 2, "The capacity is 0 or not a power of two.")                             \
  X(kOutOfMemory, 3, "There is no memory left for what is asked.")                           \
  X(kBadFrameCount, 4, "n is 0, above kMaxQuantumFrames or larger than the input ring.")     \
  X(kUnderrun, 5, "Fewer than n unread frames lie between the read and the write position.") \
  X(kBadRate, 6, "The sample rate is not a number from 3000 to 768000.")                     \
  X(kBadArgument, 7, "An argument is outside its range.")                                    \
  X(kBadWeights, 8, "What lies there is no file of the voice detector's weights, or damaged.")

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
  X(output, "The mix of the last quantum: kInputChannels planes of kMaxQuantumFrames.")         \
  X(mix_ring, "Broadcast ring of the mix, at the context's rate.")                              \
  X(voice_ring, "Broadcast ring of chunks at kChunkRateHz.")                                    \
  X(commands, "Slot queue of commands, from the page.")                                         \
  X(responses, "Slot queue of responses, to the page.")                                         \
  X(parameters, "The parameters as they are: see ParameterBlock.")                              \
  X(meters, "Meters of each input, then of the master: see QUANTA_METERS.")                     \
  X(push_rings, "Sample rings of the push inputs, one after the other.")                        \
  X(push_inputs, "The push inputs: kInputs blocks, see PushWords in push_layout.h.")            \
  X(analysis, "Results of the analysis: see analysis_layout.h.")                                \
  X(flight, "The flight recorder: see FlightState in flight_layout.h.")                         \
  X(deadline, "What the quanta cost: see deadline_layout.h.")                                   \
  X(vad_file, "Room for the file of the voice detector's weights: see voice_layout.h.")         \
  X(vad_ring,                                                                                   \
    "Broadcast rings of its probabilities: of the inputs, of the mix; see voice_layout.h.")

// Telemetry: written by the engine once per quantum inside a seqlock, read by the page.
// X(type, name, unit, doc); types are u32, u64 and f32.
#define QUANTA_TELEMETRY(X)                                                                    \
  X(u32, sequence, "", "Seqlock: odd while a quantum is being published.")                     \
  X(u32, quantum_frames, "frames", "Length of the last quantum.")                              \
  X(u64, quantum_count, "quanta", "Quanta processed since init.")                              \
  X(u64, frame_count, "frames", "Frames consumed from the input ring since init.")             \
  X(u64, dropped_frames, "frames", "Frames overwritten in the input ring before being read.")  \
  X(u64, gap_frames, "frames", "Frames that the clock passed over: silence on the bus.")       \
  X(u64, next_frame, "frames", "The context's clock at the end of the last quantum.")          \
  X(u64, bad_samples, "samples", "NaN and infinite samples met and taken as 0 by the meters.") \
  X(f32, quantum_peak_left, "linear", "Largest magnitude in the last quantum, left.")          \
  X(f32, quantum_peak_right, "linear", "Largest magnitude in the last quantum, right.")        \
  X(f32, quantum_rms_left, "linear", "Root mean square of the last quantum, left.")            \
  X(f32, quantum_rms_right, "linear", "Root mean square of the last quantum, right.")          \
  X(f32, peak_left, "linear", "Peak meter: instant attack, falls 20 dB in 1.7 s, left.")       \
  X(f32, peak_right, "linear", "Peak meter: instant attack, falls 20 dB in 1.7 s, right.")     \
  X(f32, rms_left, "linear", "RMS meter: mean square smoothed with 300 ms, left.")             \
  X(f32, rms_right, "linear", "RMS meter: mean square smoothed with 300 ms, right.")

// Meters of one input or of the master, after all its effects. X(name, unit, doc)
#define QUANTA_METERS(X)                                                                    \
  X(peak_left, "linear", "Peak: instant attack, falls 20 dB in 1.7 s, left.")               \
  X(peak_right, "linear", "Peak: instant attack, falls 20 dB in 1.7 s, right.")             \
  X(rms_left, "linear", "RMS: mean square smoothed with 300 ms, left.")                     \
  X(rms_right, "linear", "RMS: mean square smoothed with 300 ms, right.")                   \
  X(vu_left, "linear", "VU ballistics after IEC 60268-17: a sine's peak, left.")            \
  X(vu_right, "linear", "VU ballistics after IEC 60268-17: a sine's peak, right.")          \
  X(true_peak_left, "linear", "Largest true peak since the last reset, BS.1770-4, left.")   \
  X(true_peak_right, "linear", "Largest true peak since the last reset, BS.1770-4, right.") \
  X(momentary_lufs, "LUFS", "Loudness of the last 400 ms; minus infinity: silence.")        \
  X(short_term_lufs, "LUFS", "Loudness of the last 3 s.")                                   \
  X(integrated_lufs, "LUFS", "Gated loudness since the last reset.")                        \
  X(loudness_range_lu, "LU", "Loudness range since the last reset, EBU Tech 3342.")         \
  X(reduction_db, "dB", "What compressor or limiter takes away now; 0: nothing.")           \
  X(gate_gain, "linear", "Gain of the gate now; 1 for the master.")

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

// Queues of fixed-size slots from one thread to one other. X(place, name, unit, doc)
#define QUANTA_SLOT_QUEUE(X)                                                  \
  X(line, capacity, "slots", "Slots behind the header, a power of two.")      \
  X(line, write_pos, "slots", "Slots written. Written by the producer only.") \
  X(line, read_pos, "slots", "Slots read. Written by the consumer only.")

// Words of a command, from the page to the engine. X(name, doc)
#define QUANTA_COMMAND_WORDS(X)                                                             \
  X(tag, "The sender's number for it: the response carries it.")                            \
  X(kind, "See QUANTA_COMMANDS.")                                                           \
  X(input, "Input from 0 on, or kMaster.")                                                  \
  X(parameter, "For set_parameter: see the parameters of a strip and of the master.")       \
  X(value, "For set_parameter: a float.")                                                   \
  X(frame, "The audio clock at which it takes effect, low word; a past one means at once.") \
  X(frame_high, "The audio clock at which it takes effect, high word.")                     \
  X(reserved, "0.")

// Words of a response, from the engine to the page. X(name, doc)
#define QUANTA_RESPONSE_WORDS(X)                                 \
  X(tag, "The command's.")                                       \
  X(status, "See QUANTA_COMMAND_STATUS.")                        \
  X(frame, "The audio clock at which it took effect, low word.") \
  X(frame_high, "The audio clock at which it took effect, high word.")

// X(name, value, doc)
#define QUANTA_COMMANDS(X)                                                         \
  X(kSetParameter, 1, "Sets a parameter of an input or of the master.")            \
  X(kAddInput, 2, "Puts an input at its initial parameters and lets it be heard.") \
  X(kRemoveInput, 3, "Silences an input and puts it at its initial parameters.")   \
  X(kStartInput, 4, "Lets an input be heard.")                                     \
  X(kStopInput, 5, "Silences an input and keeps its parameters.")                  \
  X(kResetMeters, 6, "Starts all true peak and loudness measurements anew.")       \
  X(kQueryMeters, 7, "Publishes every meter in the quantum that answers it.")

// X(name, value, doc)
#define QUANTA_COMMAND_STATUS(X)                                       \
  X(kApplied, 0, "Took effect at the frame that the response states.") \
  X(kUnknownCommand, 1, "There is no command of this kind.")           \
  X(kBadInput, 2, "There is no such input.")                           \
  X(kBadParameter, 3, "There is no such parameter.")                   \
  X(kBadValue, 4, "The value is no number or outside the parameter's range.")

// Parameters of an input's strip; a switch is on from 0.5. X(name, unit, initial, min, max, doc)
#define QUANTA_STRIP_PARAMETERS(X)                                                 \
  X(gain_db, "dB", 0, -100, 24, "Fader; -100 is shut.")                            \
  X(pan, "", 0, -1, 1, "Left to right, constant power.")                           \
  X(mute, "switch", 0, 0, 1, "Wins over solo.")                                    \
  X(solo, "switch", 0, 0, 1, "While any input is solo, the others are silent.")    \
  X(high_pass_on, "switch", 0, 0, 1, "High-pass of 12 dB per octave.")             \
  X(high_pass_hz, "Hz", 80, 10, 20000, "Its corner.")                              \
  X(low_shelf_hz, "Hz", 100, 10, 20000, "Band 1, low shelf: corner.")              \
  X(low_shelf_db, "dB", 0, -24, 24, "Band 1: gain.")                               \
  X(low_shelf_q, "", 0.70710678F, 0.1F, 20, "Band 1: Q.")                          \
  X(low_mid_hz, "Hz", 400, 10, 20000, "Band 2, peak: centre.")                     \
  X(low_mid_db, "dB", 0, -24, 24, "Band 2: gain.")                                 \
  X(low_mid_q, "", 1, 0.1F, 20, "Band 2: Q.")                                      \
  X(high_mid_hz, "Hz", 2500, 10, 20000, "Band 3, peak: centre.")                   \
  X(high_mid_db, "dB", 0, -24, 24, "Band 3: gain.")                                \
  X(high_mid_q, "", 1, 0.1F, 20, "Band 3: Q.")                                     \
  X(high_shelf_hz, "Hz", 8000, 10, 20000, "Band 4, high shelf: corner.")           \
  X(high_shelf_db, "dB", 0, -24, 24, "Band 4: gain.")                              \
  X(high_shelf_q, "", 0.70710678F, 0.1F, 20, "Band 4: Q.")                         \
  X(gate_on, "switch", 0, 0, 1, "Noise gate.")                                     \
  X(gate_threshold_db, "dBFS", -50, -120, 0, "Opens at this level.")               \
  X(gate_range_db, "dB", -60, -100, 0, "Gain while it is shut.")                   \
  X(gate_attack_ms, "ms", 1, 0.1F, 200, "Time constant of opening.")               \
  X(gate_hold_ms, "ms", 50, 0, 2000, "Stays open this long.")                      \
  X(gate_release_ms, "ms", 100, 1, 4000, "Time constant of shutting.")             \
  X(compressor_on, "switch", 0, 0, 1, "Compressor.")                               \
  X(compressor_threshold_db, "dBFS", -20, -60, 0, "Begins at this level.")         \
  X(compressor_ratio, "", 3, 1, 20, "Input to output above the threshold, in dB.") \
  X(compressor_knee_db, "dB", 6, 0, 24, "Width of the transition.")                \
  X(compressor_attack_ms, "ms", 10, 0.1F, 200, "Time constant of the reduction.")  \
  X(compressor_release_ms, "ms", 150, 5, 4000, "Time constant of its end.")        \
  X(compressor_makeup_db, "dB", 0, 0, 24, "Gain after it.")                        \
  X(compressor_key, "", 8, 0, 8, "Input whose level drives it, or 8: its own.")

// Parameters of the master. X(name, unit, initial, min, max, doc)
#define QUANTA_MASTER_PARAMETERS(X)                                                   \
  X(gain_db, "dB", 0, -100, 24, "Master fader; -100 is shut.")                        \
  X(limiter_on, "switch", 0, 0, 1, "Look-ahead limiter; it delays the mix.")          \
  X(limiter_ceiling_db, "dBTP", -1, -20, 0, "No true peak of the mix lies above it.") \
  X(limiter_release_ms, "ms", 100, 10, 2000, "Time constant of its gain's way back.")

// Parameters of the analysis; what it does next follows them. X(name, unit, initial, min, max, doc)
#define QUANTA_ANALYSIS_PARAMETERS(X)                                               \
  X(on, "switch", 0, 0, 1, "Off, it costs nothing.")                                \
  X(input, "", 8, 0, 8, "What is analysed: an input as it arrives, or 8: the mix.") \
  X(short_window, "switch", 0, 0, 1, "4096 frames instead of 32768.")               \
  X(hop_frames, "frames", 2048, 256, 65536, "From one window to the next.")         \
  X(refine, "switch", 1, 0, 1, "Maximum-likelihood refinement of every partial.")

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
    "Audio thread. Consumes n frames, publishes telemetry; returns an EngineStatus.")            \
  X(open_push, uint32_t(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t),                       \
    "input, rateHz, channels, targetFrames, pace",                                               \
    "Between quanta. Feeds an input from its push ring, which it clears; an EngineStatus.")      \
  X(close_push, uint32_t(uint32_t), "input", "Gives the input back to the graph.")               \
  X(start_vad, uint32_t(uint32_t, uint32_t), "bytes, sources",                                   \
    "Between quanta. Detects voice in inputs (bit n: input n) and the mix (bit kInputs) with "   \
    "the weights whose file of so many bytes lies at vad_file; an EngineStatus.")                \
  X(stop_vad, void(), "", "Detects no voice any more.")                                          \
  X(process_stage, uint32_t(uint32_t, uint32_t), "stage, n",                                     \
    "One stage of process_quantum, for whoever measures them: all of them, in their order.")     \
  X(restore, uint32_t(uint32_t), "bytes",                                                        \
    "Loads a checkpoint that lies behind the engine's memory, and stops the flight recorder.")   \
  X(set_deadline_clock, void(uint32_t, uint32_t, uint32_t, uint32_t),                            \
    "clock, stepNs, jittered, every", "What measures the quanta from now on.")                   \
  X(record_cost, void(uint32_t), "ns", "What the last quantum cost.")                            \
  X(refuse_cost, void(), "", "The last quantum was to be measured; its clock was not sound.")    \
  X(record_date_cost, void(uint32_t), "ms", "What Date.now() advanced by in the last quantum.")

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

namespace layout_types {
inline constexpr size_t line = kCacheLineBytes;
}  // namespace layout_types

struct Meters {
#define QUANTA_FIELD(name, unit, doc) layout_types::f32 name;
  QUANTA_METERS(QUANTA_FIELD)
#undef QUANTA_FIELD
};

enum class CommandKind : uint32_t {
#define QUANTA_ENUMERATOR(name, value, doc) name = value,
  QUANTA_COMMANDS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

enum class CommandStatus : uint32_t {
#define QUANTA_ENUMERATOR(name, value, doc) name = value,
  QUANTA_COMMAND_STATUS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

#define QUANTA_ENUMERATOR(name, doc) name,
enum class CommandWord : uint32_t { QUANTA_COMMAND_WORDS(QUANTA_ENUMERATOR) kWords };
enum class ResponseWord : uint32_t { QUANTA_RESPONSE_WORDS(QUANTA_ENUMERATOR) kWords };
#undef QUANTA_ENUMERATOR

#define QUANTA_ENUMERATOR(name, unit, initial, min, max, doc) name,
enum class StripParameter : uint32_t { QUANTA_STRIP_PARAMETERS(QUANTA_ENUMERATOR) kCount };
enum class MasterParameter : uint32_t { QUANTA_MASTER_PARAMETERS(QUANTA_ENUMERATOR) kCount };
enum class AnalysisParameter : uint32_t { QUANTA_ANALYSIS_PARAMETERS(QUANTA_ENUMERATOR) kCount };
#undef QUANTA_ENUMERATOR

// The parameters in force: written by the engine when a command takes effect, read by the page, and
// by a successor engine.
struct ParameterBlock {
  static constexpr size_t kStripCount = static_cast<size_t>(StripParameter::kCount);
  static constexpr size_t kMasterCount = static_cast<size_t>(MasterParameter::kCount);
  static constexpr size_t kAnalysisCount = static_cast<size_t>(AnalysisParameter::kCount);

  layout_types::f32 strips[kInputs][kStripCount];
  layout_types::f32 master[kMasterCount];
  layout_types::f32 analysis[kAnalysisCount];
  layout_types::u32 started[kInputs];  // 1: the input is heard
};

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

static_assert(std::is_standard_layout_v<Telemetry>, "offsetof must hold");

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

template <typename Word>
struct SlotQueueHeader {
  QUANTA_SLOT_QUEUE(QUANTA_WORD)
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
