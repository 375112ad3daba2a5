// The partials of a file, window by window.
#ifndef QUANTA_OFFLINE_FILE_ANALYZER_H_
#define QUANTA_OFFLINE_FILE_ANALYZER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "engine/frame_analyzer.h"
#include "offline/file_block.h"
#include "shared/offline_layout.h"

namespace quanta {

// The engine's analysis of every window that lies wholly in the file: the first begins with its
// first frame, and each of the others a hop later. Frequencies are refined. Give a block, read
// until there is nothing, give the next.
class FileAnalyzer {
 public:
  struct Options {
    uint32_t window_frames = 0;
    uint32_t hop_frames = 0;          // from 1
    uint32_t channel = kAllChannels;  // of the block
  };

  static constexpr bool is_window(uint32_t frames) {
    return frames >= kMinWindowFrames && frames <= kMaxWindowFrames && frames % 4 == 0 &&
           RealFft::is_size(frames);
  }

  // Where the frames will be put. is_window(window_frames). False: the arena is full.
  bool configure(Arena& arena, const FileBlock& block, uint32_t rate_hz, const Options& options);

  // The first n frames of the block, where NaN, infinite and denormal samples become 0. The block
  // stays as it is until they are read.
  void add(size_t n);

  // True: the next window is analysed. False: it needs frames of the next block.
  bool read();

  // Of the last window.
  const WindowReadings& readings() const { return readings_; }

  std::span<const PartialReadings> partials() const { return partials_; }

 private:
  void keep(size_t frames);
  float mono(size_t frame) const;
  void analyze();
  void write_readings(const FrameAnalyzer& analyzer);

  FileBlock block_;
  Options options_;
  std::span<FrameAnalyzer> analyzer_;  // one
  std::span<FrameAnalyzer::Level> levels_;
  std::span<float> history_;  // a ring of the newest frames
  uint32_t written_ = 0;      // free-running
  uint64_t frames_ = 0;       // of the file so far
  uint64_t to_window_ = 0;    // frames until the next window is whole
  size_t next_ = 0;           // frame of the block that is to be read
  size_t end_ = 0;            // one past its last frame
  uint64_t bad_samples_ = 0;
  WindowReadings readings_;
  std::span<PartialReadings> partials_;
};

}  // namespace quanta

#endif  // QUANTA_OFFLINE_FILE_ANALYZER_H_
