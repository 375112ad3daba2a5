// Every reading of a file.
#ifndef QUANTA_OFFLINE_FILE_METER_H_
#define QUANTA_OFFLINE_FILE_METER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/level.h"
#include "dsp/true_peak.h"
#include "offline/file_block.h"
#include "offline/file_loudness.h"
#include "shared/offline_layout.h"

namespace quanta {

// The engine's meters over a whole file, without ballistics. Before its first frame is silence.
class FileMeter {
 public:
  // Where the frames will be put, their rate in [3000, 768000], and the mask of channel_weights().
  // False: the arena is full.
  bool configure(Arena& arena, const FileBlock& block, uint32_t rate_hz, uint32_t channel_mask);

  // Measures the first n frames of the block, where NaN, infinite and denormal samples become 0.
  void add(size_t n);

  // The file has ended: makes the readings.
  void finish();

  const MeterReadings& readings() const { return readings_; }

  std::span<const ChannelReadings> channel_readings() const { return channel_readings_; }

 private:
  struct Channel {
    TruePeakMeter true_peak;
    BlockLevel level;
  };

  void read_channels();
  void read_loudness();

  FileBlock block_;
  FileLoudness loudness_;
  std::span<Channel> channels_;
  std::span<ChannelReadings> channel_readings_;
  MeterReadings readings_;
  uint64_t frames_ = 0;
  uint64_t bad_samples_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_OFFLINE_FILE_METER_H_
