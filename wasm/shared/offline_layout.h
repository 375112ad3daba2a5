// What crosses the border between C++ and JavaScript in the offline module, which runs the engine's
// classes on files. Lists as in shared/layout.h; abi/emit_offline_js.cpp prints their JavaScript
// side (scripts/quanta/offline.gen.mjs), and the parts of it that the page uses
// (web/shared/delay.gen.ts, web/shared/resample.gen.ts).
#ifndef QUANTA_SHARED_OFFLINE_LAYOUT_H_
#define QUANTA_SHARED_OFFLINE_LAYOUT_H_

#include <cstdint>

#include "shared/layout.h"

// X(name, value, doc)
#define QUANTA_OFFLINE_CONSTANTS(X)                                                                \
  X(kOfflineMemoryPages, 2048, "Size of the module's memory in 64 KiB pages: fixed, never grown.") \
  X(kMinWindowFrames, 256, "The shortest window that is analysed.")                                \
  X(kMaxWindowFrames, 65536, "The longest.")                                                       \
  X(kAllChannels, 65536, "Stands for the mean of all channels where a channel is named.")          \
  X(kMinDelayFrames, 1024, "The shortest part of a signal that a delay is measured from.")         \
  X(kMaxDelayFrames, 65536, "The longest.")

// Status codes of the ABI. X(name, value, doc)
#define QUANTA_OFFLINE_STATUS(X)                                                        \
  X(kOk, 0, "Done.")                                                                    \
  X(kBadRate, 1, "A sample rate is not from kMinRateHz to kMaxRateHz.")                 \
  X(kBadChannelCount, 2, "A file has at least one channel.")                            \
  X(kOutOfMemory, 3, "The memory cannot hold that many channels at these rates.")       \
  X(kBadFrameCount, 4, "n is above get_block_frames.")                                  \
  X(kNotStarted, 5, "The start function of this kind was not the last one to succeed.") \
  X(kBadWindow, 6, "A window is 2^a 3^b 5^c frames, a multiple of 4, in its range.")    \
  X(kBadHop, 7, "A hop is at least one frame.")                                         \
  X(kBadChannel, 8, "There is no such channel.")                                        \
  X(kBadDelay, 9, "Frames that RealFft does not take, or a delay of half of them.")     \
  X(kBadOrder, 10, "No sequence of this order, or one that is longer than the signal.")

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

// What one window of a file holds; all members are f64. X(name, unit, doc)
#define QUANTA_WINDOW_READINGS(X)                                                \
  X(centre_frame, "frames", "The window's centre, from the file's first frame.") \
  X(fundamental_hz, "Hz", "Of the harmonic series; 0: no partial.")              \
  X(fundamental_error_hz, "Hz", "Its standard deviation.")                       \
  X(inharmonicity, "", "B of f n sqrt(1 + B n^2); 0: not told from 0.")          \
  X(inharmonicity_error, "", "Its standard deviation.")                          \
  X(partial_count, "partials", "Partials that were found, rising in frequency.") \
  X(bad_samples, "samples", "NaN and infinite samples of the file so far, which became 0.")

// One of its partials.
#define QUANTA_PARTIAL_READINGS(X)                                       \
  X(frequency_hz, "Hz", "Frequency.")                                    \
  X(error_hz, "Hz", "Its standard deviation under the measured noise.")  \
  X(level_dbfs, "dBFS", "A sine from -1 to 1 has 0.")                    \
  X(phase, "rad", "Of a cosine at the window's centre, from -pi to pi.") \
  X(harmonic, "", "Its number in the harmonic series; 0: none.")

// By how much one signal lags another; all members are f64.
#define QUANTA_DELAY_READINGS(X)                                                             \
  X(frames, "frames", "Positive: the second signal is late.")                                \
  X(error_frames, "frames", "Standard deviation, from the coherence.")                       \
  X(coherence, "", "Square of the coherence of both signals, 0 to 1, the mean of the band.") \
  X(found, "", "1: they have more in common than chance makes; 0: the rest means nothing.")  \
  X(inverted, "", "1: the second signal has the opposite sign.")                             \
  X(bad_samples, "samples", "NaN and infinite samples of both signals, which were taken as 0.")

// The exports that measure delays, for files and for the page.
#define QUANTA_DELAY_EXPORTS(X)                                                                   \
  X(delay_start, uint32_t(uint32_t, uint32_t), "frames, maxDelay",                                \
    "Takes all memory anew for signals of so many frames; maxDelay is below half of them. An "    \
    "OfflineStatus.")                                                                             \
  X(get_first_ptr, float*(), "", "The first signal: `frames` samples.")                           \
  X(get_second_ptr, float*(), "",                                                                 \
    "The second signal: frames + 2 maxDelay samples, of which that at maxDelay was taken at the " \
    "same instant as the first one of the first signal.")                                         \
  X(delay_sequence, uint32_t(uint32_t), "order",                                                  \
    "Writes one period of the maximum length sequence of this order as the first signal, and "    \
    "zeros after it; an OfflineStatus.")                                                          \
  X(delay_measure, uint32_t(), "", "Measures; an OfflineStatus.")                                 \
  X(get_delay_readings_ptr, const quanta::DelayReadings*(), "", "What delay_measure found.")

// Where a file goes through, block by block.
#define QUANTA_BLOCK_EXPORTS(X)                                                                 \
  X(get_block_ptr, float*(), "", "The block's planes; null before a start function succeeded.") \
  X(get_block_frames, uint32_t(), "", "Frames of one plane of the block.")

// The exports that change a sample rate, for files and for voice detection on the page.
#define QUANTA_RESAMPLE_EXPORTS(X)                                                           \
  X(resample_start, uint32_t(uint32_t, uint32_t, uint32_t), "inRateHz, outRateHz, channels", \
    "Takes all memory anew for a resampler; an OfflineStatus.")                              \
  X(get_resampled_frames, double(double), "inFrames",                                        \
    "Length of the result: inFrames * outRateHz / inRateHz to the nearest, halves up.")      \
  X(resample_add, uint32_t(uint32_t), "n",                                                   \
    "Gives the block's first n frames, for resample_read to use up; an OfflineStatus.")      \
  X(resample_end, uint32_t(), "", "No frames will follow; an OfflineStatus.")                \
  X(resample_read, uint32_t(), "",                                                           \
    "Fills the output and returns its frames; 0: the next block, or after the end nothing.") \
  X(get_output_ptr, const float*(), "", "The output of resample_read: interleaved frames.")  \
  X(get_bad_samples, double(), "", "NaN and infinite samples that were resampled as 0.")

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
  QUANTA_RESAMPLE_EXPORTS(X)                                                                      \
  X(analyze_start, uint32_t(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t),                    \
    "rateHz, channels, windowFrames, hopFrames, channel",                                         \
    "Takes all memory anew for an analysis of a channel or of kAllChannels; an OfflineStatus.")   \
  X(analyze_add, uint32_t(uint32_t), "n",                                                         \
    "Gives the block's first n frames, for analyze_read to use up; an OfflineStatus.")            \
  X(analyze_read, uint32_t(), "", "1: the next window is analysed; 0: it takes the next block.")  \
  X(get_window_readings_ptr, const quanta::WindowReadings*(), "", "Of the last window.")          \
  X(get_partial_readings_ptr, const quanta::PartialReadings*(), "", "Its partials.")              \
  QUANTA_BLOCK_EXPORTS(X)                                                                         \
  QUANTA_DELAY_EXPORTS(X)

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

struct WindowReadings {
  QUANTA_WINDOW_READINGS(QUANTA_FIELD)
};

struct PartialReadings {
  QUANTA_PARTIAL_READINGS(QUANTA_FIELD)
};

struct DelayReadings {
  QUANTA_DELAY_READINGS(QUANTA_FIELD)
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
