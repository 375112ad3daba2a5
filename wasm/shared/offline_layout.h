// What crosses the border between C++ and JavaScript in the offline module, which runs the engine's
// classes on files. Lists as in shared/layout.h; abi/emit_offline_js.cpp prints their JavaScript
// side (scripts/quanta/offline.gen.mjs).
#ifndef QUANTA_SHARED_OFFLINE_LAYOUT_H_
#define QUANTA_SHARED_OFFLINE_LAYOUT_H_

#include <cstdint>

#include "shared/layout.h"

// X(name, value, doc)
#define QUANTA_OFFLINE_CONSTANTS(X) \
  X(kOfflineMemoryPages, 2048, "Size of the module's memory in 64 KiB pages: fixed, never grown.")

// Status codes of the ABI. X(name, value, doc)
#define QUANTA_OFFLINE_STATUS(X)                                                  \
  X(kOk, 0, "Done.")                                                              \
  X(kBadRate, 1, "A sample rate is not from kMinRateHz to kMaxRateHz.")           \
  X(kBadChannelCount, 2, "A file has at least one channel.")                      \
  X(kOutOfMemory, 3, "The memory cannot hold that many channels at these rates.") \
  X(kBadFrameCount, 4, "n is above get_block_frames.")                            \
  X(kNotStarted, 5, "The start function of this kind was not the last one to succeed.")

// What a meter found in a whole file. Levels are in decibels, of silence minus infinity; all
// members are f64. X(name, unit, doc)
#define QUANTA_METER_READINGS(X)                                                             \
  X(peak_dbfs, "dBFS", "Largest magnitude of a sample in any channel.")                      \
  X(true_peak_dbtp, "dBTP", "Largest magnitude between samples in any channel (BS.1770-4).") \
  X(rms_dbfs, "dBFS", "Root mean square of the samples of all channels.")                    \
  X(max_momentary_lufs, "LUFS", "Loudness of the loudest 400 ms (EBU Tech 3341).")           \
  X(max_short_term_lufs, "LUFS", "Loudness of the loudest 3 s (EBU Tech 3341).")             \
  X(integrated_lufs, "LUFS", "Gated loudness of all of it (BS.1770-4).")                     \
  X(range_lu, "LU", "Loudness range (EBU Tech 3342); 0 of less than 3 s.")                   \
  X(bad_samples, "samples", "NaN and infinite samples, which were taken as 0.")

// The same of one channel.
#define QUANTA_CHANNEL_READINGS(X)                                            \
  X(peak_dbfs, "dBFS", "Largest magnitude of a sample.")                      \
  X(true_peak_dbtp, "dBTP", "Largest magnitude between samples (BS.1770-4).") \
  X(rms_dbfs, "dBFS", "Root mean square of the samples.")                     \
  X(weight, "", "Of its power in the loudness, by its place (BS.1770-4).")

// The exports of the module. A file goes through it in blocks: planes of get_block_frames frames,
// one for each channel. X(name, function type, parameter names, doc)
#define QUANTA_OFFLINE_EXPORTS(X)                                                                 \
  X(meter_start, uint32_t(uint32_t, uint32_t, uint32_t), "rateHz, channels, channelMask",         \
    "Takes all memory anew for a meter; the mask is that of a WAVE file. An OfflineStatus.")      \
  X(meter_add, uint32_t(uint32_t), "n", "Measures the block's first n frames; an OfflineStatus.") \
  X(meter_finish, uint32_t(), "", "The file has ended: makes the readings; an OfflineStatus.")    \
  X(get_readings_ptr, const quanta::MeterReadings*(), "", "What meter_finish found.")             \
  X(get_channel_readings_ptr, const quanta::ChannelReadings*(), "",                               \
    "What meter_finish found in each channel.")                                                   \
  X(resample_start, uint32_t(uint32_t, uint32_t, uint32_t), "inRateHz, outRateHz, channels",      \
    "Takes all memory anew for a resampler; an OfflineStatus.")                                   \
  X(get_resampled_frames, double(double), "inFrames",                                             \
    "Length of the result: inFrames * outRateHz / inRateHz to the nearest, halves up.")           \
  X(resample_add, uint32_t(uint32_t), "n",                                                        \
    "Gives the block's first n frames, for resample_read to use up; an OfflineStatus.")           \
  X(resample_end, uint32_t(), "", "No frames will follow; an OfflineStatus.")                     \
  X(resample_read, uint32_t(), "",                                                                \
    "Fills the output and returns its frames; 0: the next block, or after the end nothing.")      \
  X(get_output_ptr, const float*(), "", "The output of resample_read: interleaved frames.")       \
  X(get_bad_samples, double(), "", "NaN and infinite samples that were resampled as 0.")          \
  X(get_block_ptr, float*(), "", "The block's planes; null before a start function succeeded.")   \
  X(get_block_frames, uint32_t(), "", "Frames of one plane of the block.")

namespace quanta {

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_OFFLINE_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

enum class OfflineStatus : uint32_t {
#define QUANTA_ENUMERATOR(name, value, doc) name = value,
  QUANTA_OFFLINE_STATUS(QUANTA_ENUMERATOR)
#undef QUANTA_ENUMERATOR
};

#define QUANTA_FIELD(name, unit, doc) double name = 0;

struct MeterReadings {
  QUANTA_METER_READINGS(QUANTA_FIELD)
};

struct ChannelReadings {
  QUANTA_CHANNEL_READINGS(QUANTA_FIELD)
};

#undef QUANTA_FIELD

}  // namespace quanta

// The one door of the module. Defined in abi/offline_exports.cpp.
extern "C" {
#define QUANTA_DECLARE(name, type, params, doc) quanta::layout_types::Function<type> name;
QUANTA_OFFLINE_EXPORTS(QUANTA_DECLARE)
#undef QUANTA_DECLARE
}

#endif  // QUANTA_SHARED_OFFLINE_LAYOUT_H_
