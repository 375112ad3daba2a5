// What the analysis publishes: lists as in layout.h.
//
// Two slots take turns. A slot is its words and partials, as below, then the level of every bin as
// a plain float: a reader that was overtaken while it copied finds the slot's sequence changed.
#ifndef QUANTA_SHARED_ANALYSIS_LAYOUT_H_
#define QUANTA_SHARED_ANALYSIS_LAYOUT_H_

#include "shared/layout.h"

namespace quanta {

// X(name, value, doc)
#define QUANTA_ANALYSIS_CONSTANTS(X)                                           \
  X(kAnalysisFrames, 32768, "The long window, in frames.")                     \
  X(kShortAnalysisFrames, 4096, "The short window, in frames.")                \
  X(kAnalysisSlots, 2, "Results that lie in memory: the newest and one more.") \
  X(kAnalysisPartials, 16, "Partials that a result holds at most.")

// One result. X(type, name, unit, doc); types are u32, u64 and f64.
#define QUANTA_ANALYSIS(X)                                                                       \
  X(u32, sequence, "", "Seqlock: odd while the slot is being written; 0: never was.")            \
  X(u32, window_frames, "frames", "Length of the window; the bins are half of it and one more.") \
  X(u32, hop_frames, "frames", "From this window to the next.")                                  \
  X(u32, input, "", "What was analysed: an input, or kInputs for the mix.")                      \
  X(u64, number, "windows", "Windows analysed before this one.")                                 \
  X(u64, centre_frame, "frames", "The window's centre on the audio clock.")                      \
  X(f64, fundamental_hz, "Hz", "Of the harmonic series; 0: no partial.")                         \
  X(f64, fundamental_error_hz, "Hz", "Its standard deviation.")                                  \
  X(f64, inharmonicity, "", "B of f n sqrt(1 + B n^2); 0: not told from 0.")                     \
  X(f64, inharmonicity_error, "", "Its standard deviation.")                                     \
  X(u32, partial_count, "partials", "Partials that follow, rising in frequency.")                \
  X(u32, reserved, "", "0.")

// One partial. X(type, name, unit, doc); types are u32, f32 and f64.
#define QUANTA_PARTIAL(X)                                                     \
  X(f64, frequency_hz, "Hz", "Frequency.")                                    \
  X(f64, error_hz, "Hz", "Its standard deviation under the measured noise.")  \
  X(f32, level_dbfs, "dBFS", "A sine from -1 to 1 has 0.")                    \
  X(f32, phase, "rad", "Of a cosine at the window's centre, from -pi to pi.") \
  X(u32, harmonic, "", "Its number in the harmonic series; 0: none.")         \
  X(u32, reserved, "", "0.")

// Head of the block. X(type, name, unit, doc)
#define QUANTA_ANALYSIS_HEAD(X) X(u32, newest, "", "Slot that was finished last.")

#define QUANTA_CONSTANT(name, value, doc) inline constexpr uint32_t name = value;
QUANTA_ANALYSIS_CONSTANTS(QUANTA_CONSTANT)
#undef QUANTA_CONSTANT

#define QUANTA_FIELD(type, name, unit, doc) layout_types::type name;

struct PartialWords {
  QUANTA_PARTIAL(QUANTA_FIELD)
};

struct AnalysisWords {
  QUANTA_ANALYSIS(QUANTA_FIELD)
  PartialWords partials[kAnalysisPartials];
};

struct AnalysisHead {
  QUANTA_ANALYSIS_HEAD(QUANTA_FIELD)
};

#undef QUANTA_FIELD

// Bins of the long window, of which the short one fills the first.
inline constexpr uint32_t kAnalysisBins = kAnalysisFrames / 2 + 1;

namespace layout_types {
constexpr size_t rounded_to_line(size_t bytes) { return (bytes + line - 1) / line * line; }
}  // namespace layout_types

inline constexpr size_t kAnalysisSlotsOffset = layout_types::rounded_to_line(sizeof(AnalysisHead));
inline constexpr size_t kAnalysisSlotBytes =
    layout_types::rounded_to_line(sizeof(AnalysisWords) + kAnalysisBins * sizeof(float));
inline constexpr size_t kAnalysisBytes = kAnalysisSlotsOffset + kAnalysisSlots * kAnalysisSlotBytes;

static_assert(std::is_standard_layout_v<AnalysisWords> && std::is_standard_layout_v<PartialWords>,
              "offsetof must hold");

}  // namespace quanta

#endif  // QUANTA_SHARED_ANALYSIS_LAYOUT_H_
