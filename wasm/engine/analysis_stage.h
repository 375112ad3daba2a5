// The spectrum, the partials and the fundamental of what is heard, at the same cost in every
// quantum.
#ifndef QUANTA_ENGINE_ANALYSIS_STAGE_H_
#define QUANTA_ENGINE_ANALYSIS_STAGE_H_

#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "core/digest.h"
#include "engine/controls.h"
#include "engine/frame_analyzer.h"
#include "engine/mixer.h"
#include "shared/analysis_layout.h"
#include "shared/realtime.h"

namespace quanta {

// Keeps the newest frames and begins a window every hop, or every quantum where that is longer.
// Every quantum gets the same share of what the last window took. One that takes more, because it
// holds more partials, is done a little late, and the next one begins late: no quantum ever pays
// for it.
class AnalysisStage {
 public:
  // inherited: the results of an earlier engine stay. False: the arena is full.
  bool configure(Arena& arena, double rate_hz, bool inherited);

  std::span<std::byte> block() const { return block_; }

  // Audio thread only, as all below. Wait-free. Takes over what the controls say, once a quantum.
  void follow(const Controls& controls) noexcept REALTIME;

  bool on() const noexcept REALTIME { return on_; }

  // What is analysed: an input, or kInputs for the mix.
  uint32_t input() const noexcept REALTIME { return input_; }

  // The frames of that, while on. At most kMaxQuantumFrames.
  void append(std::span<const float> left, std::span<const float> right) noexcept REALTIME;

  // As many frames of silence.
  void skip(uint64_t frames) noexcept REALTIME;

  // Does this quantum's part of the work. end_frame: the audio clock after the frames appended.
  void advance(uint32_t frames, uint64_t end_frame) noexcept REALTIME;

  // Work that was ever done, in the units of FrameAnalyzer.
  uint64_t work_done() const noexcept REALTIME { return work_done_; }

  // Of the newest result, its levels left out; 0: there is none.
  uint32_t digest() const noexcept REALTIME { return digest_; }

  // Of the newest result, on the audio clock.
  uint64_t centre_frame() const noexcept REALTIME { return published_centre_; }

  // When the windows begin, not what is in them: after loading, the first one that lies behind the
  // load wholly is the same again, and what was in work is left out. See archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  // Long enough that a window stays whole while it is worked on.
  static constexpr uint32_t kHistoryFrames = 4 * kAnalysisFrames;

  struct Slot {
    AnalysisWords* words;
    std::span<FrameAnalyzer::Level> levels;
  };

  AnalysisHead& head() const noexcept REALTIME;
  Slot slot(uint32_t index) const noexcept REALTIME;
  void write(std::span<const float> samples) noexcept REALTIME;
  void begin(uint64_t end_frame) noexcept REALTIME;
  void work() noexcept REALTIME;
  void publish() noexcept REALTIME;
  void digest_partials() noexcept REALTIME;
  void store_partials(AnalysisWords& to) const noexcept REALTIME;

  std::span<std::byte> block_;
  std::span<float> history_;
  uint32_t written_ = 0;                // free-running
  std::span<FrameAnalyzer> analyzers_;  // of the long and of the short window

  bool on_ = false;
  bool refine_ = true;
  uint32_t hop_frames_ = 0;
  uint32_t input_ = kInputs;
  FrameAnalyzer* analyzer_ = nullptr;  // one of them

  bool busy_ = false;  // a window is in work; what follows is of it
  uint32_t next_slot_ = 0;
  uint64_t centre_frame_ = 0;
  uint32_t expected_ = 0;  // work of this window, judged by the last one
  uint32_t granted_ = 0;
  uint32_t spent_ = 0;

  uint64_t work_done_ = 0;
  int64_t to_next_ = 0;  // frames until the next window begins
  uint64_t number_ = 0;
  uint32_t digest_ = 0;
  uint64_t published_centre_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_ANALYSIS_STAGE_H_
